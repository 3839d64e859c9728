"""The dateline: where and when a story was written, rendered by the desk's template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar
from unicodedata import normalize

from editor.core.fields import DATELINE, Field
from editor.core.language_table import LANGUAGES
from editor.core.languages import arabic_commas, script
from editor.core.record import Record
from editor.core.times import parse_day
from editor.errors import BadValue
from editor.i18n import _, listed

SEED_TEMPLATE = "{city}, {country}–"
PLAIN_TEMPLATE = "{city}, {place}–"
AP_TEMPLATE = "{CITY}[, {place}][ ({agency})] — "
REUTERS_TEMPLATE = "{CITY}[, {place}][, {date}][ ({agency})] - "

_TOKEN = re.compile(r"\{(\w+)\}|\[|\]")
_IN_BRACKETS = re.compile(r"\s*[(（]\{(\w+)\}[)）]")
_DOTTED = frozenset({"az", "crh", "tr", "tt"})
"""Languages with a dotted and a dotless i (Unicode's SpecialCasing.txt, and their alphabets)."""
_DAY_IN_NUMBERS = {"ja": "{month}月{day}日", "ko": "{month}월 {day}일", "zh": "{month}月{day}日"}
_NAMES = ("city", "CITY", "state", "country", "place", "date", "agency")


@dataclass(frozen=True, slots=True)
class Dateline(Record):
    """Place, day and agency, kept apart; never a free string.

    `date` is empty, `YYYY-MM-DD`, or `--MM-DD` when the year is not known.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = DATELINE

    city: str = ""
    country: str = ""
    state: str = ""
    date: str = ""
    agency: str = ""

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        for field in self.FIELDS:
            object.__setattr__(self, field.name, " ".join(getattr(self, field.name).split()))
        if self.date:
            parse_day(self.date)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is filled in."""
        return not any(getattr(self, field.name) for field in self.FIELDS)


def render_dateline(dateline: Dateline, template: str, language: str = "en") -> str:
    """Fill a template such as `{CITY}[, {place}][, {date}][ ({agency})] - `.

    `{place}` is the state, else the country; `{CITY}` is in capitals. `{country}` is
    the state where there is no country, unless the template has another place for it.
    A part in brackets is left out when one of its fields is empty. Elsewhere an empty
    field is left out with the words before it, so `{city}, {country}–` without both
    gives `Moscow–`. Commas are those of the language's script. An empty dateline gives
    an empty text. Raises BadValue for a broken template.
    """
    if dateline.is_empty:
        return ""
    template = _with_own_commas(template, language)
    has_state_elsewhere = {"state", "place"} & {token[1] for token in _TOKEN.finditer(template)}
    values = {
        "city": dateline.city,
        "CITY": in_capitals(dateline.city, language),
        "state": dateline.state,
        "country": dateline.country or ("" if has_state_elsewhere else dateline.state),
        "place": dateline.state or dateline.country,
        "date": day_text(dateline.date, language) if dateline.date else "",
        "agency": dateline.agency,
    }
    return _fill(_without_empty_brackets(template, values), values)


def checked_template(template: str) -> str:
    """Return a template. Raises BadValue, with the reason, for one that can't be rendered."""
    depth = 0
    for token in _TOKEN.finditer(template):
        if token[0] == "[":
            depth += 1
        elif token[0] == "]":
            depth -= 1
        elif token[1] not in _NAMES:
            raise BadValue(
                _("The dateline template has an unknown field {value}.").format(value=token[0]),
                _("Use {names}.").format(names=listed(f"{{{name}}}" for name in _NAMES)),
            )
        if depth not in (0, 1):
            break
    if depth:
        raise BadValue(
            _("The brackets in the dateline template do not pair up."),
            _("Put each optional part in one pair: [, {date}]."),
        )
    if set(_TOKEN.sub("", template)) & {"{", "}"}:
        raise BadValue(
            _("The braces in the dateline template do not pair up around a field."),
            _("Put each field in one pair: {city}."),
        )
    return template


def day_text(day: str, language: str = "en") -> str:
    """Write a day as wire copy does: `March 3`, months of six letters or more shortened.

    The Associated Press and Reuters abbreviate Jan., Feb., Aug. to Dec.; here
    the language's own short form (CLDR) is used for long names, without a dot.
    """
    _, month, number = parse_day(day)
    *months, primary = _months(language)
    if primary in _DAY_IN_NUMBERS:
        return _DAY_IN_NUMBERS[primary].format(month=month, day=number)
    name = months[month - 1]
    return f"{name} {number}" if primary == "en" else f"{number} {name}"


def months_of(language: str) -> Sequence[str]:
    """Return the months as `day_text` writes them in a language."""
    return _months(language)[:-1]


def _months(language: str) -> Sequence[str]:
    known = LANGUAGES.get(language)
    return known.months.split("|") if known else read_months(language)


@lru_cache(maxsize=64)
def read_months(language: str) -> tuple[str, ...]:
    """Return the months as `day_text` writes them in a language, then the language itself.

    They are CLDR's, read by Babel; for a language that it does not know, English.
    """
    # They take long to import, and the table has what most datelines need of them.
    from babel.core import UnknownLocaleError  # noqa: PLC0415
    from babel.dates import get_month_names  # noqa: PLC0415

    from editor.cldr import find_locale  # noqa: PLC0415

    try:
        locale = find_locale(language)
    except (UnknownLocaleError, ValueError):
        locale = find_locale("en")
    wide = get_month_names("wide", locale=locale)
    short = get_month_names("abbreviated", locale=locale)
    months = [short[n].rstrip(".") if len(wide[n]) > 5 else wide[n] for n in range(1, 13)]
    return *months, locale.language


def in_capitals(name: str, language: str) -> str:
    """Write a name in capitals as its language does: `İZMİR`, `ΑΘΗΝΑ`.

    A name with a dotted `İ` or a dotless `ı` is Turkish wherever it is written.
    """
    primary = language.lower().partition("-")[0]
    if primary in _DOTTED or {"İ", "ı"} & {*name}:
        name = name.replace("i", "İ").replace("ı", "I")
    capitals = name.upper()
    if script(language) == "Grek":
        # Capitals have no accent (the diaeresis stays).
        capitals = normalize("NFC", normalize("NFD", capitals).replace("\u0301", ""))
    return capitals


def _with_own_commas(template: str, language: str) -> str:
    if arabic_commas(language):
        return template.replace(",", "،")
    return template.replace("،", ",")


def _without_empty_brackets(template: str, values: dict[str, str]) -> str:
    checked_template(template)

    def filled(part: re.Match[str]) -> str:
        names = re.findall(r"\{(\w+)\}", part[1])
        return part[1] if all(values[name] for name in names) else ""

    shown = re.sub(r"\[([^\[\]]*)\]", filled, template)
    return _IN_BRACKETS.sub(lambda part: part[0] if values[part[1]] else "", shown)


def _fill(template: str, values: dict[str, str]) -> str:
    pieces = re.split(r"\{(\w+)\}", template)
    words, names = pieces[0::2], pieces[1::2]
    filled = [i for i, name in enumerate(names) if values[name]]
    if not filled:
        return ""
    first = filled[0]
    # What is before an empty field goes, but not the bracket around the field after it.
    opening = words[first][-1:] if first and words[first].endswith(("(", "（")) else ""
    return (
        words[0]
        + opening
        + values[names[first]]
        + "".join(words[i] + values[names[i]] for i in filled[1:])
        + words[-1]
    )
