"""What a dictionary's process answers, line by line."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from editor.spelling import dictionary_reader
from tests.spelling.small_dictionaries import write_dictionary


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    # The process's own limits are not for the process of the tests.
    for limit in ("leave_no_core", "limit_memory"):
        monkeypatch.setattr(dictionary_reader, limit, lambda: None)
    folder = write_dictionary(tmp_path, "en", "boat", "ship/S\tpo:noun", "harbour")
    requests = [[str(folder), "en"], ["wrong", ["boat", "bote", "ship"]], ["suggest", "bote"]]
    written = BytesIO()
    lines = b"".join(json.dumps(request).encode() + b"\n" for request in requests)
    dictionary_reader.serve(BytesIO(lines), written)
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_it_loads_then_answers_in_order(answers: list[object]) -> None:
    assert answers == [True, [1], ["boat"]]
