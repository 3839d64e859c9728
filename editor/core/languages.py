"""Language tags (BCP 47): which are valid, and which way their script is written."""

from __future__ import annotations

import re
import threading
from functools import lru_cache

from editor.core.language_table import LANGUAGES
from editor.errors import BadValue
from editor.i18n import _

# Babel and langcodes take long to import, and the table has what most stories need of them.
# ruff: noqa: PLC0415

_ONE_AT_A_TIME = threading.Lock()
"""langcodes fills in what it knows of a tag as it is asked: a second thread finds half of it."""

_TAG = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.A)
_LONGEST = 35  # RFC 5646, section 4.4.1

# The scripts (ISO 15924) that CLDR marks as written from right to left (scriptMetadata.txt).
_SCRIPTS = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc "
    "Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phlv Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo "
    "Syrc Syre Syrj Syrn Thaa Todr Yezi"
)
_RIGHT_TO_LEFT = frozenset(_SCRIPTS.split())
_ARABIC_COMMAS = frozenset({"Arab", "Aran", "Rohg", "Syrc", "Thaa"})


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str:
    """Return a language's tag, with `-` between its parts. Raises BadValue for no BCP 47 tag.

    Its language, script and region must be in IANA's registry: the tag goes out in
    every page's `lang`, and a browser ignores one that it does not know.
    """
    tag = text.strip().replace("_", "-")
    if tag in LANGUAGES:
        return tag
    from langcodes import tag_is_valid

    if len(tag) <= _LONGEST and _TAG.fullmatch(tag) and tag_is_valid(tag):
        return tag
    raise BadValue(
        _("“{value}” is not a language.").format(value=text[:_LONGEST]),
        _("Write its tag, like en, pt-BR or ku-Arab."),
    )


def is_right_to_left(language: str) -> bool:
    """Whether a BCP 47 language is written from right to left.

    Its script decides: the one in the tag, else the usual one of the language in
    its region (CLDR's likely subtags). What is no tag is written from left to right.
    """
    return script(language) in _RIGHT_TO_LEFT


def arabic_commas(language: str) -> bool:
    """Whether a language is written with `،` and `؛`: those of the Arabic and related scripts."""
    return script(language) in _ARABIC_COMMAS


def script(language: str) -> str:
    """Return the script that a BCP 47 language is written in (ISO 15924); empty for no tag."""
    known = LANGUAGES.get(language)
    return known.script if known else read_script(language)


@lru_cache(maxsize=1024)
def read_script(language: str) -> str:
    """Return the script of any language from CLDR's likely subtags; empty for no tag."""
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    with _ONE_AT_A_TIME:
        try:
            return Language.get(language).maximize().script or ""
        except LanguageTagError:
            return ""


@lru_cache(maxsize=1024)
def without_region(tag: str) -> str:
    """Return a language without its region, with its script where that is not the usual one.

    Empty for no language, and for one of private use (BCP 47, `x-…`).
    """
    primary, written = tag.partition("-")[0].lower(), script(tag)
    if not written or len(primary) == 1:
        return ""
    return primary if script(primary) == written else f"{primary}-{written}"


def own_name(tag: str) -> str:
    """Return a language's name in that language, `العربية`; the tag itself for an unknown one."""
    known = LANGUAGES.get(tag)
    return known.name if known else read_name(tag)


@lru_cache(maxsize=1024)
def read_name(tag: str) -> str:
    """Return the name of any language in that language from CLDR; else the tag itself."""
    from babel.core import UnknownLocaleError

    from editor.cldr import find_locale

    try:
        name = find_locale(tag).get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag
