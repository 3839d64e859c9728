"""Every field of a story is in every room of the house, or listed here with the reason why not.

Somebody adds a field, and this table says which rooms forgot it. A reason for a room that does
have the field fails as well, so that the list stays true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from editor.checks import run_checks
from editor.core.brief import Banner
from editor.core.commands import SaveStory
from editor.core.crops import CUT_BY_HAND
from editor.core.diff import compare
from editor.core.edition import Edition, Item
from editor.core.fields import Field, Kind
from editor.core.merge import merge
from editor.core.paths import leaf_values, value_at, with_value
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.times import parse_instant
from editor.formats.api.stories import StoryDocuments
from editor.gui.draft.draft import Draft
from editor.gui.story.form import StoryForm
from editor.proof.pages import Site
from editor.store.desk import Desk
from tests.core.filled import filled, token, value
from tests.editions import edition_of
from tests.formats.site.edition import HOUSE, MemoryPictures, picture
from tests.proof.whole_pages import WholePages
from tests.reading import reading

CROPS = tuple(shape.part for shape in CUT_BY_HAND)

NEWSROOM = "for the newsroom only: it never leaves the desk"
DUE = "says when the story goes out and is no part of what goes out"
FIXED = "given by the desk, and never changed"
MEASURED = "follows from the file"
IGNORED = "what a check found and somebody ignored, given beside the finding with its reason"
LASTING = "readers were told it: Correct… writes it, and nobody edits it afterwards"

NOT_IN: Mapping[str, Mapping[str, str]] = {
    "typed": {
        "id": FIXED,
        "pictures/0/width": MEASURED,
        "pictures/0/height": MEASURED,
        "corrections/0/text": LASTING,
        "corrections/0/at": LASTING,
        "ignored": IGNORED,
    },
    "shown": {
        "ed_note": NEWSROOM,
        "picture_story": NEWSROOM,
        "ignored": NEWSROOM,
        "pictures/0/usage": NEWSROOM,
        "embargo": DUE,
        "publish_at": DUE,
        "expires": DUE,
    },
    "searched": {
        "id": FIXED,
        "section": "stories of a section are found by the filter of the list",
        "ignored": IGNORED,
        "pictures/0/rights": "terms of use are no words of the story",
        "pictures/0/usage": "terms of use are no words of the story",
    },
    "compared": {
        "id": FIXED,
        "pictures/0/width": MEASURED,
        "pictures/0/height": MEASURED,
        "corrections/0/at": "part of its correction",
    },
    "checked": {
        "id": FIXED,
        "ed_note": NEWSROOM,
        "ignored": NEWSROOM,
        "pictures/0/usage": NEWSROOM,
        "section": "chosen from the paper's list",
        "corrections/0/text": LASTING,
    },
    "exported": {
        "ed_note": NEWSROOM,
        "picture_story": NEWSROOM,
        "ignored": NEWSROOM,
        "pictures/0/usage": NEWSROOM,
        "publish_at": DUE,
        "expires": DUE,
    },
}
"""By room: the fields that are not in it, each with the reason. Only texts are searched and
checked, so other kinds need none there."""

FULL = filled(slug="all-fields", section="world")
LEAVES = [(path, field) for path, field, _value in leaf_values(FULL)]
WRITTEN = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN)
TEXTS = [(path, field) for path, field in LEAVES if field.kind in WRITTEN]
OTHER = Story(id="other", slug="other", headline="The other story")


def fields(leaves: list[tuple[str, Field]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("path", "field"), leaves, ids=[path for path, _ in leaves])


def expect(room: str, path: str, is_there: object) -> None:
    """Fail where a field is missing in a room, or has a reason there that it does not need."""
    reason = NOT_IN[room].get(path, "")
    assert is_there or reason, f"{path} is not {room}: add it there, or its reason to NOT_IN"
    assert not (is_there and reason), f"{path} is {room} after all: remove the reason"


def photographed(story: Story) -> Story:
    """The story with a picture that has a file and is described, and a story it is related to."""
    photo = picture(MemoryPictures())
    [first] = story.pictures
    shown = replace(first, file=photo.file, width=photo.width, height=photo.height)
    shown = replace(shown, lead_crop=(), square_crop=(), portrait_crop=())
    return replace(story, pictures=(replace(shown, decorative=False),), related=(OTHER.id,))


def changed(story: Story, path: str, field: Field) -> Story:
    """The story with another value at a path, one that can be seen."""
    others = {
        "section": "business",
        "related": (),
        "dateline/date": "2026-04-05",
        "pictures/0/decorative": not value_at(story, "pictures/0/decorative"),
        "pictures/0/file": "b" * 64 + ".jpg",
        "pictures/0/width": 2400,
        "pictures/0/height": 1350,
    }
    new = others.get(path, value(path, field, 1))
    assert new != value_at(story, path)
    return with_value(story, path, new)


def edition(story: Story) -> Edition:
    at = "2026-03-03T14:02:00Z"
    items = tuple(Item(text, 2, text.hash, at, at) for text in (story, OTHER))
    house = replace(HOUSE, dateline_template="{city}, {state}, {country}, {date} ({agency})–")
    return edition_of(house, items, Banner(), MemoryPictures(), parse_instant(at))


def pages(story: Story) -> str:
    """The story's own page, and the front page that announces it."""
    made = edition(story)
    site = Site.of(made)
    return WholePages().story(made.items[0], site) + WholePages().home(made.listings, site)


def document(story: Story) -> object:
    made = edition(story)
    stories = StoryDocuments(made, Site.of(made))
    answer = msgspec.to_builtins(stories.whole(made.listings[0], "stories/all-fields.json"))
    # Follow from all of the story.
    return {**answer["data"], "hash": "", "version": 0}


def typed(form: StoryForm, path: str) -> QWidget | None:
    """Return where a value is typed or chosen: no text of another field, no group."""
    row = form.pictures.rows[0]
    chosen = {
        "pictures/0/file": row.thumbnail,
        "pictures/0/focus": row.thumbnail,
        "pictures/0/decorative": row.decorative,
        "pictures/0/rotation": row.widget_at("pictures/0/rotation"),
        **{f"pictures/0/{name}": row.widget_at(f"pictures/0/{name}") for name in CROPS},
        "picture_story": next(
            (part for part in form.parts if part.widget_at("picture_story")), None
        ),
        **form.details.cells,
    }
    texts = {**dict(form.text_fields()), **chosen}
    return texts.get(path) or texts.get(f"{path}/0")


def test_typed(form: StoryForm, draft: Draft) -> None:
    draft.new()
    draft.edit(replace(FULL, id=draft.typed.id, corrections=()), "headline")
    for path, _field in LEAVES:
        expect("typed", path, typed(form, path))


@fields(LEAVES)
def test_shown(path: str, field: Field) -> None:
    story = photographed(FULL)
    assert pages(story) == pages(story)
    expect("shown", path, pages(changed(story, path, field)) != pages(story))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bool]:
    """Which texts the desk's search finds the story by."""
    path = tmp_path_factory.mktemp("search") / "post.desk"
    with Desk.create(path, HOUSE, Person("Mara Quill", Role.CHIEF)) as desk:
        desk.do(SaveStory(replace(FULL, id="", related=())), "Mara Quill")
        return {
            path: bool(reading(desk).search(token(f"{path}/0" if field.many else path)))
            for path, field in TEXTS
        }


@fields(TEXTS)
def test_searched(found: Mapping[str, bool], path: str, field: Field) -> None:
    expect("searched", path, found[path])


@fields(LEAVES)
def test_compared_and_merged(path: str, field: Field) -> None:
    ours = changed(FULL, path, field)
    aside = "kicker" if path != "kicker" else "headline"
    theirs = with_value(FULL, aside, "Theirs")
    expect("compared", path, [diff.field for diff in compare(FULL, ours)] == [path])
    if path not in NOT_IN["compared"]:
        assert merge(FULL, theirs, ours).story() == with_value(ours, aside, "Theirs")


@fields(TEXTS)
def test_checked(path: str, field: Field) -> None:
    name = f"{path}/0" if field.many else path
    text = f"Two \u200b{token(name)}."
    story = with_value(FULL, path, (text,) if field.many else text)
    findings = run_checks(story, Banner(), HOUSE)
    expect("checked", path, any(finding.place.path == name for finding in findings))


@fields(LEAVES)
def test_exported(path: str, field: Field) -> None:
    story = photographed(FULL)
    expect("exported", path, document(changed(story, path, field)) != document(story))


def test_private_fields_are_the_ones_that_stay() -> None:
    stay = {path for path, reason in NOT_IN["exported"].items() if reason == NEWSROOM}
    assert stay == {path for path, field in LEAVES if field.private}


def test_reasons_are_about_fields_there_are() -> None:
    paths = {path for path, _field in LEAVES}
    assert all(set(reasons) <= paths for reasons in NOT_IN.values())
    assert re.fullmatch(r"[\w ]+", " ".join(NOT_IN))
