"""The exports that are judged, and which of their pages a browser is shown."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from tools import BUILD

KINDS = (
    "home-page", "section-page", "story-page", "author-page", "subject-page", "month-page",
    "archive-page", "corrections-page", "about-page", "search-page", "not-found-page",
    "withdrawn-page", "moved-page",
)  # fmt: skip
"""Every kind of page, by the class of its body."""

_BODY = re.compile(r'<body class="([^"]*)"')
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')
_ELEMENT = re.compile(r"<(\w+)([^>]*)>")
_CLASS = re.compile(r' class="([^"]*)"')
_PLACE = re.compile(r"^f[xy]-\d+$")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """One exported site: a theme's name, or that of the folder."""

    name: str
    folder: Path

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The HTML of all pages by path."""
        files = sorted(self.folder.rglob("*.html"))
        return {
            file.relative_to(self.folder).as_posix(): file.read_text(encoding="utf-8")
            for file in files
        }

    @cached_property
    def url(self) -> str:
        """The paper's address, as its front page says."""
        found = _CANONICAL.search(self.pages["index.html"])
        if not found:
            raise SystemExit(f"{self.folder} has no address of its own: export it with one.")
        return found[1].removesuffix("index.html")

    @property
    def host(self) -> str:
        """The name of the paper's server."""
        return urlsplit(self.url).hostname or ""

    def kind(self, path: str) -> str:
        """Return the kind of a page."""
        return found[1] if (found := _BODY.search(self.pages[path])) else ""

    def language(self, path: str) -> str:
        """Return the language of a page."""
        return found[1] if (found := _LANGUAGE.search(self.pages[path])) else ""

    def is_a(self, path: str, kind: str, language: str) -> bool:
        """Return whether a page is of a kind and in a language."""
        return (self.kind(path), self.language(path)) == (kind, language)

    def shown(self) -> list[str]:
        """Return some pages that have between them whatever pages of their kind may have."""
        by_kind: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for path, html in self.pages.items():
            by_kind[self.kind(path), self.language(path)][path] = html
        return [path for pages in by_kind.values() for path in covering(pages)]


def covering(pages: Mapping[str, str]) -> list[str]:
    """Return a few pages that have between them every element and class of all of them."""
    features = {path: page_features(html) for path, html in pages.items()}
    missing = set().union(*features.values())
    chosen = []
    while missing:
        best = max(features, key=lambda path: len(features[path] & missing))
        chosen.append(best)
        missing -= features[best]
    return chosen


def page_features(html: str) -> set[str]:
    """Return the elements and classes in a page, but for the places of focus in pictures."""
    found = set()
    for element, attributes in _ELEMENT.findall(html):
        found.add(element)
        names = " ".join(_CLASS.findall(attributes)).split()
        found |= {f"{element}.{name}" for name in names if not _PLACE.match(name)}
    return found


def missing_kinds(sites: Iterable[Site]) -> list[str]:
    """Return the kinds of pages that a site has none of, with its name."""
    return [
        f"{site.name} has no {kind}"
        for site in sites
        for kind in KINDS
        if kind not in {site.kind(path) for path in site.pages}
    ]


def make_exports() -> tuple[list[Site], Path]:
    """Export the edition in each shipped theme, and as an API; return the sites and its folder."""
    os.environ["STONEHAND_DATA"] = str(BUILD / "data")
    os.environ["STONEHAND_CONFIG"] = str(BUILD / "config")
    # A folder can be validated without Stonehand, and its data folder is known only now.
    from paper import make_edition  # noqa: PLC0415

    from editor.formats.export import write_files  # noqa: PLC0415
    from editor.formats.exporters import find_exporter  # noqa: PLC0415
    from editor.formats.output import output_for  # noqa: PLC0415
    from editor.progress import Progress  # noqa: PLC0415
    from editor.proof.theme import shipped_names  # noqa: PLC0415

    folder = BUILD / "exports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = shipped_names()
    for name, theme in [(theme, theme) for theme in names] + [("api", names[0])]:
        edition = make_edition(BUILD / "pictures", theme)
        exporter = find_exporter("api" if name == "api" else "site")
        with output_for(folder / name) as output:
            report = write_files(edition, exporter, output, Progress())
        print(f"Exported {name}: {report.files} files, {len(edition.listings)} stories", flush=True)
    return [Site(theme, folder / theme) for theme in names], folder / "api"
