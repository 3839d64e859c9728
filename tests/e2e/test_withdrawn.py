"""Killed stories, expired briefs and notes are in no exported file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    Correct,
    Kill,
    Publish,
    SaveBanner,
    SaveStory,
    Submit,
)
from editor.core.dateline import Dateline
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.verify.report import Severity
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from editor.store.desk import Desk
from tests.formats.site.edition import harbour_picture
from tests.people import approving, approving_banner, joining
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quist", "Tom Adeyemi", "Lina Haddad"
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 12, tzinfo=UTC)

SECRETS = (
    "Zanzibarite",  # headline
    "Quokkapoint",  # key point
    "Bodyxylophone",  # body
    "Kickerwombat",  # kicker
    "Captionaardvark",  # caption
    "Creditocelot",  # credit
    "Altpangolin",  # alt
    "Keywordaxolotl",  # keyword
    "Bylinenarwhal",  # byline
    "Cityibex",  # dateline
)
INSIDE = ("Insidenumbat", "Whykilledquoll", "Passagetapir")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    house = House(
        "Harbour Post",
        url="https://harbourpost.example/",
        sections=(Section("world", "World"), Section("sport", "Sport")),
    )
    with Desk.create(
        tmp_path / "post.desk", house, Person(CHIEF, Role.CHIEF), clock=lambda: NOW
    ) as desk:
        desk.do(joining(EDITOR, Role.EDITOR), CHIEF)
        desk.do(joining(WRITER, Role.JOURNALIST), CHIEF)
        yield desk


def publish(desk: Desk, story: Story) -> str:
    """Bring a story to readers; its id."""
    id = desk.do(SaveStory(story), WRITER).ids("story")[0]
    release(desk, id)
    return id


def release(desk: Desk, id: str) -> None:
    row = reading(desk).row(id)
    if row.stage != "in review":
        desk.do(Submit(id, row.version), WRITER)
    desk.do(approving(desk, id), EDITOR)
    desk.do(Publish(id, row.version), EDITOR)


def secret_story(desk: Desk, **more: Any) -> Story:
    picture = replace(
        desk.pictures.add(harbour_picture(900, 600)),
        caption="Captionaardvark at sea.",
        credit="Creditocelot",
        alt="Altpangolin",
    )
    return Story(
        slug="secret",
        section="world",
        kicker="Kickerwombat",
        headline="Zanzibarite found in the harbour",
        key_points=("Quokkapoint one", "Point two"),
        bylines=("Bylinenarwhal",),
        dateline=Dateline(city="Cityibex"),
        body="Bodyxylophone says so.\n\nMore.",
        pictures=(picture,),
        keywords=("Keywordaxolotl",),
        **more,
    )


def filled(desk: Desk, **more: Any) -> tuple[str, str]:
    """A desk with the secret story, and another that leads to it in every way; their ids."""
    secret = publish(desk, secret_story(desk, **more))
    body = "Read [the whole story](secret) about it.\n\nThe end."
    other = publish(
        desk, Story(slug="other", section="sport", headline="Other", body=body, related=(secret,))
    )
    briefs = Banner((Brief(title="Look here", summary="At once.", story=secret),))
    desk.do(SaveBanner(briefs, reading(desk).banner().hash), WRITER)
    desk.do(approving_banner(desk), EDITOR)
    return secret, other


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def export(desk: Desk, format: str, folder: Path, at: datetime = NOW) -> dict[str, bytes]:
    """What an export writes on a computer whose clock says so."""
    with Desk.open(desk.path, clock=lambda: at) as then, FolderOutput(folder) as output:
        edition, exporter = reading(then).edition(None, at), find_exporter(format)
        write_edition(edition, exporter, output, Progress(), then.signing_key(EDITOR), EDITOR)
    return tree(folder)


def holds(files: dict[str, bytes], word: str) -> list[str]:
    """The files that hold a word, as it is or as JSON escapes it."""
    spellings = {word.encode(), json.dumps(word).strip('"').encode()}
    return [path for path, data in files.items() if any(spelling in data for spelling in spellings)]


@pytest.mark.parametrize("format", ["site", "api"])
def test_killed_story_is_in_no_file(desk: Desk, tmp_path: Path, format: str) -> None:
    secret, _ = filled(desk)
    before = export(desk, format, tmp_path / "out")
    for word in SECRETS:
        assert holds(before, word), "readers had it"
    media = {path for path in before if path.endswith(".jpg")}
    assert media
    desk.do(Kill(secret, 1, "Whykilledquoll"), EDITOR)
    for folder in (tmp_path / "out", tmp_path / "fresh"):
        after = export(desk, format, folder)
        for word in (*SECRETS, *INSIDE):
            assert holds(after, word) == [], word
        assert not media & set(after)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_killed_story_leaves_an_unlinked_page(desk: Desk, tmp_path: Path) -> None:
    secret, _ = filled(desk)
    assert holds(export(desk, "site", tmp_path / "out"), "stories/secret.html")
    desk.do(Kill(secret, 1, "Whykilledquoll"), EDITOR)
    files = export(desk, "site", tmp_path / "out")
    assert b"This story has been withdrawn" in files["stories/secret.html"]
    listing = {"SHA256SUMS", "edition.json"}
    for word in ("secret.html", "secret"):
        assert set(holds(files, word)) <= listing, word
    assert b"<p>Read the whole story about it.</p>" in files["stories/other.html"]
    assert b"Look here" in files["index.html"], "the brief stays, as words"


def test_killed_story_leaves_a_tombstone_in_the_api(desk: Desk, tmp_path: Path) -> None:
    secret, _ = filled(desk)
    desk.do(Kill(secret, 1, "Whykilledquoll"), EDITOR)
    files = export(desk, "api", tmp_path / "out")
    schema = json.loads(files["v1/schemas/story.schema.json"])
    for path in ("v1/stories/secret.json", f"v1/stories/by-id/{secret}.json"):
        document = json.loads(files[path])
        assert document["data"] == {
            "id": secret,
            "status": "canceled",
            "updatedAt": "2026-03-03T12:00:00Z",
        }
        Draft202012Validator(schema).validate(document)
    other = json.loads(files["v1/stories/other.json"])
    Draft202012Validator(schema).validate(other)
    assert other["data"]["status"] == "usable"
    assert other["data"]["related"] == []
    assert json.loads(files["v1/trends.json"])["data"][0]["story"] is None
    assert json.loads(files["v1/index.json"])["data"]["counts"]["stories"] == 1
    own = {"v1/stories/secret.json", f"v1/stories/by-id/{secret}.json"}
    own.add("v1/changes/2026-03-03.json")
    listing = {"SHA256SUMS", "edition.json"}
    assert set(holds(files, secret)) <= own | listing


def test_expired_story_is_in_no_file_of_the_site(desk: Desk, tmp_path: Path) -> None:
    secret, _ = filled(desk, expires="2026-03-08T00:00:00Z")
    assert holds(export(desk, "site", tmp_path / "out"), SECRETS[0])
    after = export(desk, "site", tmp_path / "out", LATER)
    for word in (*SECRETS, secret, "stories/secret"):
        assert holds(after, word) == [], word
    assert not any("secret" in path or path.endswith(".jpg") for path in after)


def test_expired_story_leaves_a_tombstone_in_the_api(desk: Desk, tmp_path: Path) -> None:
    secret, _ = filled(desk, expires="2026-03-08T00:00:00Z")
    assert holds(export(desk, "api", tmp_path / "out"), SECRETS[0])
    after = export(desk, "api", tmp_path / "out", LATER)
    for word in SECRETS:
        assert holds(after, word) == [], word
    own = {"v1/stories/secret.json", f"v1/stories/by-id/{secret}.json"}
    schema = json.loads(after["v1/schemas/story.schema.json"])
    for path in own:
        document = json.loads(after[path])
        assert document["data"] == {
            "id": secret,
            "status": "expired",
            "updatedAt": "2026-03-08T00:00:00Z",
        }
        Draft202012Validator(schema).validate(document)
    day = "v1/changes/2026-03-08.json"
    assert [change["kind"] for change in json.loads(after[day])["data"]] == ["expired"]
    assert set(holds(after, secret)) == {*own, day, "SHA256SUMS", "edition.json"}
    assert not any(path.endswith(".jpg") for path in after)
    report = verify_edition(tmp_path / "out")
    assert report.is_whole
    assert [
        found.sentence for found in report.conclusions() if found.severity is Severity.PROBLEM
    ] == []


@pytest.mark.parametrize("format", ["site", "api"])
@pytest.mark.parametrize(
    "times",
    [
        {"expires": "2026-03-03T00:00:00Z"},
        {"expires": "2026-03-08T00:00:00Z", "embargo": "2026-03-08T00:00:00Z"},
    ],
)
def test_expired_story_that_nobody_had_is_in_no_file(
    desk: Desk, tmp_path: Path, format: str, times: dict[str, str]
) -> None:
    secret = desk.do(SaveStory(secret_story(desk, **times)), WRITER).ids("story")[0]
    desk.do(Submit(secret, 1), WRITER)
    desk.do(approving(desk, secret), EDITOR)
    for at in (NOW, LATER):
        files = export(desk, format, tmp_path / "out", at)
        for word in (*SECRETS, secret, "secret"):
            assert holds(files, word) == [], word
        assert not any("secret" in path for path in files)


@pytest.mark.parametrize("format", ["site", "api"])
def test_notes_are_never_exported(desk: Desk, tmp_path: Path, format: str) -> None:
    _, other = filled(desk)
    desk.do(AddNote(other, "Insidenumbat", "body", 5, 20), WRITER)
    desk.do(AddNote(other, "Passagetapir", answers=reading(desk).notes(other)[0].id), EDITOR)
    files = export(desk, format, tmp_path / "out")
    for word in INSIDE:
        assert holds(files, word) == [], word


@pytest.mark.parametrize("format", ["site", "api"])
def test_draft_of_a_live_story_is_not_exported(desk: Desk, tmp_path: Path, format: str) -> None:
    _, other = filled(desk)
    story = reading(desk).stored(other).story
    desk.do(SaveStory(replace(story, kicker="Insidenumbat", body="Passagetapir"), 1), WRITER)
    files = export(desk, format, tmp_path / "out")
    assert holds(files, "The end.")
    for word in INSIDE:
        assert holds(files, word) == [], word


def test_correction_is_in_every_format(desk: Desk, tmp_path: Path) -> None:
    _, other = filled(desk)
    desk.do(Correct(other, 1, "It was Thursdayfossa."), WRITER)
    for format in ("site", "api"):
        assert holds(export(desk, format, tmp_path / format), "Thursdayfossa") == []
    story = reading(desk).stored(other).story
    desk.do(SaveStory(replace(story, body="Mended."), 2), WRITER)
    release(desk, other)
    site = export(desk, "site", tmp_path / "site")
    assert set(holds(site, "Thursdayfossa")) >= {
        "stories/other.html",
        "feed.xml",
        "rss.xml",
        "feed.json",
    }
    assert holds(site, "The end.") == [], "what was wrong is gone"
    api = export(desk, "api", tmp_path / "api")
    document = json.loads(api["v1/stories/other.json"])
    Draft202012Validator(json.loads(api["v1/schemas/story.schema.json"])).validate(document)
    correction = {"text": "It was Thursdayfossa.", "at": "2026-03-03T12:00:00Z"}
    assert document["data"]["correction"] == correction
    assert document["data"]["corrections"] == [correction]
