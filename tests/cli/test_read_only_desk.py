"""On a desk that can only be read, each verb that writes says that before anything else.

Every use below would be refused for a second reason: the story, the person or the file is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from editor.cli.verbs import VERBS
from editor.store.db.identity import LATEST
from tests.cli.conftest import Run
from tests.newer import NEXT, files, set_numbers

SENTENCE = (
    "A newer Stonehand made the desk Paper.desk: here you can read it, but not change it. "
    "Install the latest Stonehand to work on it.\n"
)
NO_DESK = {"new", "verify", "serve", "key", "restore-desk"}
"""The verbs that open no desk that is there."""
READING = {
    *("list", "show", "check", "proof", "history", "diff", "search", "deliveries", "audit"),
    "backup",
}
"""The verbs that never write to a desk."""

_AS = ("--as", "Nobody")
_ON_STORY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("submit", "withdraw", "approve", "publish", "update", "spike", "unspike"), ()),
    **dict.fromkeys(("return", "correct", "kill"), ("--note", "Why.")),
}
WRITING: tuple[tuple[str, ...], ...] = (
    *((verb, "nowhere", *words, *_AS) for verb, words in _ON_STORY.items()),
    ("submit", "ferry-returns", "nowhere", *_AS),
    ("section", "no-section", "nowhere", *_AS),
    ("note", "nowhere", "Fine.", *_AS),
    ("notes", "nowhere", "--resolve", "7"),
    ("notes", "nowhere", "--reopen", "7"),
    ("restore", "nowhere", "7", *_AS),
    ("import", "no-file.txt", *_AS),
    ("replace", "(", "air", "nowhere", "--expression", "--write", *_AS),
    ("export", "site", "--release", "--out", "{desk}/site", *_AS),
    ("export", "--to", "Nowhere", *_AS),
    ("trends", "--approve", *_AS),
    ("front", "--set", "nowhere", *_AS),
    ("front", "--clear", *_AS),
    ("style", "--level", "no-check=off", *_AS),
    ("style", "--remove", "no-word", *_AS),
    ("target", "--set", "Website", "no-address", *_AS),
    ("target", "--remove", "Nowhere", *_AS),
    ("masthead", "--add", "Tom Vale", "--role", "no-role", *_AS),
    ("masthead", "--add", "Mo Reed", "--role", "editor", "--key", "no-file.txt", *_AS),
    ("masthead", "--remove", "Nobody", *_AS),
    ("masthead", "--policy", "no-policy", *_AS),
    ("paper", "--name", "", *_AS),
    ("paper", "--about", "no-file.md", *_AS),
    ("paper", "--sections", "no-file.txt", *_AS),
    ("paper", "--policy", "no-policy", "no-file.md", *_AS),
    ("paper", "--logo", "no-file.png", *_AS),
    ("credentials", "--make", *_AS),
    ("credentials", "--add", "no-file.pem", "no-file.pem", *_AS),
    ("credentials", "--off", *_AS),
    ("theme", "--use", "no-theme", *_AS),
    ("theme", "--copy", "no-theme", "Mine", *_AS),
    ("theme", "--remove", "no-theme", *_AS),
)
_BY_ARGUMENT = {"masthead"}
"""The verbs that take the desk as their argument, without `--desk`."""


@pytest.fixture
def newer(desk_path: Path) -> Path:
    set_numbers(desk_path, NEXT, int(LATEST))
    return desk_path


def test_every_verb_is_known_to_write_or_not() -> None:
    assert {words[0] for words in WRITING} | READING | NO_DESK == set(VERBS)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_verb_that_writes_is_refused_before_all_else(
    run: Run, newer: Path, words: tuple[str, ...]
) -> None:
    before = files(newer)
    desk = [newer] if words[0] in _BY_ARGUMENT else ["--desk", newer]
    given = [word.format(desk=newer) for word in words]
    assert run(*given, *desk) == (1, "", SENTENCE)
    assert files(newer) == before
