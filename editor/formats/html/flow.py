"""Blocks as they are read one after the other, and what is found beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from editor.formats.broken_lines import is_wrapped
from editor.formats.html.footnotes import FoundNotes
from editor.formats.html.inline import BREAK, Run, lines, paragraphs, read_runs, runs_text
from editor.formats.html.lists import LevelItem, with_lists
from editor.formats.html.pictures import FoundPicture
from editor.formats.html.styles import Styles
from editor.formats.html.tree import Dropped
from editor.progress import Progress
from editor.text.nodes import Block, Footnote, Paragraph


@dataclass(slots=True)
class PageReading:
    """What a page is read with, and what was found beside its blocks."""

    styles: Styles
    base: str
    notes: FoundNotes
    dropped: Counter[Dropped]
    progress: Progress
    pictures: list[FoundPicture] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    is_taken: Callable[[FoundPicture], bool] = lambda picture: not picture.is_remote
    """Whether the bytes of a picture can be had: else its caption stays among the words."""
    is_picture_last: bool = False
    """Whether no words came since the last picture."""
    elements: int = 0

    def add_picture(self, picture: FoundPicture) -> None:
        """Note a picture that was found."""
        self.pictures.append(picture)
        self.is_picture_last = True

    def take_caption(self, caption: str) -> bool:
        """Give the last picture a caption; False where it can't be taken, so the words stay."""
        picture = self.pictures[-1]
        if not caption or picture.caption or not self.is_taken(picture):
            return False
        self.pictures[-1] = replace(picture, caption=caption)
        return True


_BLANK = f" \u00a0{BREAK}"


class Flow:
    """Blocks as they are read one after the other, and the words of the one that is open."""

    def __init__(self, page: PageReading) -> None:
        self._page = page
        self._runs: list[Run] = []
        self._blocks: list[Block | LevelItem] = []

    def add(self, run: Run) -> None:
        """Add words to the paragraph that is open."""
        self._runs.append(run)

    def add_block(self, block: Block | LevelItem) -> None:
        """End the paragraph that is open and add a block."""
        self.end_paragraph()
        self._blocks.append(block)

    def end_paragraph(self) -> None:
        """End the paragraph that is open, if it has words."""
        runs, self._runs = self._runs, []
        has_words = any(run.note or run.text.strip(_BLANK) for run in runs)
        for part in paragraphs(runs) if has_words else ():
            inlines = read_runs(_unbroken(part))
            self._page.dropped[Dropped.CHARACTER] += inlines.characters
            if inlines.children:
                self._page.is_picture_last = False
                self._blocks.append(Paragraph(inlines.children))

    def blocks(self) -> list[Block]:
        """Return all blocks, the lists of word processors as lists."""
        self.end_paragraph()
        return with_lists(self._blocks)


def _unbroken(runs: Sequence[Run]) -> Sequence[Run]:
    """Join lines that were broken only to fit a column, as mail programs do."""
    broken = lines(runs)
    if not is_wrapped([runs_text(line) for line in broken]):
        return runs
    return list(_spaced(broken))


def _spaced(broken: Sequence[Sequence[Run]]) -> Iterator[Run]:
    for number, line in enumerate(broken):
        if number:
            yield Run(" ", line[0].look if line else Run("").look)
        yield from line
