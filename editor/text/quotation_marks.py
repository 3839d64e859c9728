"""The quotation marks of each language, and French spaces: for checks and for what is typed."""

from __future__ import annotations

from typing import NamedTuple


class QuotationMarks(NamedTuple):
    """Pairs of an opening and a closing mark: around, inside, and of the apostrophe's key."""

    outer: str
    inner: str
    single: str


_ENGLISH = QuotationMarks("“”", "‘’", "‘’")

# CLDR's delimiters, except where a comment names another source.
_BY_LANGUAGE = {
    **dict.fromkeys(
        ("de", "cs", "sk", "sl", "is", "et", "mk", "bg", "lt"), QuotationMarks("„“", "‚‘", "‚‘")
    ),
    "ka": QuotationMarks("„“", "«»", "‚‘"),
    **dict.fromkeys(("pl", "ro"), QuotationMarks("„”", "«»", "‚’")),
    "hu": QuotationMarks("„”", "»«", "‚’"),
    # Hrvatski pravopis (2013) and the Serbian Pravopis: „ ” outside, ‚ ’ inside.
    **dict.fromkeys(("hr", "sr", "bs"), QuotationMarks("„”", "‚’", "‚’")),
    **dict.fromkeys(("sv", "fi"), QuotationMarks("””", "’’", "’’")),
    **dict.fromkeys(("nb", "nn", "no"), QuotationMarks("«»", "‘’", "‘’")),
    **dict.fromkeys(("fr", "it", "pt-PT", "el", "ca", "eu"), QuotationMarks("«»", "“”", "‘’")),
    # Ortografía de la lengua española (2010), 3.4.8.2: «…», inside “…”, inside those ‘…’.
    **dict.fromkeys(("es", "gl"), QuotationMarks("«»", "“”", "‘’")),
    **dict.fromkeys(("ru", "uk", "be"), QuotationMarks("«»", "„“", "‚‘")),
    # As newspapers in Switzerland write them.
    **dict.fromkeys(("de-CH", "de-LI", "fr-CH", "it-CH"), QuotationMarks("«»", "‹›", "‹›")),
    "fa": QuotationMarks("«»", "‹›", "‹›"),
    # Arabic newspapers write « »; CLDR has ” “.
    **dict.fromkeys(("ar", "hy"), QuotationMarks("«»", "“”", "‘’")),
}

_CURLY = "“”„"

# Lexique des règles typographiques (Imprimerie nationale): a no-break space inside « » and
# before a colon, a narrow one before ; ! ?. In Québec (OQLF) ; ! ? have none, in Swiss
# newspapers no mark has one.
_NARROW, _WIDE = "\u202f", "\u00a0"
_QUEBEC_SPACES = {":": _WIDE, "«": _WIDE, "»": _WIDE}
_FRENCH_SPACES = {**_QUEBEC_SPACES, ";": _NARROW, "!": _NARROW, "?": _NARROW}


def primary(language: str) -> str:
    """Return a BCP 47 language without script and region."""
    return language.partition("-")[0].lower()


def quotation_marks(language: str) -> QuotationMarks:
    """Return the marks of a BCP 47 language: its region's, else its own, else the English ones."""
    own, regions = primary(language), language.upper().split("-")[1:]
    tags = (*(f"{own}-{region}" for region in regions), own)
    return next((_BY_LANGUAGE[tag] for tag in tags if tag in _BY_LANGUAGE), _ENGLISH)


def curly_marks(language: str) -> str:
    """Return the four curly marks of a language, double and single.

    Those of English where its own are not curly.
    """
    marks = quotation_marks(language)
    return marks.outer + marks.single if marks.outer[0] in _CURLY else "".join(_ENGLISH[:2])


def same_mark_opens(language: str) -> bool:
    """Whether one mark is on both sides of a quotation, as in Swedish and Finnish."""
    outer = quotation_marks(language).outer
    return outer[0] == outer[1]


def french_spaces(language: str) -> dict[str, str]:
    """Return the space that French has before each of its marks, and after `«`; else none."""
    regions = language.upper().split("-")[1:]
    if primary(language) != "fr" or "CH" in regions:
        return {}
    return _QUEBEC_SPACES if "CA" in regions else _FRENCH_SPACES
