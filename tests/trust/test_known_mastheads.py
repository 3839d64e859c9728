"""A masthead is trusted once its words were compared; another one for that desk never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.errors import TrustError
from editor.trust.known_mastheads import KnownMastheads, Trust

A, B, C, X = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


def test_desk_is_trusted_after_it_was_confirmed() -> None:
    known = KnownMastheads()
    assert known.known("desk-1") is None
    assert known.trust("desk-1", [A]) is Trust.UNCONFIRMED
    known.confirm("desk-1", [A, B])
    assert known.known("desk-1") == A
    again = KnownMastheads()
    assert again.trust("desk-1", [A, B]) is Trust.TRUSTED
    assert again.trust("desk-1", [A, B, C]) is Trust.TRUSTED
    assert again.trust("desk-2", [A, B]) is Trust.UNCONFIRMED


def test_other_masthead_of_the_same_desk_is_loud() -> None:
    known = KnownMastheads()
    known.confirm("desk-1", [A, B])
    assert known.trust("desk-1", [X]) is Trust.DIFFERENT
    assert known.trust("desk-1", [A, X]) is Trust.DIFFERENT
    known.confirm("desk-1", [X])
    assert known.trust("desk-1", [X]) is Trust.TRUSTED
    assert known.trust("desk-1", [A, B]) is Trust.DIFFERENT


def test_shorter_chain_than_seen_is_named_as_older() -> None:
    known = KnownMastheads()
    known.confirm("desk-1", [A])
    known.remember("desk-1", [A, B, C])
    assert known.trust("desk-1", [A, B]) is Trust.OLDER
    known.remember("desk-1", [A, B])
    assert known.trust("desk-1", [A, B, C]) is Trust.TRUSTED
    known.remember("desk-1", [X])
    known.remember("desk-2", [X])
    assert known.known("desk-1") == A
    assert known.known("desk-2") is None


def test_confirming_an_older_masthead_keeps_the_newer_one() -> None:
    known = KnownMastheads()
    known.confirm("desk-1", [A, B, C])
    known.confirm("desk-1", [A, B])
    assert known.trust("desk-1", [A, B]) is Trust.OLDER
    assert known.trust("desk-1", [A, B, C]) is Trust.TRUSTED
    known.confirm("desk-1", [A, B, C, X])
    assert known.trust("desk-1", [A, B, C]) is Trust.OLDER


def test_other_history_after_the_same_first_masthead_is_never_confirmed() -> None:
    """Its words are the same, so comparing them proves nothing."""
    known = KnownMastheads()
    known.confirm("desk-1", [A, B])
    with pytest.raises(TrustError, match="not the ones that you have seen"):
        known.confirm("desk-1", [A, X, C])
    assert known.trust("desk-1", [A, X, C]) is Trust.DIFFERENT
    assert known.trust("desk-1", [A, B]) is Trust.TRUSTED


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"desk-1": 1}', b'{"d": {}}', b"[" * 100_000, b"\xff"]
)
def test_damaged_list_trusts_nobody_and_says_so(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_bytes(text)
    with pytest.raises(TrustError) as caught:
        KnownMastheads(tmp_path / "known.json").trust("desk-1", [A])
    assert str(tmp_path / "known.json") in caught.value.hint


def test_list_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrustError):
        KnownMastheads(tmp_path / "file" / "known.json").confirm("desk-1", [A])
