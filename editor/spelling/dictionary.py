"""A dictionary in a process of its own: loaded beside the work, then asked about words."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from editor.errors import EditorError, reason_of
from editor.i18n import _, size_text
from editor.processes import end_process, pipes_of, start_process
from editor.spelling.dictionary_files import DictionaryFile

LARGEST_FILE = 64_000_000
"""The most bytes of a dictionary's file; the largest that are in use have 10 million."""
_LOADED_WITHIN_S = 120
"""Arabic takes 1 to 7 s, on a slow computer perhaps four times as long."""
_ANSWERED_WITHIN_S = 20
_REMEMBERED = 100_000
"""More words than these are forgotten, and looked up again."""


class LoadedDictionary:
    """One dictionary. It is being loaded when it is made; `is_ready` says when it can be asked.

    `problem` is why it can't be used. All is asked from one thread at a time;
    `close` may be called from any.
    """

    def __init__(self, file: DictionaryFile) -> None:
        self.file = file
        self.is_ready = False
        self.problem: EditorError | None = None
        self.close: Callable[[], object] = lambda: None
        """End the process; so does the last reference that goes, and the end of Python."""
        self._verdicts: dict[str, bool] = {}
        self._suggested: dict[str, list[str]] = {}
        self.looked_up = 0
        """How many words the process was asked about."""
        try:
            _require_size(file)
            self._process = start_process("editor.spelling.dictionary_reader:serve")
        except EditorError as error:
            self.problem = error
            return
        except OSError as error:
            self.problem = _not_readable(file, reason_of(error))
            return
        self.close = weakref.finalize(self, end_process, self._process)
        # A daemon: nothing waits for a dictionary when Stonehand ends.
        threading.Thread(target=self._load, daemon=True).start()

    @property
    def process_id(self) -> int:
        """The number of its process, as the system has it."""
        return self._process.pid

    def learn(self, words: Iterable[str]) -> None:
        """Look words up that were not yet, all in one question, so that `knows` can tell."""
        new = [word for word in dict.fromkeys(words) if word not in self._verdicts]
        if not new:
            return
        if len(self._verdicts) > _REMEMBERED:
            self._verdicts.clear()
        self.looked_up += len(new)
        wrong = set(self._ask(["wrong", new]) or ())
        self._verdicts.update((word, number not in wrong) for number, word in enumerate(new))

    def knows(self, word: str) -> bool:
        """Return whether it has a word that was looked up; once it has failed, it has all."""
        return self._verdicts.get(word, True)

    def suggest(self, word: str) -> list[str]:
        """Return the words that may have been meant, the likeliest first.

        They are remembered: what comes too late for a menu is there when it is opened again.
        """
        if word not in self._suggested:
            answer = self._ask(["suggest", word])
            if answer is None:
                return []
            self._suggested[word] = answer
        return self._suggested[word]

    def _load(self) -> None:
        answer = self._request([str(self.file.folder), self.file.name], _LOADED_WITHIN_S)
        if answer is not True and self.problem is None:
            self.problem = _not_usable(self.file)
        self.is_ready = self.problem is None
        if self.problem is not None:
            self.close()

    def _ask(self, question: list[Any]) -> Any:
        if not self.is_ready:
            return None
        answer = self._request(question, _ANSWERED_WITHIN_S)
        if answer is None:
            self.is_ready = False
            self.problem = _ended(self.file)
            self.close()
        return answer

    def _request(self, value: list[Any], seconds: float) -> Any:
        """Return the answer to a line; None once the process has ended, or takes too long."""
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        requests, answers = pipes_of(self._process)
        try:
            requests.write(json.dumps(value).encode() + b"\n")
            requests.flush()
            line = answers.readline()
        except (OSError, ValueError):
            return None  # closed meanwhile, from another thread
        finally:
            timer.cancel()
        return json.loads(line) if line.endswith(b"\n") else None


@dataclass(frozen=True, slots=True)
class EitherDictionary:
    """Dictionaries of which any may have a word: British and American of a text in English."""

    dictionaries: tuple[LoadedDictionary, ...]

    def learn(self, words: Iterable[str]) -> None:
        """Look words up in the first one, and what that has not in the next."""
        unknown = list(words)
        for dictionary in self.dictionaries:
            dictionary.learn(unknown)
            unknown = [word for word in unknown if not dictionary.knows(word)]

    def knows(self, word: str) -> bool:
        """Return whether any has a word that was looked up."""
        return any(dictionary.knows(word) for dictionary in self.dictionaries)

    def suggest(self, word: str) -> list[str]:
        """Return the words that may have been meant, the likeliest of each one first."""
        found = zip_longest(*(dictionary.suggest(word) for dictionary in self.dictionaries))
        return [text for texts in found for text in texts if text is not None]


def _require_size(file: DictionaryFile) -> None:
    for path in (file.rules, file.words):
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _not_readable(file, reason_of(error)) from error
        if size > LARGEST_FILE:
            raise EditorError(
                _("The dictionary {name} is {size}; {limit} is the limit.").format(
                    name=path.name, size=size_text(size), limit=size_text(LARGEST_FILE)
                ),
                _("Put another into its place, or remove it: {path}").format(path=path),
            )


def _not_readable(file: DictionaryFile, reason: str) -> EditorError:
    return EditorError(
        _("The dictionary {name} can't be read: {reason}.").format(name=file.name, reason=reason),
        _("Look at {path}.").format(path=file.words),
    )


def _not_usable(file: DictionaryFile) -> EditorError:
    return EditorError(
        _("The dictionary {name} is broken; spelling is not checked with it.").format(
            name=file.name
        ),
        _("Put a good copy of both files into its place: {rules} and {words}").format(
            rules=file.rules, words=file.words
        ),
    )


def _ended(file: DictionaryFile) -> EditorError:
    return EditorError(
        _("The dictionary {name} has stopped answering.").format(name=file.name),
        _("Turn Check spelling off and on again, in the Edit menu, to load it again."),
    )
