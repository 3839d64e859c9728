"""The commands on the body: they change its Markdown where the caret is."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from editor.core.picture_reference import is_picture_line, picture_reference
from editor.errors import NotAllowed
from editor.gui.story.body_styles import Style
from editor.gui.story.marks.block_marks import BlockMark
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.emphasis import EmphasisMark, leave_emphasis, toggle_emphasis
from editor.gui.story.marks.links import find_address, link_pasted, link_story, toggle_link
from editor.i18n import _

if TYPE_CHECKING:
    from editor.text.cache import DocumentCache

# What reads documents is imported where one is read: no window waits for it.
# ruff: noqa: PLC0415


class MarkedField(Protocol):
    """The field that the commands change."""

    def text(self) -> str:
        """Return the whole body."""
        ...

    def selection_start(self) -> int:
        """Return where the selection begins."""
        ...

    def selected(self) -> str:
        """Return the selected text."""
        ...

    def apply(self, *edits: MarkEdit) -> None:
        """Change the text as a person does, and select what the last edit says."""
        ...


class _Toggled(NamedTuple):
    """A mark that was just put on, and what takes exactly that back."""

    mark: BlockMark
    body: str
    selected: tuple[int, int]
    back: MarkEdit


class BodyCommands:
    """Works on what is selected in the body. Every command raises NotAllowed where it can't."""

    def __init__(self, field: MarkedField, documents: DocumentCache) -> None:
        self._field, self._documents = field, documents
        self._begun: dict[EmphasisMark, int] = {}
        """Where the words begin of an emphasis that was begun without any."""
        self._toggled: _Toggled | None = None

    def emphasise(self, kind: EmphasisMark) -> None:
        """Put emphasis on what is selected, or take it off."""
        body, (start, end) = self._field.text(), self._selected_range()
        begun = self._begun.pop(kind, -1)
        if start == end and begun >= 0 and (left := leave_emphasis(body, begun, end, kind)):
            self._field.apply(left)
            return
        self._require_prose(start, end)
        if find_address(body, start, end):
            raise NotAllowed(
                _("An address has no bold or italic words."), _("Select the words of the link.")
            )
        edit = toggle_emphasis(body, start, end, kind)
        self._field.apply(edit)
        if edit.text == 2 * kind.mark:
            self._begun[kind] = edit.select[0]

    def link(self) -> None:
        """Make a link of what is selected, or take the link off around it."""
        start, end = self._selected_range()
        self._require_prose(start, end)
        self._field.apply(toggle_link(self._field.text(), start, end))

    def link_pasted(self, pasted: str) -> bool:
        """Make a link of what is selected to an address that is pasted; whether that was done."""
        start, end = self._selected_range()
        edit = link_pasted(self._field.text(), start, end, pasted) if start < end else None
        if edit is not None:
            self._field.apply(edit)
        return edit is not None

    def require_link(self) -> None:
        """Only raise NotAllowed, where no link to a story can be."""
        self._story_link("story", "story")

    def link_story(self, slug: str, headline: str) -> None:
        """Lead what is selected to another story, or put its headline there as a link to it."""
        self._field.apply(self._story_link(slug, headline))

    def _story_link(self, slug: str, headline: str) -> MarkEdit:
        start, end = self._selected_range()
        self._require_prose(start, end)
        return link_story(self._field.text(), start, end, slug, headline)

    def toggle(self, mark: BlockMark) -> None:
        """Put a mark on the lines that are selected, or take it off.

        The same again, with nothing done in between, gives back the text as it was.
        """
        body, (start, end) = self._field.text(), self._selected_range()
        toggled, self._toggled = self._toggled, None
        if toggled and toggled[:3] == (mark, body, (start, end)):
            self._field.apply(toggled.back)
            return
        if mark is not BlockMark.QUOTE:
            self._require_paragraphs(start, end)
        edit = mark.toggle(body, start, end)
        self._field.apply(edit)
        if not mark.is_partly_on(body, start, end):
            after = edit.on(body)
            back = MarkEdit.between(after, body, (start, end))
            self._toggled = _Toggled(mark, after, edit.select, back)

    def footnote(self) -> None:
        """Put a footnote after what is selected; go from a mark to its note, and back."""
        from editor.gui.story.marks.footnotes import put_footnote

        body, (start, end) = self._field.text(), self._selected_range()
        self._require_prose(start, end)
        if find_address(body, start, end):
            raise NotAllowed(
                _("A footnote can’t be in an address."), _("Put the caret after the link.")
            )
        self._field.apply(*put_footnote(body, start, end, self._documents.of))

    def table(self) -> None:
        """Put an empty table after the paragraph that the caret is in."""
        from editor.gui.story.marks.tables import put_table

        _start, end = self._selected_range()
        self._field.apply(put_table(self._field.text(), end, self._documents.of))

    def picture(self, file: str) -> None:
        """Show a picture of the story after the paragraph that the caret is in."""
        from editor.gui.story.marks.blocks import put_block

        (_start, end), shown = self._selected_range(), picture_reference(file)
        edit = put_block(self._field.text(), end, shown, self._documents.of, len(shown))
        self._field.apply(edit)

    def go_to_cell(self, step: int) -> bool:
        """Go to the next cell of a table (1) or the one before (-1); whether there is one."""
        from editor.gui.story.marks.tables import next_cell

        edit = next_cell(self._field.text(), self._selected_range()[1], step)
        if edit is not None:
            self._field.apply(edit)
        return edit is not None

    def move(self, step: int) -> None:
        """Move the paragraphs or items that are selected up (-1) or down (1)."""
        from editor.gui.story.marks.moves import move

        start, end = self._selected_range()
        self._field.apply(move(self._field.text(), start, end, step, self._documents.of))

    def _selected_range(self) -> tuple[int, int]:
        start = self._field.selection_start()
        return start, start + len(self._field.selected())

    def _require_prose(self, start: int, end: int) -> None:
        """Raise NotAllowed for a range in a picture, or in code, where Markdown means nothing."""
        from editor.gui.story.document_styles import style_lines

        body = self._field.text()
        first, last = body.rfind("\n", 0, start) + 1, body.find("\n", end)
        if is_picture_line(body[first : last if last >= 0 else len(body)]):
            raise NotAllowed(
                _("This is a picture in the text: it has no words."),
                _("Put the caret into a paragraph, then try again."),
            )
        lines = chain.from_iterable(style_lines(self._documents.of(body)))
        styles = b"\0".join(line.styles for line in lines)
        if any(style & Style.FIXED for style in styles[start : max(end, start + 1)]):
            raise NotAllowed(
                _("This is code, which readers see exactly as it is typed."),
                _("Bold, italic and links work in the other text."),
            )

    def _require_paragraphs(self, start: int, end: int) -> None:
        """Raise NotAllowed for a range in code or in a table, whose lines are no paragraphs."""
        from editor.text.nodes import CodeBlock, Table

        document = self._documents.of(self._field.text())
        for part, span in zip(document.parts, document.spans, strict=True):
            if span.start <= end and start <= span.end:
                if isinstance(part.block, CodeBlock):
                    raise NotAllowed(
                        _("This is code, which readers see exactly as it is typed."),
                        _("Crossheads and lists work in the other text."),
                    )
                if isinstance(part.block, Table):
                    raise NotAllowed(
                        _("A table has no crossheads or lists in it."),
                        _("Put the caret into a paragraph, then try again."),
                    )
