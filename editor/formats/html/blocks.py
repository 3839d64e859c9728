"""A tree of HTML as blocks: the walk over its elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from editor.formats.html.addresses import clean_address
from editor.formats.html.flow import Flow, PageReading
from editor.formats.html.inline import BREAK, PLAIN, Look, Run, make_run
from editor.formats.html.kinds import (
    heading_level,
    is_block,
    is_code,
    is_quote,
    remove_start,
    styled,
    without_empty_lines,
)
from editor.formats.html.lists import LevelItem, WordMarker, make_items, typed_marker_end
from editor.formats.html.pictures import captions_in, emoji, find_picture, is_figure
from editor.formats.html.styles import Style, is_hidden
from editor.formats.html.tables import read_table
from editor.formats.html.tree import Dropped, HtmlElement
from editor.text.nodes import (
    Block,
    BulletList,
    CodeBlock,
    Footnote,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
)
from editor.text.plain import block_plain

_ELSEWHERE = ("absolute", "fixed")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPT = re.compile(r"[0-9+\-=()]{1,6}|n")


class BlockReader:
    """Reads elements into blocks."""

    def __init__(self, page: PageReading) -> None:
        self._page = page

    def read(self, element: HtmlElement, look: Look = PLAIN) -> list[Block]:
        """Return the blocks of all that is in an element."""
        flow = Flow(self._page)
        self._children(element, look, flow)
        return flow.blocks()

    def _children(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        is_elsewhere = False
        for child in element.children:
            if isinstance(child, str):
                if is_elsewhere and child[:1].isalnum():
                    flow.add(Run(" "))
                if not look.hidden:
                    flow.add(make_run(child, look))
                is_elsewhere = False
            else:
                # Somewhere else on the page, so its words are not joined with those around it.
                is_elsewhere = self._page.styles.of(child).get("position") in _ELSEWHERE
                if is_elsewhere:
                    flow.add(Run(" "))
                self._element(child, look, flow)

    def _element(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        page = self._page
        page.elements += 1
        if page.elements % 5_000 == 0:
            page.progress.report(0, 0)
        style = page.styles.of(element)
        if is_hidden(element, style):
            page.dropped[Dropped.HIDDEN] += any(map(str.isalnum, element.text()))
        elif element in page.notes.notes:
            self._footnote(element, look)
        elif element in page.notes.links_back:
            pass
        elif label := page.notes.marks.get(element):
            flow.add(Run("", PLAIN, label))
        else:
            self._shown(element, style, styled(look, element, style), flow)

    def _shown(self, element: HtmlElement, style: Style, look: Look, flow: Flow) -> None:
        read = _BY_TAG.get(element.tag)
        if read is not None:
            read(self, element, look, flow)
        elif level := heading_level(element):
            self._heading(element, level, look, flow)
        elif is_figure(element, style):
            self._figure(element, look, flow)
        elif "MsoCaption" in element.classes:
            self._caption(element, look, flow)
        elif is_quote(element, style):
            self._quote(element, look, flow)
        elif marker := WordMarker.of(element, style, self._page.styles):
            self._word_item(element, marker, look, flow)
        elif is_block(element, style):
            flow.end_paragraph()
            self._children(element, look, flow)
            flow.end_paragraph()
        else:
            self._inline(element, style, look, flow)

    def _break(self, _element: HtmlElement, look: Look, flow: Flow) -> None:
        flow.add(Run(BREAK, look.marks))

    def _rule(self, _element: HtmlElement, _look: Look, flow: Flow) -> None:
        flow.add_block(Rule())

    def _stray_item(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        """Read an item outside of a list."""
        for item in make_items([self.read(element, look)]):
            flow.add_block(LevelItem(1, None, item.blocks))

    def _inline(self, element: HtmlElement, style: Style, look: Look, flow: Flow) -> None:
        tag = element.tag
        if tag == "a" and element.get("href"):
            look = look._replace(href=self._address(element.get("href")) or look.href)
        if "apple-converted-space" in element.get("class").lower():
            flow.add(Run(" ", look.marks))
        elif tag in ("sup", "sub") or style.get("vertical-align") in ("super", "sub"):
            self._raised(element, tag == "sub" or style.get("vertical-align") == "sub", look, flow)
        elif tag == "q":
            flow.add(Run("“", look.marks))
            self._children(element, look, flow)
            flow.add(Run("”", look.marks))
        else:
            self._children(element, look, flow)

    def _raised(self, element: HtmlElement, lowered: bool, look: Look, flow: Flow) -> None:
        """Keep small figures apart from the number before them: 10⁶ is not 106."""
        text = element.text().strip()
        if _SCRIPT.fullmatch(text) and not any(inner.tag == "a" for inner in element.all()):
            flow.add(Run(text.translate(_LOWERED if lowered else _RAISED), look.marks))
        else:
            self._children(element, look, flow)

    def _address(self, written: str) -> str:
        if written.startswith("#"):
            return ""
        href, had_tracking = clean_address(written, self._page.base)
        if not href:
            self._page.dropped[Dropped.LINK] += 1
        elif had_tracking:
            self._page.dropped[Dropped.TRACKING] += 1
        return href

    def _heading(self, element: HtmlElement, level: int, look: Look, flow: Flow) -> None:
        style = self._page.styles.of(element)
        blocks = self.read(element, look._replace(bold=False))
        flow.end_paragraph()
        marker = WordMarker.of(element, style, self._page.styles)
        if marker and marker.element:
            blocks = self._without(element, marker.element, look._replace(bold=False))
        for block in blocks:
            if not isinstance(block, Paragraph):
                flow.add_block(block)
                continue
            children = block.children
            if len(children) == 1 and isinstance(children[0], Strong):
                children = children[0].children
            flow.add_block(Heading(level, children))

    def _list(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        flow.end_paragraph()
        items: list[Sequence[Block]] = []
        for child in element.children:
            if isinstance(child, str):
                blocks = self.read(HtmlElement("div", {}, [child]), look) if child.strip() else []
            elif child.tag == "li":
                style = self._page.styles.of(child)
                if is_hidden(child, style):
                    self._page.dropped[Dropped.HIDDEN] += 1
                    continue
                if child in self._page.notes.notes:
                    self._footnote(child, look)
                    continue
                items.append(self.read(child, styled(look, child, style)))
                continue
            else:
                blocks = self.read(HtmlElement("div", {}, [child]), look)
            # A list in a list, or words outside of the items: they belong to the one before.
            if items:
                items[-1] = [*items[-1], *blocks]
            elif blocks:
                items.append(blocks)
        made = tuple(make_items(items))
        if made and element.tag == "ol":
            start = element.get("start").strip()
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
            flow.add_block(NumberedList(made, first))
        elif made:
            flow.add_block(BulletList(made))

    def _table(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        def read(part: HtmlElement) -> list[Block]:
            style = self._page.styles.of(part)
            if is_hidden(part, style):
                self._page.dropped[Dropped.HIDDEN] += any(map(str.isalnum, part.text()))
                return []
            bold = look.bold and part.tag != "th"
            return self.read(part, styled(look._replace(bold=bold), part, style))

        for block in read_table(element, read):
            flow.add_block(block)

    def _preformatted(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        """Read code as code; a letter or a plain text in `pre` as its paragraphs."""
        if element.get("style").find("pre-wrap") < 0 and "moz" not in element.get("class"):
            text = element.text().expandtabs(4).strip("\n")
            if is_code(element, text):
                flow.add_block(CodeBlock(without_empty_lines(text)))
                return
        flow.end_paragraph()
        self._children(element, look._replace(code=False, keeps_lines=True), flow)
        flow.end_paragraph()

    def _quote(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        if blocks := self.read(element, look):
            flow.add_block(Quote(tuple(blocks)))

    def _word_item(self, element: HtmlElement, marker: WordMarker, look: Look, flow: Flow) -> None:
        blocks = self._without(element, marker.element, look)
        first = blocks[0] if blocks else None
        if first is not None and isinstance(first, Paragraph):
            flow.add_block(LevelItem(marker.level, marker.number, tuple(blocks)))
        else:
            for block in blocks:
                flow.add_block(block)

    def _without(self, element: HtmlElement, marker: HtmlElement | None, look: Look) -> list[Block]:
        """Read an element without what marks it as an item."""
        if marker is not None:
            marker.children = []
        elif end := typed_marker_end(element.text()):
            remove_start(element, end)
        return self.read(element, look)

    def _footnote(self, element: HtmlElement, look: Look) -> None:
        """Read a note; Markdown has all of them after the text."""
        label = self._page.notes.notes.pop(element)
        if blocks := self.read(element, look):
            self._page.footnotes.append(Footnote(label, tuple(blocks)))

    # Pictures

    def _picture(self, image: HtmlElement, look: Look, flow: Flow) -> None:
        if character := emoji(image):
            flow.add(Run(character, look.marks))
        elif found := find_picture(image):
            self._page.add_picture(found)

    def _figure(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        """Take a picture with its caption; the caption of one that can't be taken stays."""
        flow.end_paragraph()
        captions = captions_in(element)
        before = len(self._page.pictures)
        inside = Flow(self._page)
        for child in element.children:
            if isinstance(child, str):
                inside.add(make_run(child, look))
            elif child not in captions:
                self._element(child, look, inside)
        words = inside.blocks()
        parts = [self.read(part, look) for part in captions] or [words]
        caption = " ".join(block_plain(block) for part in parts for block in part)
        found = self._page.pictures[before:]
        if len(found) == 1 and self._page.take_caption(caption):
            words = words if captions else []
        else:
            words += [block for part in parts if part is not words for block in part]
        for block in words:
            flow.add_block(block)

    def _caption(self, element: HtmlElement, look: Look, flow: Flow) -> None:
        """Read a paragraph that Word calls a caption: of the picture just before it, if any."""
        flow.end_paragraph()
        blocks = self.read(element, look)
        caption = " ".join(map(block_plain, blocks))
        if not (self._page.is_picture_last and self._page.take_caption(caption)):
            for block in blocks:
                flow.add_block(block)


_BY_TAG: dict[str, Callable[[BlockReader, HtmlElement, Look, Flow], None]] = {
    "br": BlockReader._break,
    "hr": BlockReader._rule,
    "img": BlockReader._picture,
    "li": BlockReader._stray_item,
    "table": BlockReader._table,
    "pre": BlockReader._preformatted,
    **dict.fromkeys(("ul", "ol", "menu", "dir"), BlockReader._list),
}
"""How the elements are read that are one kind of block whatever their style says."""
