"""Recognition of the dateline at the start of a paragraph, by its shape.

The shape is `PLACE[, REGION][, DATE] [(AGENCY)]` and a dash, as the
Associated Press stylebook and the Reuters handbook define it, with the variants
of other agencies.
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
_SMALL_WORD = re.compile(
    r"al?|am|and?|d[aeiou]|del|de[nr]|des|dos|en|el|l[ae]s?|los|of|on|the|upon|v[ao]n"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline and the index in the paragraph where the story's words begin.

    `is_certain` is false when only its position in the text suggests it.
    """

    dateline: Dateline
    end: int
    is_certain: bool


def find_dateline(paragraph: str) -> FoundDateline | None:
    """Find the dateline a paragraph begins with; None without one."""
    if leading := _LEADING_AGENCY.match(paragraph):
        # "(ANSA) - Rome, March 3 - " and Reuters' bare "(Reuters) - ".
        agency = Dateline(agency=leading[1])
        rest = find_dateline(paragraph[leading.end() :])
        if rest is None or not rest.is_certain or rest.dateline.agency:
            return FoundDateline(agency, leading.end(), False)
        dateline = replace(rest.dateline, agency=leading[1])
        return FoundDateline(dateline, leading.end() + rest.end, True)
    for dash in _DASH.finditer(paragraph, 0, _LONGEST):
        head, after = paragraph[: dash.start()], paragraph[dash.end() :]
        parsed = _parse_dateline(head, dash[0])
        if parsed is None:
            if len(head.split()) > 12:
                break
            continue
        dateline, is_certain = parsed
        if is_certain or _is_plausible(dateline, dash[0], after):
            return FoundDateline(dateline, dash.end(), is_certain)
    return None


def _parse_dateline(head: str, dash: str) -> tuple[Dateline, bool] | None:
    """Parse what is before a dash; also return whether an agency, day or region proves it."""
    if head.count("(") > 1 or "\n" in head.strip():
        return None
    rest, agency = head, ""
    if found := _AGENCY.search(head):
        rest, agency = head[: found.start()], (found[1] or found[2]).strip()
    rest, date = _split_date(rest)
    parts = [part.strip() for part in re.split(r"[,،]", rest) if part.strip()]
    if not parts or len(parts) > 3 or not _is_place(parts[0]):
        return None
    if not all(_is_place(part) for part in parts[1:]):
        return None
    state, country, known = _classify_regions(parts[1:])
    has_long_dash = "—" in dash or "–" in dash
    is_certain = bool(
        agency or date or (known and len(parts) > 1 and (has_long_dash or len(parts) < 3))
    )
    if len(parts) > 1 and not (is_certain or has_long_dash):
        return None
    # "SEACLIFF. March 3": this dot separates the place from the day.
    city = parts[0].rstrip(".") if date and len(parts) == 1 else parts[0]
    return Dateline(city, country, state, date, agency), is_certain


def _classify_regions(parts: list[str]) -> tuple[str, str, bool]:
    """Sort what follows the city into state and country, and say whether a list has one of them.

    An unlisted name is a country in Arabic, where states are not written, and a
    state or province elsewhere, because the list of countries is complete.
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
    # Regular expressions don't count combining vowel signs and accents as letters.
    text = "".join(char for char in text if not unicodedata.combining(char))
    if len(text) > 60 or not _CITY.fullmatch(text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) > 7:
        return False
    if _ARABIC.search(text):
        return len(words) <= 5
    return words[0][0].isupper() and all(
        word[0].isupper() or _SMALL_WORD.fullmatch(word) or (i and len(word) <= 2)
        for i, word in enumerate(words)
    )


def _is_plausible(dateline: Dateline, dash: str, after: str) -> bool:
    """Return whether a place and a dash may be a dateline: short, and a sentence follows."""
    words = dateline.city.split()
    in_capitals = dateline.city.isupper() and len(dateline.city) > 3
    if dash.strip() in ("-", "_") and not (in_capitals or _ARABIC.search(dateline.city)):
        return False
    if _ARABIC.search(dateline.city):
        return len(words) <= 2 and bool(after)
    begin = after.lstrip("\"'“‘«([<")[:1]
    return len(words) <= 4 and (begin.isupper() or begin.isdigit())


def _split_date(text: str) -> tuple[str, str]:
    """Split a day off the end of a text; return the rest, and the day as ISO 8601 or empty."""
    plain = text.translate(_DIGITS)
    found = next(filter(None, (pattern.search(plain) for pattern in _day_patterns())), None)
    if found is None:
        return text, ""
    month = _months()[found["month"].casefold()]
    date = f"{found['year'] or '-'}-{month:02}-{int(found['day']):02}"
    try:
        parse_day(date)
    except BadValue:
        # No such day: the line is read as copy, with the date in it.
        return text, ""
    return text[: found.start()], date


@cache
def _months() -> dict[str, int]:
    """Map month names to numbers: English, and the three sets of names used in Arabic."""
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
