"""A body is parsed once, whoever asks for it."""

from __future__ import annotations

import threading

import pytest

from editor.text import cache
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.parse import parse


def test_equal_bodies_have_one_document(parsed: list[str]) -> None:
    documents = DocumentCache()
    first = documents.of("One *two*.")
    assert documents.of("".join(("One ", "*two*."))) is first
    assert first == parse("One *two*.")
    assert parsed == ["One *two*.", "One *two*."]


def test_the_body_asked_for_longest_ago_is_dropped(
    parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST", 2)
    documents = DocumentCache()
    for body in ("a", "b", "a", "c", "a", "b"):
        documents.of(body)
    assert parsed == ["a", "b", "c", "b"]


def test_threads_share_one_parse(parsed: list[str]) -> None:
    documents, found = DocumentCache(), list[Document]()
    body = "*word* " * 2_000
    threads = [threading.Thread(target=lambda: found.append(documents.of(body))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(document) for document in found}) == 1
    assert parsed == [body]
