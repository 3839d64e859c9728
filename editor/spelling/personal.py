"""A person's own dictionary: a text file, a word a line, which anybody may edit by hand."""

from __future__ import annotations

from pathlib import Path

from editor.errors import EditorError, reason_of
from editor.files import open_file, path_stamp, write_file
from editor.i18n import _, size_text
from editor.spelling.known_words import KnownWords
from editor.turns import changing

LARGEST_FILE = 2_000_000
"""The most bytes that are read: more than any language has words, and read between two keys."""
_COMMENT = "#"
_MARK = "\ufeff"


class PersonalDictionary:
    """The words of the file; it is read again whenever it has changed, whoever changed it.

    Lines that begin with `#` are comments. What can't be read as UTF-8 is no word, and stays.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: EditorError | None = None
        """Why the file can't be read, if it is there and can't be."""
        self._stamp: tuple[int, ...] | None = None
        self._known = KnownWords()

    def known(self) -> KnownWords:
        """Return the words; the same value for as long as the file is the same."""
        stamp = path_stamp(self.path)
        if stamp != self._stamp:
            self._stamp, self.problem = stamp, None
            try:
                self._known = KnownWords(map(_word, self._lines()))
            except EditorError as error:
                self._known, self.problem = KnownWords(), error
        return self._known

    def add(self, word: str) -> None:
        """Add a word, and leave all lines as they are. Raises EditorError."""
        with changing(self.path):
            lines = self._lines()
            if word not in map(_word, lines):
                self._write([*lines, word])

    def remove(self, word: str) -> None:
        """Remove a word, wherever it is. Raises EditorError."""
        with changing(self.path):
            lines = self._lines()
            kept = [line for line in lines if _word(line) != word]
            if kept != lines:
                self._write(kept)

    def _lines(self) -> list[str]:
        try:
            with open_file(self.path) as file:
                data = file.read(LARGEST_FILE + 1)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._fault(_("can't be read"), error) from error
        if len(data) > LARGEST_FILE:
            raise EditorError(
                _("Your dictionary is larger than {limit}, which is the limit.").format(
                    limit=size_text(LARGEST_FILE)
                ),
                _("Remove lines from {path}.").format(path=self.path),
            )
        return data.decode("utf-8", "surrogateescape").splitlines()

    def _write(self, lines: list[str]) -> None:
        text = "".join(f"{line}\n" for line in lines)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_file(self.path, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise self._fault(_("can't be written"), error) from error

    def _fault(self, what: str, error: OSError) -> EditorError:
        return EditorError(
            _("Your dictionary {what}: {reason}.").format(what=what, reason=reason_of(error)),
            _("Look at {path}.").format(path=self.path),
        )


def _word(line: str) -> str:
    """Return the word of a line; empty for a comment, and for one that is no UTF-8."""
    word = line.removeprefix(_MARK).strip()
    is_text = not any("\udc80" <= character <= "\udcff" for character in word)
    return word if is_text and not word.startswith(_COMMENT) else ""
