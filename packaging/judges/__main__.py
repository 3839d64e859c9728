"""What outside tools say of an export, for `packaging/dev.py judges`: a table, and what is wrong.

    python packaging/judges                        make the judges' edition, and judge it
    python packaging/judges FOLDER                 judge a site that was exported
    python packaging/judges --only axe links       ask some judges only

The edition has 300 stories in English and Arabic, in every shipped theme. The judges are
pinned in package-lock.json and installed into build/. Java, Node and Chromium must be there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from clients import judge_typescript
from exports import Site, make_exports, missing_kinds
from feeds import judge_atom, judge_feeds, judge_json_feeds
from links import judge_links
from markup import judge_description, judge_markup, judge_schemas
from pages import judge_access, judge_quality, judge_requests, judge_structured_data
from tools import Verdict, install, missing_tools

_LINES_SHOWN = 40
SITE_JUDGES: dict[str, Callable[[Sequence[Site]], Verdict]] = {
    "html": partial(judge_markup, kind="html"),
    "css": partial(judge_markup, kind="css"),
    "links": judge_links,
    "feeds": judge_feeds,
    "atom": judge_atom,
    "json-feed": judge_json_feeds,
    "data": judge_structured_data,
    "requests": judge_requests,
    "axe": judge_access,
    "lighthouse": judge_quality,
}
API_JUDGES: dict[str, Callable[[Path], Verdict]] = {
    "openapi": judge_description,
    "schemas": judge_schemas,
    "typescript": judge_typescript,
}


def main(arguments: Sequence[str]) -> int:
    """Run the judges, print what is wrong and a table; return 0 when nothing is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", nargs="+", choices=[*SITE_JUDGES, *API_JUDGES], default=[])
    options = parser.parse_args(arguments)
    if missing := missing_tools():
        print(f"The judges need {', '.join(missing)}.")
        print("On Debian: apt install default-jre nodejs npm chromium")
        return 1
    install()
    api: Path | None = None
    if options.folder:
        sites = [Site(options.folder.name, options.folder.resolve())]
    else:
        sites, api = make_exports()
    verdicts = []
    for name, judge in SITE_JUDGES.items():
        if not options.only or name in options.only:
            verdicts.append(told(judge(sites)))
    for name, judge_api in API_JUDGES.items():
        if api and (not options.only or name in options.only):
            verdicts.append(told(judge_api(api)))
    if api:
        kinds = missing_kinds(sites)
        verdicts.append(told(Verdict("Kinds of pages", sum(len(s.pages) for s in sites), kinds)))
    print(f"\n{table(verdicts)}")
    return 1 if any(verdict.has_failed for verdict in verdicts) else 0


def told(verdict: Verdict) -> Verdict:
    """Print what is wrong, and return it."""
    print(f"\n{verdict.judge}: {verdict.result}{verdict.skipped}", flush=True)
    for line in verdict.wrong[:_LINES_SHOWN]:
        print(f"  {line}")
    if (more := len(verdict.wrong) - _LINES_SHOWN) > 0:
        print(f"  … and {more} more", flush=True)
    return verdict


def table(verdicts: Sequence[Verdict]) -> str:
    """Return one line for each judge: what it read, and what came of it."""
    lines = [f"{'judge':<24}{'pages':>7}  result"]
    for verdict in verdicts:
        result = verdict.skipped or verdict.result or f"{len(verdict.wrong)} missing"
        mark = "FAILED " if verdict.has_failed else ""
        lines.append(f"{verdict.judge:<24}{verdict.read:>7}  {mark}{result}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
