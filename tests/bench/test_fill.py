"""The filler writes what the write door would: the audit proves it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from editor.core.times import now
from editor.core.workflow import Publication, Stage
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from editor.text.metrics import count_words
from editor.text.plain import plain_text
from tests.bench.fill import PASSPHRASE, fill
from tests.bench.photographs import photographs
from tests.bench.words import Prose

STORIES, PICTURES = 60, 2


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("KEYS", "DATA", "CONFIG"):
        monkeypatch.setenv(f"STONEHAND_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", PASSPHRASE)
    fill(tmp_path / "full.desk", STORIES, PICTURES)
    return Desk.open(tmp_path / "full.desk")


def test_audit_proves_a_filled_desk(desk: Desk) -> None:
    with desk, desk.read() as snapshot:
        report = snapshot.verify_audit()
        assert (report.reason, report.unsigned) == ("", ())
        rows = snapshot.rows()
        assert Counter(row.stage for row in rows) == {
            Stage.DRAFT: STORIES // 20,
            Stage.REVIEW: STORIES // 20,
            Stage.APPROVED: STORIES * 18 // 20 - 1,
            Stage.SPIKED: 1,
        }
        assert snapshot.count(Filter(publication=Publication.KILLED)) == 1
        assert sum(row.version > 1 for row in rows) == 2
        assert sum(len(snapshot.notes(row.id)) for row in rows) == 2
        listings = snapshot.edition(None, now()).listings
        assert sum(len(listing.pictures) for listing in listings) == PICTURES
        hits = snapshot.search(rows[0].headline)
        assert all(snapshot.snippets(rows[0].headline, hits))
        for row in rows:
            story = snapshot.stored_of(row).story
            assert row.words == count_words(plain_text(story.body))


def test_plain_text_of_made_bodies_is_theirs() -> None:
    prose = Prose(Random(1))
    for _ in range(50):
        body = prose.body()
        assert body.plain == plain_text(body.markdown)
        assert body.words == count_words(body.plain)
        assert 300 < body.words < 700


def test_photographs_are_the_same_each_time_and_weigh_as_much_as_a_cameras() -> None:
    first, second = photographs(2)
    assert [first, second] == list(photographs(2))
    assert first != second
    assert all(1_000_000 < len(data) < 2_000_000 for data in (first, second))
