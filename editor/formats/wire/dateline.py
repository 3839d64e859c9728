"""Finding the dateline at the start of a paragraph, by its shape.

The shape is `PLACE[, REGION][, DATE] [(AGENCY)]` and a dash, as the
Associated Press stylebook's and Reuters' handbook's entries on datelines show
it, with the variants that other agencies write.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from babel.core import Locale
from babel.dates import get_month_names

from editor.core.dateline import Dateline
from editor.core.times import parse_day
from editor.errors import BadValue
from editor.formats.wire.regions import is_country, is_state

_LONGEST = 160
_DASH = re.compile(r"\s*(?:—|–|--+|―|‒)\s*|\s+[-_]\s+|(?<=[\d)/])\s*-+(?:\s+|$)|(?<=/)\.\s+")
_AGENCY = re.compile(r"\s*(?:\(([^()\n]{1,60})\)|/([^/\n]{2,30})/)$")
_LEADING_AGENCY = re.compile(r"\s*\(([^\W\d_][^()\n]{1,40})\)\s*(?:—|–|-+)\s*")
_CITY = re.compile(r"[^\W\d_][^\W\d_]*(?:[ .'’ʼ/-]+[^\W\d_]+)*\.?")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_SMALL = re.compile(
    r"al?|am|and?|d[aeiou]|del|de[nr]|des|dos|en|el|l[ae]s?|los|of|on|the|upon|v[ao]n"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Found:
    """A dateline and the index in the paragraph where the story's words begin.

    `sure` is false when only its place in the text speaks for it.
    """

    dateline: Dateline
    end: int
    sure: bool


def find_dateline(paragraph: str) -> Found | None:
    """Read the dateline a paragraph begins with, if there is one."""
    if leading := _LEADING_AGENCY.match(paragraph):
        # "(ANSA) - Rome, March 3 - " and Reuters' bare "(Reuters) - ".
        agency = Dateline(agency=leading[1])
        rest = find_dateline(paragraph[leading.end() :])
        if rest is None or not rest.sure or rest.dateline.agency:
            return Found(agency, leading.end(), False)
        return Found(replace(rest.dateline, agency=leading[1]), leading.end() + rest.end, True)
    for dash in _DASH.finditer(paragraph, 0, _LONGEST):
        head, after = paragraph[: dash.start()], paragraph[dash.end() :]
        found = _read(head, dash[0])
        if found and (found[1] or _weak_fits(found[0], dash[0], after)):
            return Found(found[0], dash.end(), found[1])
        if found is None and len(head.split()) > 12:
            break
    return None


def _read(head: str, dash: str) -> tuple[Dateline, bool] | None:
    """The dateline written before a dash, and whether an agency, day or region proves it."""
    if head.count("(") > 1 or "\n" in head.strip():
        return None
    rest, agency = head, ""
    if found := _AGENCY.search(head):
        rest, agency = head[: found.start()], (found[1] or found[2]).strip()
    rest, date = _date(rest)
    parts = [part.strip() for part in re.split(r"[,،]", rest) if part.strip()]
    if not parts or len(parts) > 3 or not _is_place(parts[0]):
        return None
    if not all(_is_place(part) for part in parts[1:]):
        return None
    state, country, known = _regions(parts[1:])
    tight = "—" in dash or "–" in dash
    sure = bool(agency or date or (known and len(parts) > 1 and (tight or len(parts) < 3)))
    if len(parts) > 1 and not (sure or tight):
        return None
    # "SEACLIFF. March 3": this dot parts the place from the day.
    city = parts[0].rstrip(".") if date and len(parts) == 1 else parts[0]
    return Dateline(city, country, state, date, agency), sure


def _regions(parts: list[str]) -> tuple[str, str, bool]:
    """State and country of what follows the city, and whether the list knows one of them.

    A name on no list is a country in Arabic, where states are not written, and
    a state or province elsewhere, for the list of countries is complete.
    """
    state = country = ""
    known = False
    for part in parts:
        listed_state, listed_country = is_state(part), is_country(part)
        known = known or listed_state or listed_country
        as_country = (listed_country and not listed_state) or (
            not listed_state and bool(_ARABIC.search(part))
        )
        if as_country and not country:
            country = part
        elif not state:
            state = part
        else:
            country = f"{country}, {part}" if country else part
    return state, country, known


def _is_place(text: str) -> bool:
    # Vowel signs and accents of their own are no letters to a regular expression.
    text = "".join(char for char in text if not unicodedata.combining(char))
    if len(text) > 60 or not _CITY.fullmatch(text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) > 7:
        return False
    if _ARABIC.search(text):
        return len(words) <= 5
    return words[0][0].isupper() and all(
        word[0].isupper() or _SMALL.fullmatch(word) or (i and len(word) <= 2)
        for i, word in enumerate(words)
    )


def _weak_fits(dateline: Dateline, dash: str, after: str) -> bool:
    """Whether a place and a dash alone may be a dateline: short, and a sentence begins after."""
    words = dateline.city.split()
    loud = dateline.city.isupper() and len(dateline.city) > 3
    if dash.strip() in ("-", "_") and not (loud or _ARABIC.search(dateline.city)):
        return False
    if _ARABIC.search(dateline.city):
        return len(words) <= 2 and bool(after)
    begin = after.lstrip("\"'“‘«([<")[:1]
    return len(words) <= 4 and (begin.isupper() or begin.isdigit())


def _date(text: str) -> tuple[str, str]:
    """Cut a day from the end of a text: what is left, and the day as ISO 8601 or empty."""
    plain = text.translate(_DIGITS)
    found = next(filter(None, (pattern.search(plain) for pattern in _day_patterns())), None)
    if found is None:
        return text, ""
    month = _months()[found["month"].casefold()]
    date = f"{found['year'] or '-'}-{month:02}-{int(found['day']):02}"
    try:
        parse_day(date)
    except BadValue:
        # No such day: it stays where it stands, and the line is read as copy.
        return text, ""
    return text[: found.start()], date


@cache
def _months() -> dict[str, int]:
    """Month names of English and of the three ways Arabic names them, to their numbers."""
    months = {"sept": 9}
    for tag in ("en", "ar", "ar_SY", "ar_DZ", "ar_MA"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=Locale.parse(tag)).items():
                months.setdefault(name.casefold().rstrip("."), number)
    # Levantine copy writes both hamza forms; CLDR has one.
    for name, number in list(months.items()):
        months.setdefault(name.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا"), number)
    return months


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month, day = rf"(?P<month>{names})", r"(?P<day>\d{1,2})"
    year = r"(?:\s*[,،]?\s+(?P<year>(?:19|20)\d\d))?"
    lead, end = r"(?:^|[\s,،/])\s*", r"[.,،]?\s*$"
    return (
        re.compile(rf"{lead}{month}\.?\s*{day}{year}{end}", re.IGNORECASE),
        re.compile(rf"{lead}{day}\s*\.?\s*{month}\.?{year}{end}", re.IGNORECASE),
    )
