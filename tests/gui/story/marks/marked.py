"""A body with what is selected in it between ‹ and ›, or the caret as ¦."""

from __future__ import annotations

from collections.abc import Callable

from editor.gui.story.marks.edits import MarkEdit


def read_marked(marked: str) -> tuple[str, int, int]:
    """Return a body, and where its selection starts and ends."""
    body = marked.replace("‹", "").replace("›", "").replace("¦", "")
    start = min(marked.find(mark) for mark in "‹¦" if mark in marked)
    end = marked.find("›") - 1 if "›" in marked else start
    return body, start, end


def show_marked(body: str, start: int, end: int) -> str:
    """Write a body with what is selected in it."""
    if start == end:
        return f"{body[:start]}¦{body[start:]}"
    return f"{body[:start]}‹{body[start:end]}›{body[end:]}"


def changed(marked: str, change: Callable[[str, int, int], MarkEdit]) -> str:
    """Change a marked body, and show what became of it."""
    body, start, end = read_marked(marked)
    edit = change(body, start, end)
    return show_marked(edit.on(body), *edit.select)
