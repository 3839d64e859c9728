"""What may leave the desk; first of all, what may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    Kill,
    Publish,
    Restore,
    Return,
    SaveBanner,
    SaveStory,
    Spike,
    Submit,
)
from editor.core.edition import FormerSlug
from editor.core.events import Event
from editor.core.story import Picture, Story
from editor.core.times import instant_text
from editor.core.workflow import Stage
from editor.errors import Cancelled, NotApproved, NotFound
from editor.progress import Progress
from editor.store.commands import decisions
from editor.store.desk import Desk
from editor.store.log.entries import Entry
from editor.store.reading import editions, values
from editor.store.reading.rows import Filter
from tests.databases import replacing
from tests.people import approving, approving_banner
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, Clock, approved, change_database, edition_at, new
from tests.store.test_sql_counts import counting

AT = datetime(2026, 3, 4, tzinfo=UTC)


def test_each_chosen_story_that_may_not_leave_is_named(desk: Desk) -> None:
    approved(desk, "Good")
    new(desk, "Draft")
    desk.do(Submit(new(desk, "Handed in"), 1), LINA)
    desk.do(Spike(new(desk, "Put aside"), 1), LINA)
    approved(desk, "Waiting", embargo="2026-03-04T00:00:01Z")
    edited = approved(desk, "Edited")
    desk.do(SaveStory(replace(reading(desk).stored(edited).story, kicker="K"), 1), LINA)
    restored = approved(desk, "Restored")
    desk.do(SaveStory(replace(reading(desk).stored(restored).story, kicker="K"), 1), TOM)
    desk.do(Restore(restored, 2, 1), TOM)
    returned = approved(desk, "Returned")
    desk.do(Return(returned, 1, "No."), TOM)
    bad = ["draft", "handed-in", "put-aside", "waiting", "edited", "restored", "returned"]
    with pytest.raises(NotApproved) as caught:
        edition_at(desk, ["good", *bad], AT)
    assert "These 7 stories" in caught.value.sentence
    assert all(f"{slug} (" in caught.value.sentence for slug in bad)
    assert "good" not in caught.value.sentence
    assert [item.story.slug for item in edition_at(desk, None, AT).items] == ["good"]
    for slug in bad:
        with pytest.raises(NotApproved, match=f"This story .* {slug}"):
            edition_at(desk, [slug], AT)


def test_unknown_story_is_not_found(desk: Desk) -> None:
    approved(desk, "Good")
    with pytest.raises(NotFound, match="no-such"):
        edition_at(desk, ["good", "no-such"], AT)


@pytest.mark.parametrize(
    "statement",
    [
        replacing("'Alpha'", "'Omega'"),
        "UPDATE versions SET content = packed(unpacked(content) || ' ')",
        "UPDATE versions SET content = packed('')",
        "UPDATE versions SET content = x''",
        "UPDATE versions SET hash = 'f00'",
        "UPDATE approvals SET token = 'x'",
        "UPDATE approvals SET event = event || 'x' WHERE event <> text",
        "UPDATE approvals SET token = (SELECT token FROM approvals WHERE event = text)",
        "UPDATE stories SET live_version = 1",
        "UPDATE stories SET slug = 'other' WHERE slug = 'alpha'",
        "DELETE FROM approvals",
    ],
)
def test_text_changed_in_the_database_does_not_leave(desk: Desk, statement: str) -> None:
    story = approved(desk, "Alpha")
    assert edition_at(desk, None, AT).items
    change_database(desk, statement)
    for chosen in (None, [story]):
        with pytest.raises(NotApproved, match=r"alpha|other"):
            edition_at(desk, chosen, AT)


def test_stage_set_by_hand_is_no_approval(desk: Desk) -> None:
    new(desk, "Alpha")
    change_database(desk, "UPDATE stories SET stage = 'approved'")
    with pytest.raises(NotApproved, match="entry was changed outside"):
        edition_at(desk, None, AT)


def test_approval_of_another_story_is_refused(desk: Desk) -> None:
    approved(desk, "Alpha")
    approved(desk, "Beta")
    change_database(
        desk,
        "UPDATE approvals SET token = (SELECT max(token) FROM approvals WHERE event <> text)"
        "WHERE event <> text",
    )
    with pytest.raises(NotApproved, match=r"(alpha|beta) \(.* not the one that was recorded"):
        edition_at(desk, None, AT)


def test_embargo_ends_at_its_instant(desk: Desk) -> None:
    approved(desk, "Waiting", embargo="2026-03-04T01:00:00+01:00")
    assert edition_at(desk, ["waiting"], AT).items
    before = datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)
    assert edition_at(desk, None, before).items == ()


def test_dates_are_of_the_first_and_of_the_last_approval(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Alpha")
    clock.go(hours=1)
    approved(desk, "Beta")
    clock.go(hours=1)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Later"), 1), TOM)
    desk.do(approving(desk, story, 2), MARA)
    clock.go(hours=1)
    beta, alpha = edition_at(desk, None, AT).items
    assert (alpha.published, alpha.updated) == ("2026-03-03T14:02:00Z", "2026-03-03T16:02:00Z")
    assert (beta.published, beta.updated) == ("2026-03-03T15:02:00Z", "2026-03-03T15:02:00Z")
    assert alpha.version == 2
    assert alpha.approval is not None
    assert (alpha.approval.person, alpha.approval.hash) == (MARA, alpha.story.hash)
    assert alpha.hash == alpha.story.hash


def test_edition_does_not_depend_on_how_stories_were_chosen(desk: Desk) -> None:
    alpha, _ = approved(desk, "Alpha"), approved(desk, "Beta")
    named = edition_at(desk, [alpha, "beta", "alpha", "beta"], AT)
    assert named.items == edition_at(desk, None, AT).items
    assert [item.story.slug for item in named.items] == ["beta", "alpha"]
    assert edition_at(desk, [], AT).items == ()


def test_edition_has_all_an_exporter_needs(desk: Desk) -> None:
    from tests.store.test_pictures import JPEG

    picture = desk.pictures.add(JPEG)
    assert isinstance(picture, Picture)
    approved(desk, "Alpha", pictures=(picture,))
    desk.do(SaveBanner(Banner((Brief(title="Tides"),)), reading(desk).banner().hash), LINA)
    assert edition_at(desk, None, AT).banner == Banner()
    desk.do(approving_banner(desk), TOM)
    edition = edition_at(desk, None, AT)
    assert edition.house == reading(desk).house()
    assert edition.banner == reading(desk).banner()
    assert edition.generated_at == AT
    assert edition.pictures.read(edition.items[0].story.pictures[0].file) == JPEG


def test_edition_of_more_stories_than_one_query_takes(desk: Desk) -> None:
    ids = [approved(desk, f"Story {number}") for number in range(3)]
    chosen = ids * 400
    assert len(edition_at(desk, chosen, AT).items) == 3


def test_a_renamed_story_is_found_by_its_former_slugs(desk: Desk) -> None:
    """Links name it by any of them; readers may have the address of an approved one."""
    story = approved(desk, "Ferry", slug="ferry")
    desk.do(Publish(story, 1), TOM)
    for number, slug in enumerate(("code-name", "ferry-back"), start=1):
        desk.do(SaveStory(replace(reading(desk).stored(story).story, slug=slug), number), LINA)
    assert edition_at(desk, None, AT).former_slugs == (
        FormerSlug("code-name", story),
        FormerSlug("ferry-back", story),
    ), "readers still have it under its first slug"
    desk.do(Submit(story, 3), LINA)
    desk.do(approving(desk, story, 3), TOM)
    made = edition_at(desk, None, AT)
    assert made.former_slugs == (
        FormerSlug("code-name", story),
        FormerSlug("ferry", story, was_public=True),
    )
    assert made.redirects() == ((FormerSlug("ferry", story, was_public=True), "ferry-back"),)


def test_a_former_slug_is_read_from_the_text_and_not_from_its_column(desk: Desk) -> None:
    story = approved(desk, "Ferry", slug="ferry")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, headline="Back"), 1), LINA)
    change_database(desk, "UPDATE versions SET slug = 'other' WHERE number = 1")
    assert edition_at(desk, None, AT).former_slugs == ()


def test_what_was_approved_without_a_body_does_not_leave(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Approvals of an empty text were possible once, and still verify."""
    with monkeypatch.context() as earlier:
        earlier.setattr(decisions, "require_minimum", lambda _story: None)
        empty = approved(desk, "Empty", body="")
    approved(desk, "Good")
    edition = edition_at(desk, None, AT)
    assert [item.story.slug for item in edition.items] == ["good"]
    assert [(left.story_id, left.reason) for left in edition.left_out] == [
        (empty, "it has no body")
    ]
    with pytest.raises(NotApproved, match=r"empty \(it has no body\)"):
        edition_at(desk, ["empty"], AT)


def test_story_is_published_when_its_embargo_ends(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Quay opens", embargo="2026-03-06T06:00:00Z")
    [item] = edition_at(desk, None, datetime(2026, 3, 6, 9, tzinfo=UTC)).items
    assert (item.published, item.updated) == ("2026-03-06T06:00:00Z", "2026-03-06T06:00:00Z")
    clock.now = datetime(2026, 3, 8, 10, tzinfo=UTC)
    text = replace(reading(desk).stored(story).story, embargo="", kicker="Harbour")
    desk.do(SaveStory(text, 1), LINA)
    desk.do(Submit(story, 2), LINA)
    desk.do(approving(desk, story, 2), TOM)
    [item] = edition_at(desk, None, datetime(2026, 3, 9, tzinfo=UTC)).items
    assert (item.published, item.updated) == ("2026-03-06T06:00:00Z", "2026-03-08T10:00:00Z")


def test_clock_set_back_never_updates_before_publishing(desk: Desk, clock: Clock) -> None:
    story = approved(desk, "Quay opens")
    published = instant_text(clock.now)
    clock.go(days=-2)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Harbour"), 1), LINA)
    desk.do(Submit(story, 2), LINA)
    desk.do(approving(desk, story, 2), TOM)
    [item] = edition_at(desk, None, AT).items
    assert (item.published, item.updated) == (published, published)


def statements_for(desk: Desk, chosen: list[str] | None) -> int:
    """How many statements an edition takes, its transaction included."""
    with counting(desk) as counted, desk.read() as snapshot:
        snapshot.edition(chosen, desk._clock())
    return len(counted.statements)


def test_more_stories_take_no_more_statements(desk: Desk) -> None:
    """Chosen by slug or id, killed or published before: they are read together."""
    counts = []
    for first in (0, 4, 8):
        ids = [approved(desk, f"Story {number}") for number in range(first, first + 4)]
        desk.do(Publish(ids[0], 1), TOM)
        desk.do(Publish(ids[1], 1), TOM)
        desk.do(Kill(ids[1], 1, "Wrong."), MARA)
        text = replace(reading(desk).stored(ids[0]).story, kicker="Harbour", slug=f"new-{first}")
        desk.do(SaveStory(text, 1), LINA)
        desk.do(Submit(ids[0], 2), LINA)
        desk.do(approving(desk, ids[0], 2), TOM)
        rows = reading(desk).rows(Filter(stage=Stage.APPROVED))
        by_name = [*(row.slug for row in rows[::2]), *(row.id for row in rows[1::2])]
        counts.append((statements_for(desk, None), statements_for(desk, by_name)))
    # The first time, this computer has not seen the logs yet.
    assert counts[1] == counts[2]


def test_each_text_is_parsed_once_and_only_if_it_is_not_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(desk, "Once")
    often = approved(desk, "Often")
    for number in range(1, 5):
        text = replace(reading(desk).stored(often).story, kicker=f"Edition {number}")
        desk.do(SaveStory(text, number), LINA)
        desk.do(Submit(often, number + 1), LINA)
        desk.do(approving(desk, often, number + 1), TOM)
    parsed: list[str] = []
    read = values.read_story

    def counted(content: str, name: str) -> Story:
        parsed.append(name)
        return read(content, name)

    monkeypatch.setattr("editor.store.reading.texts.read_story", counted)
    edition_at(desk, None, AT)
    assert parsed == [], "what was made of them when they were approved says all"
    desk.exports.close()
    desk.exports._file.path.unlink()
    edition_at(desk, None, AT)
    assert sorted(parsed) == ["often"] * 5 + ["once"], "each tells when readers had it"


def test_all_but_some_go_out(desk: Desk) -> None:
    """What waits is left out as with all: nobody named it."""
    approved(desk, "Good")
    bad = approved(desk, "Bad")
    approved(desk, "Later", embargo="2999-01-01T00:00:00Z")
    edition = reading(desk).edition(None, desk._clock(), without={bad})
    assert [item.story.slug for item in edition.items] == ["good"]
    assert [left.slug for left in edition.left_out] == ["later"]


def test_choosing_is_reported_and_stops_when_it_is_cancelled(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "AT_ONCE", 2)
    for number in range(5):
        approved(desk, f"Story {number}")
    killed = approved(desk, "Killed")
    desk.do(Publish(killed, 1), TOM)
    desk.do(Kill(killed, 1, "Wrong."), MARA)
    reports: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _step: reports.append((done, total)))
    reading(desk).edition(None, clock.now, progress=progress)
    shares = [0.2 / 28, *(0.2 + 0.8 * done / 6 for done in (0, 2, 4))]
    assert reports == [(int(1000 * share), 1000) for share in shares]
    progress.cancel()
    with pytest.raises(Cancelled):
        reading(desk).edition(None, clock.now, progress=progress)


def test_items_of_a_few_stories_are_those_of_the_edition_and_nothing_else_is_read(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = approved(desk, "Ferry")
    approved(desk, "Tides")
    desk.do(Publish(story, 1), TOM)
    killed = approved(desk, "Killed")
    desk.do(Publish(killed, 1), TOM)
    desk.do(Kill(killed, 1, "Wrong."), MARA)
    expected = reading(desk).edition(["ferry"], clock.now).items
    stories_read: list[str] = []
    read = Entry.read

    def counting_read(entry: Entry) -> Event | None:
        stories_read.append(entry.story)
        return read(entry)

    monkeypatch.setattr(Entry, "read", counting_read)
    assert reading(desk).items([story]) == expected
    assert [story for story in stories_read if story] == [story] * 4


def test_items_that_may_not_leave_are_refused(desk: Desk) -> None:
    with pytest.raises(NotApproved, match="draft"):
        reading(desk).items([new(desk, "Draft")])
    with pytest.raises(NotApproved, match="gone"):
        reading(desk).items(["no such story"])
    held = approved(desk, "Held", embargo="2999-01-01T00:00:00Z")
    with pytest.raises(NotApproved, match="embargo"):
        reading(desk).items([held])
    changed = approved(desk, "Changed")
    change_database(desk, replacing("'Changed'", "'Altered'", "WHERE story = ?"), changed)
    with pytest.raises(NotApproved, match=r"audit|text"):
        reading(desk).items([changed])


def test_texts_are_read_as_they_are_now_however_long_the_desk_is_open(desk: Desk) -> None:
    """A desk that is just open has an empty log: its file changes all the same."""
    approved(desk, "First")
    desk.close()
    with Desk.open(desk.path, clock=desk._clock, keys=desk.keys) as again:
        assert reading(again).edition(None, again._clock()).items
        for number in range(60):
            approved(again, f"Later {number}", body="Word. " * 2_000)
        edition = reading(again).edition(None, again._clock())
        assert {item.story.headline for item in edition.items} >= {"First", "Later 59"}
