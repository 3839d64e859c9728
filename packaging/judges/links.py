"""A crawl over a site's files: every address in them leads to a file, and to a place in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from exports import Site
from tools import Verdict

_ADDRESSES = ("href", "src", "action", "poster", "cite", "data-root")
_NAMED = ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls")
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_XML_ADDRESS = re.compile(r"^https?://\S+$")


class PageLinks(HTMLParser):
    """The addresses in a page, the ids in it, and those that it names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self._data: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self._data = [] if values.get("type") == "application/ld+json" else None
        for name, value in values.items():
            if name in _ADDRESSES:
                self.addresses.append(value)
            elif name == "srcset":
                self.addresses += [source.split()[0] for source in value.split(",")]
            elif name in _NAMED:
                self.addresses += [f"#{id}" for id in value.split()]
            elif name == "id":
                self.ids.append(value)
        if values.get("http-equiv") == "refresh":
            self.addresses.append(values["content"].partition("url=")[2])
        elif tag == "meta" and _XML_ADDRESS.match(values.get("content", "")):
            self.addresses.append(values["content"])

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data:
            self.addresses += addresses_in(json.loads("".join(self._data)))
        self._data = None


def addresses_in(value: Any) -> Iterator[str]:
    """Yield the web addresses in a JSON value, but names of things (`@id`) and templates."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("@id", "@context", "urlTemplate"):
                yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)
    elif isinstance(value, str) and _XML_ADDRESS.match(value):
        yield value


def target(path: str, link: str, url: str) -> tuple[str, str] | None:
    """Return the file and the place in it that a link leads to; None for one to elsewhere."""
    start = "" if link.startswith(url) else dirname(path)
    parts = urlsplit(link.removeprefix(url) if link.startswith(url) else link)
    if parts.scheme or parts.netloc:
        return None
    is_same = not parts.path and not link.startswith(url)
    found = path if is_same else normpath(join(start, unquote(parts.path)))
    if not is_same and (not parts.path or parts.path.endswith("/")):
        found = normpath(join(found, "index.html"))
    return found, unquote(parts.fragment)


def broken(files: Mapping[str, PageLinks], others: set[str], url: str) -> Iterator[str]:
    """Yield each link that leads to nothing; `files` are read by path, `others` only exist."""
    for path, page in files.items():
        if repeated := sorted({id for id in page.ids if page.ids.count(id) > 1}):
            yield f"{path}: ids that are there twice: {', '.join(repeated)}"
        for link in dict.fromkeys(page.addresses):
            if (leads_to := target(path, link, url)) is None:
                continue
            file, place = leads_to
            if file not in files and file not in others:
                yield f"{path}: {link} leads to nothing"
            elif place and (file not in files or place not in files[file].ids):
                yield f"{path}: {link} leads to no place in {file}"


def judge_links(sites: Sequence[Site]) -> Verdict:
    """Follow every address of a site's own: in pages, styles, feeds, sitemaps and manifests."""
    verdict, count = Verdict("Links and fragments"), 0
    for site in sites:
        everything = {
            file.relative_to(site.folder).as_posix()
            for file in site.folder.rglob("*")
            if file.is_file()
        }
        files = {path: PageLinks(html) for path, html in site.pages.items()}
        for path in sorted(everything - set(files)):
            if found := _addresses_of(site.folder / path):
                files[path] = PageLinks("")
                files[path].addresses = found
        verdict.read += len(files)
        count += sum(len(page.addresses) for page in files.values())
        verdict.wrong += (f"{site.name}/{fault}" for fault in broken(files, everything, site.url))
    verdict.result = f"{len(verdict.wrong)} broken of {count:,}"
    return verdict


def _addresses_of(file: Path) -> list[str]:
    """Return the addresses in a file that is no page."""
    if file.suffix == ".css":
        return _STYLE_URL.findall(file.read_text(encoding="utf-8"))
    if file.suffix == ".xml":
        # Our own export, and the parser resolves nothing.
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314
        texts = [
            text for element in root.iter() for text in (element.text, *element.attrib.values())
        ]
        # Names of formats are addresses of nobody's pages.
        return [text for text in texts if text and _XML_ADDRESS.match(text)]
    if file.suffix == ".webmanifest" or file.name == "feed.json":
        value = json.loads(file.read_bytes())
        icons = [icon["src"] for icon in value.get("icons", ())]
        return [*icons, *addresses_in(value)]
    if file.name == "robots.txt":
        return re.findall(r"(?m)^Sitemap: (\S+)$", file.read_text(encoding="utf-8"))
    return []
