"""Each story is a text file that is read without us, and says nothing that readers may not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import yaml

from editor.core.edition import FormerSlug, Withdrawn
from editor.core.story import Correction, Picture, Story
from editor.errors import BadValue
from editor.formats.bundle.stories import StoriesPart
from editor.progress import Progress
from tests.core.filled import filled, token
from tests.formats.site.edition import MemoryPictures, edition, picture


def files_of(
    stories: Sequence[Story], files: str = "pictures/x.jpg", **more: Any
) -> dict[str, str]:
    part = StoriesPart(lambda _picture: files)
    made = replace(edition(stories, MemoryPictures()), **more)
    return {file.path: file.make().decode() for file in part.plan(made, Progress())}


def read(text: str) -> tuple[dict[str, Any], str]:
    start, front, body = text.split("---\n", 2)
    assert start == ""
    return yaml.safe_load(front), body.strip()


def one(**fields: Any) -> tuple[dict[str, Any], str]:
    fields = {"id": "x", "slug": "one", "headline": "One", "section": "world"} | fields
    return read(files_of([Story(**fields)])["one.md"])


@pytest.mark.parametrize("slug", ["../x", "a/b", "index", "Upper", "con"])
def test_slug_that_cannot_be_a_file_name_is_refused(slug: str) -> None:
    with pytest.raises(BadValue):
        files_of([Story(id="x", slug=slug)])
    with pytest.raises(BadValue):
        files_of([], withdrawn=(Withdrawn("w", slug, "en", "2026-03-03T12:00:00Z"),))


@pytest.mark.parametrize(
    "body",
    ["---\nstatus: withdrawn\n---\n", "\x1b[2J\x00word\x9b", "---", "# Not the headline", "```"],
)
def test_body_is_never_taken_for_front_matter(body: str) -> None:
    front, text = one(body=body)
    assert front["headline"] == "One"
    assert "status" not in front
    assert all(c.isprintable() or c == "\n" for c in text)


def test_link_to_a_story_that_is_not_out_is_only_words() -> None:
    body = "See [a](kept-back), [b](javascript:alert\\(1\\)), ![c](secret.png), [*d*](old-one)."
    stories = [Story(id="x", slug="one", headline="One", section="world", body=body)]
    text = files_of(stories, former_slugs=(FormerSlug("old-one", "s1", was_public=True),))["one.md"]
    assert read(text)[1] == "See a, b, c, [*d*](old-lighthouse.md)."
    for secret in ("kept-back", "javascript", "secret.png"):
        assert secret not in text


def test_picture_in_the_text_leads_to_its_file_with_its_words() -> None:
    body = "One.\n\n![](picture:4f4f4f4f)\n\nTwo.\n\n![](picture:00000000)"
    ferry = Picture(f"{'4f' * 32}.jpg", alt="A [blue]\n\n# ferry", width=800, height=600)
    _front, text = one(body=body, pictures=(ferry,))
    assert text == "One.\n\n![A \\[blue\\] # ferry](../pictures/x.jpg)\n\nTwo."


def test_links_are_replaced_wherever_they_are() -> None:
    link = "[a](bare) [b](kept-back)"
    body = f"## {link}\n\n> {link}\n\n- {link}\n\n1. {link}\n\n| h |\n| --- |\n| **{link}** |\n"
    _front, text = one(body=f"{body}\nNote[^1].\n\n[^1]: {link}")
    assert text.count("[a](bare.md) b") == 6
    assert "kept-back" not in text


def test_private_fields_never_leave_and_all_others_do() -> None:
    source = MemoryPictures()
    photo = picture(source)
    full = filled(slug="all-fields", section="world")
    shown = replace(full.pictures[0], file=photo.file, width=9, height=9, decorative=False)
    text = files_of([replace(full, pictures=(shown,))])["all-fields.md"]
    for private in ("ed_note", "ignored/0", "pictures/0/usage"):
        assert token(private) not in text
    for field in ("headline", "kicker", "standfirst", "key_points/0", "bylines/0", "keywords/0",
                  "dateline/city", "dateline/agency", "pictures/0/caption", "pictures/0/credit",
                  "pictures/0/alt", "pictures/0/rights", "corrections/0/text", "body"):  # fmt: skip
        assert token(field) in text, field
    front, _body = read(text)
    assert front["pictures"][0]["file"] == "../pictures/x.jpg"


def test_picture_without_a_file_names_none() -> None:
    front, _body = one(pictures=(Picture(caption="A boat", alt="x", decorative=True),))
    assert front.get("pictures", []) in ([], [{"caption": "A boat"}])


def test_fields_are_read_by_a_yaml_parser() -> None:
    front, body = one(
        headline='Minister: "no" --- #1',
        key_points=("yes", "2026-03-03"),
        subjects=("medtop:20000002",),
        corrections=(Correction("It was two.\nNot three.", "2026-03-03T12:00:00Z"),),
        language="ar",
        body="Word.",
    )
    assert front["headline"] == 'Minister: "no" --- #1'
    assert front["key_points"] == ["yes", "2026-03-03"]
    assert front["section"] == "World"
    assert front["direction"] == "rtl"
    [note] = front["corrections"]
    assert note == {"at": "2026-03-03T12:00:00Z", "text": "It was two.\nNot three."}
    assert (front["version"], len(front["hash"])) == (1, 64)
    assert body == "Word."


def test_killed_story_only_says_so() -> None:
    killed = Withdrawn("w", "sunk-ship", "en", "2026-03-03T12:00:00Z")
    front, body = read(files_of([], withdrawn=(killed,))["sunk-ship.md"])
    assert front["status"] == "withdrawn"
    assert front["withdrawn"] == "2026-03-03T12:00:00Z"
    assert body == ""


def test_what_is_no_edition_says_so_first() -> None:
    for text in files_of([], what_if=True).values():
        assert text.startswith('---\nnot_an_edition: "2026-03-04T06:00:00Z"\n')
