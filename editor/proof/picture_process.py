"""The processes that decode pictures, so that a hostile one harms nothing else."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from editor.core.file_words import FileWords
from editor.core.rendition import Rendition
from editor.errors import UnreadablePicture, reason_of
from editor.i18n import _, language_in_use
from editor.processes import end_process, pipes_of, start_process
from editor.proof.picture_file import broken
from editor.proof.picture_recipes import wanted_of

AT_ONCE = 2
"""How many pictures are decoded at the same time; a large one needs more than a gigabyte."""

_WAITED = 4
"""Seconds waited for a second of computing: a computer also has other work."""

_OUT_OF_TIME = {getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name)}

_ENDED_BY_OTHERS = {getattr(signal, name) for name in ("SIGKILL",) if hasattr(signal, name)}


class RenderedPicture(NamedTuple):
    """A picture's size as it is seen, and the encodings that were wanted, in their order."""

    width: int
    height: int
    encoded: list[bytes]


class PictureProcesses:
    """A few processes that are started when they are needed, then used again."""

    def __init__(self) -> None:
        self._idle: list[_PictureProcess] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self.started = 0
        """How many processes were started so far."""

    def render(self, data: bytes, wanted: Sequence[Rendition], seconds: int) -> RenderedPicture:
        """Decode a picture once, and encode all that is wanted, within seconds of computing.

        Raises UnreadablePicture.
        """
        with self._process() as process:
            return process.render(data, wanted, seconds)

    def read_words(self, data: bytes, seconds: int) -> FileWords:
        """Read what a file says of itself, without decoding it. Raises UnreadablePicture."""
        with self._process() as process:
            return process.read_words(data, seconds)

    def close(self) -> None:
        """End the processes that wait; others end when they are done."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    @contextmanager
    def _process(self) -> Iterator[_PictureProcess]:
        with self._free:
            process = self._waiting_process() or self._start()
            try:
                yield process
            finally:
                if process.is_sound:
                    with self._lock:
                        self._idle.append(process)
                else:
                    process.end()

    def _waiting_process(self) -> _PictureProcess | None:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_running() and process.language == language_in_use():
                    return process
                process.end()
        return None

    def _start(self) -> _PictureProcess:
        with self._lock:
            self.started += 1
        return _PictureProcess()


class _PictureProcess:
    """One process; it answers one request after the other."""

    def __init__(self) -> None:
        self.is_sound = False
        """Whether it can be asked again."""
        self.language = language_in_use()
        self._is_late = False
        try:
            self._process = start_process("editor.proof.picture_reader:serve")
        except OSError as error:
            raise UnreadablePicture(
                _("Pictures can't be read at the moment: {strerror}.").format(
                    strerror=reason_of(error)
                ),
                _("Close other programs, then try again."),
            ) from error

    def render(self, data: bytes, wanted: Sequence[Rendition], seconds: int) -> RenderedPicture:
        answer, encoded = self._answer(data, list(map(wanted_of, wanted)), seconds)
        match answer:
            case [int(width), int(height), list()]:
                return RenderedPicture(width, height, encoded)
        raise AssertionError(answer)

    def read_words(self, data: bytes, seconds: int) -> FileWords:
        answer, _encoded = self._answer(data, None, seconds)
        match answer:
            case [dict(words)]:
                return FileWords.from_json(words)
        raise AssertionError(answer)

    def is_running(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        end_process(self._process)

    def _answer(self, data: bytes, wanted: object, seconds: int) -> tuple[list[Any], list[bytes]]:
        """Wait for an answer; raise UnreadablePicture where it is a refusal, or takes too long."""
        self.is_sound = False  # until it has answered
        timer = threading.Timer(seconds * _WAITED, self._give_up)
        timer.start()
        try:
            answer, encoded = self._ask(data, wanted, seconds)
        finally:
            timer.cancel()
        self.is_sound = True
        match answer:
            case [str(sentence), str(hint)]:
                raise UnreadablePicture(sentence, hint)
        return answer, encoded

    def _ask(self, data: bytes, wanted: object, seconds: int) -> tuple[list[Any], list[bytes]]:
        requests, answers = pipes_of(self._process)
        try:
            requests.write(json.dumps([len(data), seconds, wanted]).encode() + b"\n" + data)
            requests.flush()
            line = answers.readline()
            # One that was ended meanwhile leaves half an answer.
            if line.endswith(b"\n"):
                answer = json.loads(line)
                lengths = answer[2] if len(answer) == 3 else []
                encoded = [answers.read(length) for length in lengths]
                if list(map(len, encoded)) == lengths:
                    return answer, encoded
        except BrokenPipeError as error:
            raise self._explain_end(seconds) from error
        raise self._explain_end(seconds)

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()

    def _explain_end(self, seconds: int) -> UnreadablePicture:
        """Return why the process ended without an answer."""
        ended_by = -self._process.wait()
        if self._is_late or ended_by in _OUT_OF_TIME:
            return UnreadablePicture(
                _(
                    "The picture takes longer than {seconds} seconds to read, which is the limit."
                ).format(seconds=seconds),
                _("Save it again from a picture program, or make it smaller, then add it."),
            )
        if ended_by in _ENDED_BY_OTHERS:
            return UnreadablePicture(
                _("The system ended the process that read the picture; memory may have run out."),
                _("Close other programs, then try again."),
            )
        return broken()
