"""What a line above a story looks like by itself: a title, a sentence, a credit, a page's button.

A line is classified by its form: a sentence ends in a punctuation mark, a title does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from editor.formats.wire.agencies import is_agency
from editor.formats.wire.lines import Line
from editor.formats.wire.noise import byline_names, is_head_noise
from editor.formats.wire.stamps import is_stamp

LONGEST_TITLE = 160

_CREDIT = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,80})[)\]]\s*\.?\s*$")
_CREDIT_AFTER_BAR = re.compile(r"\s+\|\s+(?P<credit>[^|]{2,80}?)\s*$")
_CREDIT_LINE = re.compile(
    r"(?:photo(?:graph)?|picture|image|credit|source|foto|bild|تصوير|الصورة|صورة|المصدر)"
    r"(?:\s+(?:by|credit|source))?\s*:\s*\S.{1,78}|(?:photo|picture|image) by \S.{1,70}"
    r"|©\s*\S.{1,60}|[(\[][^()\[\]]{2,80}[)\]]\.?",
    re.IGNORECASE,
)
_IMAGE_SOURCE = re.compile(r"image (?:source|credit),\s*", re.IGNORECASE)
_GALLERY = re.compile(
    r"(?:\d{1,3}\s+of\s+\d{1,3}\s*\||\[\d{1,3}/\d{1,3}\])\s*(?=\S)", re.IGNORECASE
)
"""Which picture of how many, before its caption."""
_IMAGE_CAPTION = re.compile(r"(?:image )?caption[,:]\s*", re.IGNORECASE)
_PROVIDER = re.compile(r"news provided by:?", re.IGNORECASE)
_BANNER = re.compile(
    r"""
      trends?(?:\s+banner)?|trending(?:\s+(?:now|news|stories|topics))?
    | (?:the\s+)?latest(?:\s+(?:news|stories|headlines|updates))?|(?:news\s+)?in\s+brief
    | (?:news\s+|today.s\s+)?briefs?|news\s+briefing|(?:today.s\s+)?headlines|top\s+(?:news|stories)
    | most\s+(?:read|popular|viewed)(?:\s+stories)?|breaking(?:\s+news)?|ticker
    | الأكثر\s+(?:قراءة|مشاهدة)|آخر\s+الأخبار|أهم\s+الأخبار|موجز(?:\s+الأخبار)?|عناوين\s+الأخبار
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FURNITURE = re.compile(
    r"""
      (?:skip|jump)\s+to\b.*|(?:main\s+)?menu|home(?:page)?|search(?:\s+(?:the\s+)?site)?|toggle\b.*
    | (?:sign|log)\s*-?\s*(?:in|up|out)|register|my\s+account|subscribe(?:\s+(?:now|today))?
    | newsletters?|share(?:\s+(?:on|via|this|the)\b.*)?|copy(?:\s+(?:link|url))?
    | (?:link\s+)?copied!?
    | (?:print|save|bookmark|gift|e-?mail|listen\s+to)
      (?:\s+(?:this|the))?(?:\s+(?:article|story|page))?
    | (?:save|read|see|view)\s+(?:for\s+)?later|listen|follow(?:\s+us)?|add\s+to\s+\S+
    | (?:\d+\s+)?comments?(?:\s*\(?\d+\)?)?|leave\s+a\s+comment|advert(?:isement)?|sponsored|close
    | (?:read|load|show|see|view)\s+more|related(?:\s+(?:stories|articles|topics))?
    | facebook|twitter|x|whatsapp|linkedin|telegram|instagram|reddit|bluesky|threads|open\s+in\s+app
    | (?:accept|reject)(?:\s+all)?(?:\s+cookies)?|@\w{2,30}|cnn\s*[—–-]
    | شارك|مشاركة|بحث|القائمة|الرئيسية|نسخ\s+الرابط|طباعة|استمع|إعلان
    | تسجيل\s+الدخول|اشترك|اقرأ\s+أيضا?ً?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN_CRUMBS = re.compile(r"\s*[>›»→]\s*|\s+[/|·•]\s+")
_LONGEST_CRUMB = 4
_LONGEST_CREDITED = 240
_LONGEST_READ = 500
"""A longer line is a paragraph, whatever it looks like."""


class LineKind(Enum):
    """What a line looks like by itself."""

    TITLE = auto()
    LABEL = auto()
    """One or two words, as of a section: a headline only where nothing better is there."""
    SENTENCE = auto()
    CREDITED = auto()
    """A caption that ends in its credit."""
    CAPTION = auto()
    """A caption that the page calls one."""
    CREDIT = auto()
    BULLET = auto()
    BYLINE = auto()
    STAMP = auto()
    BANNER = auto()
    """What a page writes over its briefs."""
    FURNITURE = auto()
    """A page's buttons and paths, and an agency's words for newsrooms."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, its kind, and where in it the words begin; a bullet may be on a line before it."""

    line: Line
    kind: LineKind
    start: int = 0
    mark: Line | None = field(default=None)

    @property
    def words(self) -> str:
        """Return the words, without white space around them."""
        return self.line.raw[self.start :].strip()


def classify_lines(lines: Sequence[Line]) -> list[PageLine]:
    """Classify lines that are not blank, each by itself and by the line before it."""
    return _name_announced(_find_points([classify_line(line) for line in lines]))


def classify_line(line: Line) -> PageLine:
    """Return what a line looks like by itself."""
    if len(line.text) > _LONGEST_READ:
        return PageLine(line, LineKind.SENTENCE)
    if line.bullet:
        return PageLine(line, LineKind.BULLET, line.bullet)
    for pattern, kind in ((_IMAGE_SOURCE, LineKind.CREDIT), (_IMAGE_CAPTION, LineKind.CAPTION)):
        if found := pattern.match(line.text):
            return PageLine(line, kind, line.raw.index(line.text) + found.end())
    counted = _GALLERY.match(line.text)
    start = line.raw.index(line.text) + counted.end() if counted else 0
    return PageLine(line, _find_kind(line), start)


def find_credit(line: Line) -> tuple[int, int, int] | None:
    """Return where a caption ends in the raw line, and its credit begins and ends.

    The credit is in brackets (`… on Monday. (AFP)`) or after a bar (`… on Monday. | Ann/AP`).
    """
    found = _CREDIT.search(line.raw)
    if found is None:
        found = _CREDIT_AFTER_BAR.search(line.raw)
        if found is None or not _is_bar_credit(line.raw[: found.start()], found["credit"]):
            return None
    if not line.raw[: found.start()].strip():
        return None
    words = found["credit"].strip()
    if len(words) < 2 or len(words.split()) > 9:
        return None
    if words[0].isascii() and not words[0].isupper():
        return None
    return found.start(), found.start("credit"), found.end("credit")


def is_same_title(line: Line, other: Line) -> bool:
    """Return whether a line is another again, perhaps with the paper's name after it."""
    one, two = line.text.casefold(), other.text.casefold()
    return one == two or bool(re.fullmatch(re.escape(two) + r"\s+[|–—-]\s+.{2,40}", one))


def _is_bar_credit(before: str, credit: str) -> bool:
    """Return whether words after a bar are a credit, and not the name of a page's section."""
    return (
        Line(0, before).ends_sentence
        or "/" in credit
        or any(map(is_agency, re.split(r"[\s/]+", credit)))
    )


def _find_kind(line: Line) -> LineKind:
    kinds = (
        (LineKind.BANNER, _BANNER.fullmatch(line.text) is not None),
        (LineKind.CREDIT, _is_credit(line.text)),
        (LineKind.STAMP, is_stamp(line.text)),
        (LineKind.BYLINE, bool(byline_names(line.head))),
        (LineKind.FURNITURE, _is_furniture(line)),
        (LineKind.CREDITED, len(line.text) <= _LONGEST_CREDITED and bool(find_credit(line))),
    )
    return next((kind for kind, is_kind in kinds if is_kind), None) or _classify_prose(line)


def _classify_prose(line: Line) -> LineKind:
    text = line.text
    if line.ends_sentence:
        question = text.rstrip("\"'”’»)")[-1:] in "?!؟…"
        return LineKind.TITLE if question and len(text) < 90 else LineKind.SENTENCE
    if not any(char.isalpha() for char in text):
        return LineKind.FURNITURE
    if len(text) > LONGEST_TITLE:
        return LineKind.SENTENCE
    return LineKind.LABEL if _is_label(line) else LineKind.TITLE


def _is_label(line: Line) -> bool:
    """Return whether a line is one word, or two that both begin as names do (`Middle East`)."""
    return line.words < 2 or (
        line.words == 2 and not any(word[0].islower() for word in line.text.split())
    )


def _is_credit(text: str) -> bool:
    """Return whether a line is a credit, and no remark in brackets: it begins with a name."""
    inside = text.strip("()[] ")
    is_name = text[0] not in "([" or not inside[:1].isascii() or inside[:1].isupper()
    return bool(_CREDIT_LINE.fullmatch(text)) and is_name


def _is_furniture(line: Line) -> bool:
    """Return whether a line is a page's button or path, or an agency's word for newsrooms."""
    return bool(_FURNITURE.fullmatch(line.text)) or is_head_noise(line) or _is_breadcrumb(line)


def _is_breadcrumb(line: Line) -> bool:
    """Return whether a line is the path to a page: `Home > News > Harbour`."""
    crumbs = [crumb for crumb in _BETWEEN_CRUMBS.split(line.text) if crumb]
    is_long = len(crumbs) > 2 or (len(crumbs) == 2 and crumbs[0].casefold() in ("home", "news"))
    return is_long and all(len(crumb.split()) <= _LONGEST_CRUMB for crumb in crumbs)


def _find_points(items: list[PageLine]) -> list[PageLine]:
    """Make bullets of numbered lines and of lines under a bare mark, where there are two or more.

    A single numbered line is a title of a list story, and no key point.
    """
    found: list[PageLine] = []
    i = 0
    while i < len(items):
        run = _read_numbered(items, i) or _read_marked(items, i)
        found += run or [items[i]]
        i += sum(2 if item.mark else 1 for item in run) or 1
    return found


def _read_numbered(items: list[PageLine], start: int) -> list[PageLine]:
    run = []
    for item in items[start:]:
        if not item.line.number_end:
            break
        run.append(PageLine(item.line, LineKind.BULLET, item.line.number_end))
    return run if len(run) > 1 else []


def _read_marked(items: list[PageLine], start: int) -> list[PageLine]:
    run = []
    for i in range(start, len(items) - 1, 2):
        mark, line = items[i].line, items[i + 1].line
        if not mark.is_bare_mark or line.is_bare_mark:
            break
        run.append(PageLine(line, LineKind.BULLET, line.bullet, mark))
    return run if len(run) > 1 or (run and run[0].mark and run[0].mark.text in "•‣◦▪■●") else []


def _name_announced(items: list[PageLine]) -> list[PageLine]:
    """Give a line the kind that the label before it names (`Image caption,`)."""
    named: list[PageLine] = []
    announced: LineKind | None = None
    for item in items:
        if announced is not None:
            named.append(replace(item, kind=announced, start=0))
            announced = None
        elif item.kind in (LineKind.CAPTION, LineKind.CREDIT) and not item.words:
            announced = item.kind
            named.append(replace(item, kind=LineKind.FURNITURE))
        elif _PROVIDER.fullmatch(item.line.text):
            announced = LineKind.FURNITURE
            named.append(replace(item, kind=LineKind.FURNITURE))
        else:
            named.append(item)
    return named
