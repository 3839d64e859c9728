"""`stonehand section`: stories into another section."""

from __future__ import annotations

from pathlib import Path

from editor.store.desk import Desk
from tests.cli.test_several import EDITOR, FERRY, WRITER, Run, stories
from tests.reading import reading

__all__ = ["stories"]


def sections(path: Path, *slugs: str) -> list[tuple[str, int]]:
    with Desk.open(path) as desk:
        rows = [reading(desk).row(reading(desk).find(slug)) for slug in slugs]
    return [(row.section, row.version) for row in rows]


def test_stories_are_put_into_a_section(run: Run, stories: Path) -> None:
    words = ("--desk", stories, "--as", WRITER)
    assert run("section", "sport", "quay", *words)[0] == 0
    code, out, err = run("section", "sport", FERRY, "quay", *words)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"Put “{FERRY}” (version 2) into sport.",
        "“quay” (version 2) is there already.",
    ]
    assert sections(stories, FERRY, "quay") == [("sport", 2), ("sport", 2)]


def test_an_approved_story_and_one_that_is_being_edited_are_named(run: Run, stories: Path) -> None:
    run("submit", FERRY, "--desk", stories, "--as", WRITER)
    run("approve", FERRY, "--desk", stories, "--as", EDITOR)
    with Desk.open(stories) as desk:
        story = reading(desk).find("quay")
        desk.journal.write(f"story:{story}", {"story": {}, "base": 1})
    code, out, err = run("section", "sport", FERRY, "quay", "--desk", stories, "--as", EDITOR)
    assert code == 1
    assert out.splitlines() == [
        f"Not done: “{FERRY}”: It is approved: in another section it would need approval again. "
        "Open it to change its section.",
        "Not done: “quay”: Somebody is editing it here: it has text that is not saved as a "
        "version. Save it, then look again.",
    ]
    assert "Not done: 2 of 2 stories." in err
    assert sections(stories, FERRY, "quay") == [("world", 1), ("world", 1)]


def test_a_section_that_the_paper_does_not_have_is_told(run: Run, stories: Path) -> None:
    code, _, err = run("section", "spotr", "quay", "--desk", stories, "--as", WRITER)
    assert code == 1
    assert "The paper has no section “spotr”." in err
