"""What is remembered of an edition: read once, and only what changed is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.core.edition import Expired, FormerSlug, Withdrawn
from editor.core.listing import Approval, Listing
from editor.core.publication import PublicVersion
from editor.core.story import Correction, Picture
from editor.store.exports.kept_file import KeptFile
from editor.store.exports.outcomes import KeptOutcomes, LogsHead, StoryOutcome
from editor.store.log.fingerprint import VerifiedEntries
from editor.store.log.logs import LogOwner
from editor.trust.log_tip import LogTip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[KeptFile]:
    kept = KeptFile(tmp_path / "post.desk")
    yield kept
    kept.close()


def head(last: int = 9) -> LogsHead:
    return LogsHead(
        desk="d",
        masthead="m",
        pinned=VerifiedEntries(3, "2026-01-01T00:00:00Z", "f"),
        last=last,
        newest="2026-01-01T00:00:00Z",
        owners={"l": LogOwner("Mara", "k")},
        tips={"l": LogTip(9, "h")},
        signed={"l": 9},
        skips={"l": [LogTip(8, "g")]},
        trace=b"t",
        at=1.5,
        expiry=2.5,
    )


def listing(number: int) -> Listing:
    return Listing(
        id=f"{number:032x}",
        slug=f"story-{number}",
        language="ar",
        section="world",
        kicker="K",
        headline="مرفأ",
        standfirst="",
        summary="S",
        key_points=("a", "b"),
        bylines=("Lina",),
        keywords=("k",),
        subjects=("04000000",),
        city="Cairo",
        agency="AP",
        pictures=(Picture(file="p.png", alt="A", focus=(0.25, 0.5), width=3, height=4),),
        corrections=(Correction("It was.", "2026-01-01T00:00:00Z"),),
        related=("r",),
        links=("other",),
        words=7,
        hash="h",
        version=2,
        published="2026-01-01T00:00:00Z",
        updated="2026-01-02T00:00:00Z",
        versions=(
            PublicVersion(1, "2026-01-01T00:00:00Z"),
            PublicVersion(2, "2026-01-02T00:00:00Z", "It was."),
        ),
        approval=Approval("s", "h", "Mara", "2026-01-01T00:00:00Z", True, "token"),
    )


def outcomes(count: int) -> dict[str, StoryOutcome]:
    made = {
        f"{number:032x}": StoryOutcome(
            trace=b"t" * 16,
            listing=listing(number),
            place=number,
            slug="s",
            former=(FormerSlug("old", "s", True),),
            until=3.5,
            was_decided=True,
        )
        for number in range(count)
    }
    made["killed"] = StoryOutcome(withdrawn=Withdrawn("s", "slug", "en", "at"), was_killed=True)
    made["draft"] = StoryOutcome(trace=b"u")
    made["left"] = StoryOutcome(slug="left", left_out="under embargo")
    gone = Expired("s", "slug", "en", "at")
    made["gone"] = StoryOutcome(slug="gone", left_out="expired", expired=gone)
    return made


def test_nothing_is_remembered_at_first(file: KeptFile) -> None:
    kept = KeptOutcomes(file)
    assert kept.read() is None
    kept.update(head(), outcomes(1), ["draft"])
    assert kept.read() is None


def test_outcomes_come_back_as_they_were(file: KeptFile) -> None:
    KeptOutcomes(file).replace(head(), outcomes(1_000))
    assert KeptOutcomes(file).read() == (head(), outcomes(1_000))


def test_outcomes_are_read_once(file: KeptFile) -> None:
    kept = KeptOutcomes(file)
    kept.replace(head(), outcomes(1_000))
    statements: list[str] = []
    file.read(lambda raw: raw.set_trace_callback(statements.append), None)
    first, second = kept.read(), kept.read()
    assert first is not None
    assert second is not None
    assert first[1] is second[1]
    assert len(statements) == 2
    assert all("FROM heads" in statement for statement in statements)


def test_what_another_process_wrote_is_read_again(file: KeptFile, tmp_path: Path) -> None:
    kept, other_file = KeptOutcomes(file), KeptFile(tmp_path / "post.desk")
    kept.replace(head(), outcomes(3))
    other = KeptOutcomes(other_file)
    assert other.read() == (head(), outcomes(3))
    changed = outcomes(3) | {"draft": StoryOutcome(trace=b"v")}
    other.update(head(10), changed, ["draft"])
    assert kept.read() == (head(10), changed)
    other_file.close()


def test_update_over_what_another_process_wrote_is_not_written(
    file: KeptFile, tmp_path: Path
) -> None:
    kept, other_file = KeptOutcomes(file), KeptFile(tmp_path / "post.desk")
    kept.replace(head(), outcomes(3))
    KeptOutcomes(other_file).replace(head(11), outcomes(2))
    kept.update(head(10), outcomes(3), ["draft"])
    assert kept.read() == (head(11), outcomes(2))
    other_file.close()


def test_only_blocks_with_changes_are_written(file: KeptFile) -> None:
    kept = KeptOutcomes(file)
    kept.replace(head(), outcomes(1_000))
    statements: list[str] = []
    file.read(lambda raw: raw.set_trace_callback(statements.append), None)
    changed = outcomes(1_000) | {"draft": StoryOutcome(trace=b"v")}
    kept.update(head(10), changed, ["draft"])
    written = [line for line in statements if line.startswith("INSERT OR REPLACE INTO blocks")]
    assert len(written) == 1
    assert KeptOutcomes(file).read() == (head(10), changed)
