"""Types a text key by key, as the form does."""

from __future__ import annotations

from editor.text.typing_place import TypingPlace
from editor.text.typography import change_typed


def written(keys: str, language: str = "en", *, is_markdown: bool = True, after: str = "") -> str:
    """Return what is written for keys that are typed one by one."""
    text = ""
    for key in keys:
        paragraph = text.rpartition("\n\n")[2]
        start = len(text) - len(paragraph)
        change = change_typed(TypingPlace(paragraph, after, language, is_markdown), key)
        text += key
        if change is not None:
            text = text[: start + change.start] + change.text + text[start + change.end :]
    return text
