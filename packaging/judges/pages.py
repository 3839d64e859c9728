"""Judges of pages in Chromium: axe, Lighthouse, what is asked of others, structured data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from exports import Site
from server import serving
from tools import BUILD, Verdict, node

_WORDS = {"ar": "القوارب"}
_LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_RUNS = 3
_MEASURED = ("home-page", "section-page", "story-page", "search-page")
_STORY_SCHEMAS = ["jsonld:NewsArticle", "jsonld:BreadcrumbList"]
_HOME_SCHEMAS = ["jsonld:WebSite", "jsonld:NewsMediaOrganization"]
_PICTURE = "NewsArticle: NewsArticle[0].image"
_WITH_PICTURE = re.compile(r'<figure class="picture[^"]*">\n<picture>')
_NOT_INDEXED = ("not-found-page", "withdrawn-page")


def judge_access(sites: Sequence[Site]) -> Verdict:
    """Run axe on every kind of page: light and dark, 390 and 1280 pixels, both directions."""
    verdict, counts = Verdict("axe"), Counter[str]()
    for site in sites:
        faults: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        task = {"url": site.url, "pages": [_as_read(path) for path in site.shown()]}
        for found in _in_browser("axe.mjs", site, task):
            if found["kind"] == "done":
                verdict.read += 1
                continue
            counts[found["kind"]] += 1
            place = f"{found['path']} {found['width']} {found['scheme']}"
            what = (found["kind"], found["rule"], found["html"], "; ".join(found["why"]))
            faults[what].append(place)
        for (kind, rule, html, why), places in faults.items():
            where = f"{places[0]} and {len(places) - 1} more" if places[1:] else places[0]
            verdict.wrong.append(f"{site.name}/{where}: {kind}: {rule}: {html}: {why}")
    violations, incomplete = counts["violations"], counts["incomplete"]
    verdict.result = f"{violations} violations, {incomplete} incomplete"
    return verdict


def _as_read(path: str) -> dict[str, str]:
    """A page as its readers have it: the search with results."""
    if path.rpartition("/")[2] != "search.html":
        return {"path": path}
    word = _WORDS.get(path.partition("/")[0], "boats")
    return {"path": path, "query": f"?q={word}", "waitFor": "#search-results li"}


def judge_requests(sites: Sequence[Site]) -> Verdict:
    """Open every page from a server and as a file, with scripts and without."""
    verdict, counts = Verdict("Requests elsewhere"), Counter[str]()
    for site in sites:
        files = f"{site.folder.resolve().as_uri()}/"
        task = {"own": [site.url, files], "pages": list(site.pages)}
        for base in (site.url, files):
            shown = list(site.pages) if base == site.url else site.shown()
            if base == files:  # at any depth of any server, so its addresses are whole
                shown = [path for path in shown if site.kind(path) != "not-found-page"]
            for found in _in_browser("requests.mjs", site, task | {"base": base, "pages": shown}):
                counts[found["kind"]] += 1
                if found["kind"] in ("stranger", "complaint"):
                    scripts = "with scripts" if found["scripts"] else "without scripts"
                    place = f"{site.name}/{found['path']} {scripts}"
                    verdict.wrong.append(f"{place}: {found['kind']}: {found['text'][:300]}")
    verdict.read = counts["page"]
    verdict.result = (
        f"{counts['stranger']} of {counts['own'] + counts['stranger']:,} requests, "
        f"{counts['complaint']} complaints of the browser"
    )
    return verdict


def judge_quality(sites: Sequence[Site]) -> Verdict:
    """Run Lighthouse on home, section, story and search in the paper's own language.

    The median of three runs counts.
    """
    verdict = Verdict("Lighthouse")
    lowest, slowdowns = Counter[str](), list[float]()
    for site in sites:
        own = site.language("index.html")
        pages = [
            max(
                (path for path in site.pages if site.is_a(path, kind, own)),
                key=lambda path: len(site.pages[path]),
            )
            for kind in _MEASURED
        ]
        # A front page is read at the address that it says it has.
        pages = [path.removesuffix("index.html") for path in pages]
        runs: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for found in _in_browser("lighthouse.mjs", site, {"pages": pages, "runs": _RUNS}):
            runs[found["path"]].append(found)
            slowdowns.append(found["slowdown"])
        for path, of_page in runs.items():
            verdict.read += 1
            for name, least in _LEAST.items():
                score = int(median(run["scores"][name] for run in of_page))
                lowest[name] = min(score, lowest.get(name, 100))
                if score < least:
                    why = sorted({line for run in of_page for line in run["failed"]})
                    reasons = "; ".join(line for line in why if line.startswith(name))
                    verdict.wrong.append(f"{site.name}/{path}: {name} {score}: {reasons}")
    scores = ", ".join(f"{name} {score}" for name, score in lowest.items())
    verdict.result = f"{scores} (processor slowed by {median(slowdowns):.1f})"
    return verdict


def judge_structured_data(sites: Sequence[Site]) -> Verdict:
    """Read the structured data of every page that search engines are told of."""
    verdict, passed, warnings = Verdict("Structured data"), 0, Counter[str]()
    for site in sites:
        pages: list[dict[str, Any]] = [
            {"path": path, "schemas": _STORY_SCHEMAS if site.kind(path) == "story-page" else []}
            for path in site.pages
            if site.kind(path) not in _NOT_INDEXED and path != "index.html"
        ]
        pages.append({"path": "index.html", "schemas": _HOME_SCHEMAS})
        for found in node("structured.mjs", {"folder": str(site.folder), "pages": pages}):
            verdict.read += 1
            passed += found["passed"]
            warnings.update(found["warnings"])
            wrong = found["failed"]
            if not _WITH_PICTURE.search(site.pages[found["path"]]):
                # Google asks for pictures of what a story is about, and for no logo instead.
                wrong = [test for test in wrong if test != _PICTURE]
            verdict.wrong += [f"{site.name}/{found['path']}: {test}" for test in wrong]
    share = 100 * passed / max(1, passed + len(verdict.wrong))
    verdict.result = f"{share:.4g} % of {passed + len(verdict.wrong):,} tests"
    if warnings:
        verdict.result += f"; warnings: {', '.join(sorted(warnings))}"
    return verdict


def _in_browser(script: str, site: Site, task: dict[str, Any]) -> list[dict[str, Any]]:
    with serving(site.folder, site.host, BUILD) as port:
        return node(script, {"url": site.url, "host": site.host, "port": port, **task})
