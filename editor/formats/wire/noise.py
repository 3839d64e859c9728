"""Lines an agency writes around a story for newsrooms: slugs, priorities, end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.formats.wire.agencies import is_agency
from editor.formats.wire.lines import Line

# Above the story: the contents of the headers of ANPA 1312 and IPTC 7901.
_SELECTOR = re.compile(
    r"""
      [a-z]{1,6}\d{3,5}\s+\d\s+[a-z]{1,3}\s+\d+\b.*   # eca0124 3 i 93  dpa 1888
    | [a-z]\s+[a-z]\s+\S*--.*                          # r z BC-BKN--Heat-Hawks 02-20 0500
    | [A-Za-z]\w{0,2}\d{3,5}[\w^_-]*(?:\s[\w^_-]+)?  # Az6715_-----, W2870 harbr
    | \S*--\S.*,\s*\d{2,5}\s*<?                        # BC-BKN--Heat-Hawks, 1st Ld,416<
    | (?:AM|PM|BC)-\S.*,\s*\d{2,5}                      # BC-Harbour,40
    | [\w.&-]+(?:/[\w.&-]*)+                           # Yemen/conflict/
    | [\w.&-]+(?:[ ][\w.&-]+){1,3}/(?:[\w.&-]+(?:[ ][\w.&-]+)*/)*  # American Football/NFL/
    | [A-Z]{2,}(?:-[A-Z0-9]{2,}){1,4}                  # BC-STORM-COAST
    | [\W_]+
    """,
    re.VERBOSE,
)
_REMARK = re.compile(
    r"""
      (?:urgent|flash|bulletin|snap|alert|extra|breaking(?:\s+news)?|advisory|newsalert
        |embargo(?:ed)?\b.*|(?:re)?lead(?:-all)?|refile|repeat|rpt|recast(?:s|ing)?|corrected|correction
        |writethru|sidebar|precede|wrapup|update|for\s+immediate\s+release|عاجل|خبر\s+عاجل)[\s\d:!*-]*
    | (?:\d{1,2}(?:st|nd|rd|th)|first|second|third)\s+(?:ld|lead|add|take|writethru)\b[\s\w-]{0,20}
    | (?:eds|editors?|note\s+to\s+editors|ap\s+photos?|slug|priority|category|keywords?
        |word\s*count)\b\s*[:,\#A-Z\d].*
    | (?:copyright\b|\(c\)|©).*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Below the story.
_TAIL = re.compile(
    r"""
      [-–—=(*\s]*(?:ends?|end\s+of\s+(?:story|item|text)|mf|more(?:\s+follows)?)[-–—=)*.\s]*
    | [-–—\s]*30[-–—\s]*
    | \#{2,}
    | (?-i:SOURCE)\s+\S.{1,60}                          # PR Newswire
    | [(\[]?\s*(?:انتهى|النهاية)\s*[)\].]?
    | (?:copyright\b|\(c\)|©|حقوق\s+النشر).*
    | \(?(?:additional\s+)?(?:reporting|writing|editing)\s+by\b.*
    | \w{2,3}-\w{2,3}-\d\d-\d\d-\d\d\s+\d{4}\s*gmt\W*   # AP-WF-11-13-13 1509GMT
    | \d{6}\s+gmt\s+[a-z]{3}\s+\d\d.*                   # 212101 GMT Nov 18
    | dpa(?:\s+[a-z]{2,4})+
    | (?:reuters?|ap|afp|upi|dpa|tass|pa|ansa|efe|kyodo|xinhua|wam|spa|mena|qna)[.=]?
    | our\s+standards:.*
    | [\W_]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOTEBOOK = re.compile(r"#+\s.*\bnotebook\b.*|.*\bnot\s+for\s+publication\b.*", re.IGNORECASE)
_END_SLUG = re.compile(r"(?<!\s)\s{3,}reuters?\s*$", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|بقلم|كتب|كتبت|تقرير)(?:\s*:\s*|\s+)(?P<names>\S.*)", re.IGNORECASE)
_BYLINE_ELSEWHERE = re.compile(r"(?:Von|Par|Por|Di)\s+(?P<names>\S.*)")
"""Headlines begin with these words as well: what follows must be full names."""
_PARTICLE_WORDS = "al bin da de del della den der di do dos du e la le van von zu"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BETWEEN_NAMES = re.compile(r"\s*[;؛&]\s*|\s+(?:and|و|und|et|y)\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,،]\s*")
_AFTER_A_NAME = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,5}")


def is_head_noise(line: Line) -> bool:
    """Return whether a line above the story is not for readers."""
    if _SELECTOR.fullmatch(line.text) or _SELECTOR.fullmatch(line.head):
        return True
    return _REMARK.fullmatch(line.head) is not None


def is_tail(line: Line) -> bool:
    """Return whether a line below a story is not for readers."""
    return _TAIL.fullmatch(line.text) is not None


def byline_names(text: str) -> tuple[str, ...]:
    """Return the names in a line such as `By Jane Doe and Ali Hassan`; none in another line.

    A comma is between names only in a list that ends in “and”. Elsewhere it belongs
    to a name: `Martin King, Jr.`, `Ann Lee, Harbour Post`.
    """
    found, is_name = _BYLINE.fullmatch(text), _is_name
    if found is None:
        found, is_name = _BYLINE_ELSEWHERE.fullmatch(text), _is_full_name
    if found is None or len(text.split()) > 14:
        return ()
    parts = [part for part in _BETWEEN_NAMES.split(found["names"].strip()) if part]
    if not parts:
        return ()
    *listed, last = parts
    names: list[str] = []
    for part in filter(None, (part for some in listed for part in _COMMA.split(some))):
        if names and _AFTER_A_NAME.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    names.append(last.strip())
    people = tuple(name for name in map(_without_agency, names) if name)
    return people if all(map(is_name, names)) else ()


def find_body_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the story's last line, before notebooks, copyright and end marks."""
    notebooks = (i for i in range(start, len(lines)) if _NOTEBOOK.fullmatch(lines[i].text))
    end = next(notebooks, len(lines))
    while end > start and (not lines[end - 1].text or is_tail(lines[end - 1])):
        end -= 1
    return end


def find_end_slug(raw: str) -> int:
    """Return where an agency's slug begins after a line's last words; 0 without one."""
    found = _END_SLUG.search(raw)
    return found.start() if found and raw[: found.start()].strip() else 0


def _without_agency(name: str) -> str:
    """`Cy Dee, Reuters` is Cy Dee; a name that is an agency's is nobody's."""
    person, _, agency = name.rpartition(",")
    return person if is_agency(agency.strip()) else name


def _is_full_name(text: str) -> bool:
    """Return whether a text is two words or more in capitals, with particles between (`de`)."""
    first, *others = text.split()
    return (
        _is_name(text)
        and first[0].isupper()
        and bool(others)
        and others[-1][0].isupper()
        and all(word[0].isupper() or word in _PARTICLES for word in others)
    )


def _is_name(text: str) -> bool:
    is_small_latin = text[0].isascii() and not text[0].isupper()
    return all(map(_NAME.fullmatch, _COMMA.split(text))) and not is_small_latin
