"""Recognition of the dateline at the start of a paragraph, by its shape.

The shape is `PLACE[, REGION][, DATE] [(AGENCY)]` and a dash, as the
Associated Press stylebook and the Reuters handbook define it, with the variants
of other agencies. A few agencies write a shape of their own (`新华社北京3月5日电`).

An agency, a day or a listed region proves a dateline. Without any of them a place
must be written in capitals, be a listed city, or touch its dash (`Seacliff–The`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from editor.core.dateline import Dateline
from editor.core.times import parse_day
from editor.errors import BadValue
from editor.formats.wire.agencies import AGENCY_NAME
from editor.formats.wire.months import months, weekdays
from editor.formats.wire.noise import byline_names
from editor.formats.wire.regions import is_country, is_known_place, is_state

_LONGEST = 160
_DASH = re.compile(
    r"""
      \s*(?:—|–|--+|―|‒)\s*
    | \s+[-_]\s+
    | (?<=[\d)/])\s*-+(?:\s+|$)
    | (?<=\))\.?\s*-+(?=\w)      # (Reuters) -The
    | (?<=\))\.\s*-+\s*          # (EFE).-
    | (?<=/)\.\s+                # /TASS/.
    | :\s+                       # NEW DELHI:
    | (?<=\))\s+(?=\S)           # (PTI), where a day proves it
    """,
    re.VERBOSE,
)
_AGENCY = re.compile(r"\s*(?:\(([^()\n]{1,60})\)|/([^/\n]{2,30})/)$")
_BARE_AGENCY = re.compile(rf"[\s,]\s*({AGENCY_NAME})$", re.IGNORECASE)
_LEADING_AGENCY = re.compile(r"\s*\(([^\W\d_][^()\n]{1,40})\)\.?\s*(?:—|–|-+)\s*")
_BYLINE_WORD = re.compile(r"by\b", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<=\s)[^\W\d_a-z]{3,}(?=[\s,./-])")
_CITY = re.compile(r"[^\W\d_][^\W\d_]*(?:[ .'’ʼ/-]+[^\W\d_]+)*\.?")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_SMALL_WORD = re.compile(
    r"al?|am|and?|d[aeiou]|del|de[nr]|des|dos|en|el|l[ae]s?|los|of|on|the|upon|v[ao]n"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LABEL = re.compile(
    r"""
      (?:re)?watch(?:\s+live)?|video|photos?|pictures|listen|podcast|read|live|live\s+updates?|updated?
    | opinion|analysis|comment(?:ary)?|column|editorial|explain(?:er|ed)|exclusive
    | breaking(?:\s+news)?
    | factbox|fact\s+check|feature|interview|review|profile|obituary|timeline|insight|focus|letters?
    | correction|corrected|clarification|note|editor.?s\s+note|advertisement|sponsored|spoilers?
    | by|file|news|sport|meinung|kommentar|analyse|interview|opinión|análisis|exclusiva|exclusif
    | reportage|entretien|décryptage|portrait|tribune|vidéo|direct|reportaje|entrevista
    # With a day after it, the first word of a sentence: On March 5 —
    | on|in|at|since|until|from|after|before|last|this|next|am|im|seit|vom|depuis|dès|desde|el|il|em
    | crónica|vídeo|видео|фото|мнение|интервью|репортаж|комментарий|срочно
    | رأي|تحليل|فيديو|شاهد|صور|عاجل|خاص|مقابلة|تقرير
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COMPANY = re.compile(
    r"(?:inc|corp|co|ltd|llc|llp|plc|ag|se|gmbh|sa|spa|nv|bv|ab|asa|oyj|group|holdings?|bank)\.?",
    re.IGNORECASE,
)
# What some agencies write instead of a dash.
_OWN_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # دمشق-سانا
        rf"(?P<city>[\u0620-\u064a]+(?:\s[\u0620-\u064a]+)?)\s*[-–—]\s*"
        rf"(?P<agency>{AGENCY_NAME})(?:[\s:.–—-]+|$)",
        # 新华社北京3月5日电
        r"(?P<agency>新华社|新華社|中新社|中新网|中国新闻社)(?P<city>[\u3400-\u9fff]{2,12}?)"
        r"(?:(?P<month>\d{1,2})月(?P<day>\d{1,2})日)?电\s*",
        # 【ロンドン時事】
        r"【(?P<city>[\u3040-\u30ff\u3400-\u9fffー]{2,12}?)[=＝]?"
        r"(?P<agency>共同|時事|ロイター|AFP時事)】\s*",
        # (서울=연합뉴스)
        r"\((?P<city>[\uac00-\ud7a3]{2,10})=(?P<agency>연합뉴스|뉴시스|뉴스1)\)\s*",
    )
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline and the index in the paragraph where the story's words begin.

    `is_certain` is false when only its position in the text suggests it. `start` is
    where the dateline begins: a byline may be before it.
    """

    dateline: Dateline
    end: int
    is_certain: bool
    start: int = 0


def find_dateline(paragraph: str) -> FoundDateline | None:
    """Find the dateline a paragraph begins with; None without one."""
    if start := _find_byline_end(paragraph):
        found = find_dateline(paragraph[start:])
        if found is None or not found.is_certain:
            return None
        return replace(found, start=start, end=start + found.end)
    if leading := _LEADING_AGENCY.match(paragraph):
        # "(ANSA) - Rome, March 3 - " and Reuters' bare "(Reuters) - ".
        agency = Dateline(agency=leading[1])
        rest = find_dateline(paragraph[leading.end() :])
        if rest is None or not rest.is_certain or rest.dateline.agency:
            return FoundDateline(agency, leading.end(), False)
        dateline = replace(rest.dateline, agency=leading[1])
        return FoundDateline(dateline, leading.end() + rest.end, True)
    return _find_own_shape(paragraph) or _find_before_dash(paragraph)


def _find_byline_end(paragraph: str) -> int:
    """Return where a place in capitals begins after a byline: `By Ann Bold PARIS, `; else 0."""
    if not _BYLINE_WORD.match(paragraph):
        return 0
    place = _CAPITALS.search(paragraph, 0, _LONGEST)
    return place.start() if place and byline_names(paragraph[: place.start()].strip()) else 0


def _find_own_shape(paragraph: str) -> FoundDateline | None:
    for shape in _OWN_SHAPES:
        if found := shape.match(paragraph):
            parts = found.groupdict()
            month, day = int(parts.get("month") or 0), int(parts.get("day") or 0)
            date = _valid_day(f"--{month:02}-{day:02}") if month else ""
            dateline = Dateline(found["city"], date=date, agency=found["agency"])
            return FoundDateline(dateline, found.end(), True)
    return None


def _find_before_dash(paragraph: str) -> FoundDateline | None:
    for dash in _DASH.finditer(paragraph, 0, _LONGEST):
        head, after = paragraph[: dash.start()], paragraph[dash.end() :]
        parsed = _parse_dateline(head, dash[0])
        if parsed is None:
            if len(head.split()) > 12:
                break
            continue
        dateline, is_certain = parsed
        agency = None if dateline.agency else _LEADING_AGENCY.match(after)
        if agency is not None and dash[0].strip():
            # A dash before the agency as well, as Arabic copy has it: القاهرة - (أ ف ب) -
            dateline = replace(dateline, agency=agency[1])
            return FoundDateline(dateline, dash.end() + agency.end(), True)
        if is_certain or _is_plausible(dateline, dash[0], after):
            return FoundDateline(dateline, dash.end(), is_certain)
    return None


def _parse_dateline(head: str, dash: str) -> tuple[Dateline, bool] | None:
    """Parse what is before a dash; also return whether an agency, day or region proves it."""
    if head.count("(") > 1 or "\n" in head.strip():
        return None
    rest, agency = _split_agency(head)
    rest, date = _split_date(rest)
    parts = [part.strip() for part in re.split(r"[,،]", rest) if part.strip()]
    if not 0 < len(parts) < 4 or not all(map(_is_place, parts)):
        return None
    state, country, known = _classify_regions(parts[1:])
    has_long_dash = "—" in dash or "–" in dash
    is_certain = bool(
        agency or date or (known and len(parts) > 1 and (has_long_dash or len(parts) < 3))
    )
    if len(parts) > 1 and not (is_certain or has_long_dash):
        return None
    is_dash = dash.strip() not in ("", ":") or (dash.strip() and parts[0].isupper())
    if not is_dash and not (agency and date):
        return None
    # "SEACLIFF. March 3": this dot separates the place from the day.
    city = parts[0].rstrip(".") if date and len(parts) == 1 else parts[0]
    return Dateline(city, country, state, date, agency), is_certain


def _split_agency(head: str) -> tuple[str, str]:
    """Split an agency off the end: in brackets or strokes, or a known one after a day or comma."""
    if found := _AGENCY.search(head):
        return head[: found.start()], (found[1] or found[2]).strip()
    if found := _BARE_AGENCY.search(head):
        before = head[: found.start() + 1].rstrip()
        if before.endswith(",") or _split_date(before)[1]:
            return before.rstrip(", "), found[1]
    return head, ""


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
    if len(text) > 60 or not _CITY.fullmatch(text) or _LABEL.fullmatch(text):
        return False
    # “DC” and “SA” are also short for days in some languages.
    if text.casefold() in weekdays() and not is_state(text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) > 7:
        return False
    if _ARABIC.search(text):
        return len(words) <= 5
    # Scripts without letter case have no small letters.
    return not words[0][0].islower() and all(
        not word[0].islower() or _SMALL_WORD.fullmatch(word) or (i and len(word) <= 2)
        for i, word in enumerate(words)
    )


def _is_plausible(dateline: Dateline, dash: str, after: str) -> bool:
    """Return whether a place that nothing proves may be a dateline, and a sentence follows."""
    city = dateline.city
    words = city.split()
    in_capitals = city.isupper() and len(city) > 3
    if _ARABIC.search(city):
        return len(words) <= 2 and bool(after)
    if dash.strip() in ("-", "_") and not in_capitals:
        return False
    if len(words) > 1 and _COMPANY.fullmatch(words[-1]):
        return False
    touches_dash = dash == dash.strip()
    begin = after.lstrip("\"'“‘«([<")[:1]
    return (
        (in_capitals or touches_dash or is_known_place(city))
        and len(words) <= 4
        and (begin.isupper() or begin.isdigit())
    )


def _split_date(text: str) -> tuple[str, str]:
    """Split a day off the end of a text; return the rest, and the day as ISO 8601 or empty."""
    plain = text.translate(_DIGITS)
    found = next(filter(None, (pattern.search(plain) for pattern in _day_patterns())), None)
    if found is None:
        return text, ""
    month = months()[found["month"].casefold()]
    date = _valid_day(f"{found['year'] or '-'}-{month:02}-{int(found['day']):02}")
    # No such day: the line is read as copy, with the date in it.
    return (text[: found.start()], date) if date else (text, "")


def _valid_day(date: str) -> str:
    try:
        parse_day(date)
    except BadValue:
        return ""
    return date


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    month, day = rf"(?P<month>{names})", r"(?P<day>\d{1,2})"
    year = r"(?:\s*[,،]?\s+(?:del?\s+)?(?P<year>(?:19|20)\d\d)(?:\s?г)?)?"
    lead, end = r"(?:^|[\s,،/])\s*", r"[.,،]?\s*$"
    return (
        re.compile(rf"{lead}{month}\.?\s*{day}{year}{end}", re.IGNORECASE),
        re.compile(
            rf"{lead}(?:(?:le|في|ב)\s*)?{day}\s*\.?\s*(?:de\s+|ב)?{month}\.?{year}{end}",
            re.IGNORECASE,
        ),
    )
