"""The search index: a script that the search page can load from a folder."""

from __future__ import annotations

import json

from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.core.times import parse_instant
from editor.proof.pages import Pages
from editor.proof.site import story_path
from editor.proof.views import PlainBody, section_of, summary
from editor.proof.words import words
from editor.resources import resource


def search_index(edition: Edition, pages: Pages) -> str:
    """Return assets/search-index.js: one global, one line for each story, newest first.

    A classic script, because neither fetch() nor modules work from file://.
    """
    lines = [
        json.dumps(
            _entry(item, edition.house, pages.plain_body(item)),
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for item in map(edition.item, edition.listings)
    ]
    return "window.STONEHAND_SEARCH = [\n" + ",\n".join(lines) + "\n];\n"


def search_script() -> str:
    """Return assets/search.js: the script, after the rules that the desk folds words by."""
    rules = json.loads(resource("site", "folding.json").read_bytes())
    script = resource("site", "search.js").read_text(encoding="utf-8")
    return f"window.STONEHAND_FOLDING = {json.dumps(rules, ensure_ascii=False)};\n{script}"


def _entry(item: Item, house: House, body: PlainBody) -> dict[str, str | list[str]]:
    story = item.story.without_blanks()
    section = section_of(story, house)
    return {
        "href": story_path(story.slug),
        "language": story.language,
        "title": story.headline,
        "kicker": story.kicker,
        "points": list(story.key_points),
        "summary": summary(story, body),
        "text": " ".join(body.text.split()),
        "names": " ".join((*story.bylines, *story.keywords, story.dateline.city)),
        "section": section.title if section else "",
        "date": words(story.language, house.timezone).day(parse_instant(item.published)),
    }
