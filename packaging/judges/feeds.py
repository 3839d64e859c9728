"""Judges of feeds: feedparser, the Atom schema in RELAX NG, and the schema of JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from exports import Site
from tools import SCHEMAS, VNU, Verdict, java

_JING = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"


def judge_feeds(sites: Sequence[Site]) -> Verdict:
    """Read every Atom and RSS feed with feedparser, and look for what a reader needs."""
    verdict = Verdict("feedparser")
    for site in sites:
        for file in _feeds(site, "feed.xml", "rss.xml"):
            verdict.read += 1
            verdict.wrong += (f"{site.name}/{fault}" for fault in feed_faults(file, site.folder))
    verdict.result = f"{len(verdict.wrong)} faults"
    return verdict


def feed_faults(file: Path, folder: Path) -> Iterable[str]:
    """Yield what is wrong with a feed."""
    import feedparser  # noqa: PLC0415

    name = file.relative_to(folder).as_posix()
    feed = feedparser.parse(file.read_bytes())
    if feed.bozo:
        yield f"{name}: {feed.bozo_exception}"
    if not feed.entries:
        yield f"{name}: no entries"
    if not (feed.feed.get("title") and feed.feed.get("link")):
        yield f"{name}: no title or no link"
    for number, entry in enumerate(feed.entries):
        lacking = [key for key in ("id", "title", "link", "published") if not entry.get(key)]
        if lacking:
            yield f"{name}: entry {number} has no {', '.join(lacking)}"
    ids = [entry.get("id") for entry in feed.entries]
    if len(set(ids)) != len(ids):
        yield f"{name}: two entries with one id"


def judge_atom(sites: Sequence[Site]) -> Verdict:
    """Validate every Atom feed against the RELAX NG schema of RFC 4287."""
    verdict, schema = Verdict("Atom RELAX NG"), SCHEMAS / "atom" / "atom.rng"
    if not schema.is_file():
        verdict.skipped = "skipped: ../shared/schemas has no atom.rng"
        return verdict
    files = [file for site in sites for file in _feeds(site, "feed.xml")]
    verdict.read = len(files)
    printed = java(["-cp", str(VNU), _JING, str(schema)], files)
    verdict.wrong = [line for line in printed.splitlines() if line]
    verdict.result = f"{len(verdict.wrong)} errors"
    return verdict


def judge_json_feeds(sites: Sequence[Site]) -> Verdict:
    """Validate every JSON Feed against the schema of version 1.1."""
    from jsonschema.validators import validator_for  # noqa: PLC0415

    verdict, schema = Verdict("JSON Feed schema"), SCHEMAS / "jsonfeed" / "schema-v1.1.json"
    if not schema.is_file():
        verdict.skipped = "skipped: ../shared/schemas has no schema of JSON Feed"
        return verdict
    value = json.loads(schema.read_bytes())
    validator = validator_for(value)(value)
    for site in sites:
        for file in _feeds(site, "feed.json"):
            verdict.read += 1
            errors = validator.iter_errors(json.loads(file.read_bytes()))
            name = f"{site.name}/{file.relative_to(site.folder)}"
            verdict.wrong += [f"{name}: {error.message[:200]}" for error in errors]
    verdict.result = f"{len(verdict.wrong)} errors"
    return verdict


def _feeds(site: Site, *names: str) -> list[Path]:
    return sorted(file for name in names for file in site.folder.rglob(name))
