"""Ways around approval with the command line and with import files."""

from __future__ import annotations

import pytest

from editor.core.commands import ImportItems, RemovePerson
from editor.core.story import Story
from editor.errors import EditorError
from tests.faults import forging
from tests.faults.newsroom import LINA, MARA, SAM, TODAY, TOM, Attack, Room, Ways, run
from tests.reading import reading

ways = Ways()


def _line(room: Room, *words: str) -> list[str]:
    return [*words, "--desk", str(room.path)]


@ways.command("journalist")
def a_journalist_approves_by_command(room: Room) -> list[str]:
    return _line(room, "approve", "tides", "--as", LINA)


@ways.command("key of Sam Okafor is not on this computer")
def somebody_who_is_away_submits_by_command(room: Room) -> list[str]:
    return _line(room, "submit", "quay", "--as", SAM)


@ways.command("key of Sam Okafor is not on this computer")
def a_text_is_imported_by_command_as_somebody_who_is_away(room: Room) -> list[str]:
    file = room.path.with_name("sly.md")
    file.write_text("# Sly\n\nWords.\n")
    return _line(room, "import", str(file), "--as", SAM)


@ways.command("still to come|in the future")
def an_export_names_a_time_to_come(room: Room) -> list[str]:
    out = str(room.path.with_name("site"))
    at = "9998-01-01T00:00:00Z"
    return _line(room, "export", "site", "--unsigned", "--out", out, "--generated-at", at)


@ways.command("tides.*entry was changed outside")
def a_stage_that_was_set_is_exported_by_command(room: Room) -> list[str]:
    forging.pretend(room, "tides")
    return _line(room, "export", "api", "--unsigned", "--out", str(room.path.with_name("api")))


@ways.command("tides.*in review, not approved")
def a_story_in_review_is_exported_by_name(room: Room) -> list[str]:
    out = str(room.path.with_name("api"))
    return _line(room, "export", "api", "--unsigned", "--out", out, "--stories", "tides")


@ways.command("journalist|may not")
def a_journalist_releases_by_command(room: Room) -> list[str]:
    out = str(room.path.with_name("site"))
    return _line(room, "export", "site", "--out", out, "--release", "--as", LINA)


@ways.command("needs a key of their own")
def somebody_is_added_by_command_without_a_key(room: Room) -> list[str]:
    return ["masthead", str(room.path), "--add", "Nobody", "--role", "chief", "--as", MARA]


@ways.command("Only the chief")
def a_policy_is_set_by_command_by_an_editor(room: Room) -> list[str]:
    return ["masthead", str(room.path), "--policy", "four_eyes=never", "--as", TOM]


@ways.command("seen number 5")
def an_old_copy_is_exported_by_command(room: Room) -> list[str]:
    old = room.copy_database()
    room.do((RemovePerson(TOM), MARA))
    room.put_database(old)
    return _line(room, "export", "site", "--unsigned", "--out", str(room.path.with_name("site")))


# Imports


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sly.md", "---\nstage: approved\napproved_by: Mara Quist\n---\n\n# Sly\n\nWords.\n"),
        ("sly.json", '{"headline": "Sly", "body": "W", "stage": "approved", "live_version": 1}'),
        ("sly.txt", "APPROVED by Mara Quist\n\nSly\n\nWords.\n"),
    ],
)
def test_import_that_claims_approval_is_a_draft(room: Room, name: str, text: str) -> None:
    file = room.path.with_name(name)
    file.write_text(text)
    run(_line(room, "import", str(file), "--as", LINA))
    _assert_imports_are_drafts(room)


@pytest.mark.parametrize("slug", ["ferry", "bridge", "sly"])
def test_import_that_takes_an_approved_name_is_a_draft(room: Room, slug: str) -> None:
    story = Story(slug=slug, id=room.id("ferry"), headline="Sly", body="Approved by the chief.")
    room.do((ImportItems((story,), source="approved.json"), LINA))
    _assert_imports_are_drafts(room)


def _assert_imports_are_drafts(room: Room) -> None:
    known = {"ferry", "tides", "crane", "bridge", "wreck", "quay"}
    with room.desk() as desk:
        for row in reading(desk).rows():
            if row.slug not in known:
                assert str(row.stage) == "draft"
                with pytest.raises(EditorError, match="draft, not approved"):
                    reading(desk).edition([row.slug], TODAY)
        assert {item.story.slug for item in reading(desk).edition(None, TODAY).items} == {
            *("ferry", "bridge")
        }


@pytest.mark.parametrize("attack", ways.params)
def test_attack_by_command_is_refused(room: Room, attack: Attack) -> None:
    attack(room)
