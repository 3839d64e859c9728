"""How many findings agency copy gets, check by check.

    python tests/bench/bench_findings.py           # a table over the 200 Reuters stories
    python tests/bench/bench_findings.py --sample  # every finding of the 30 that were judged

The stories are read as the product imports them. They are not in the repository
(research use only), so the script says so and ends where they are absent.

Judged in November 2026: 30 stories drawn with the seed below, each finding by one
question: would an editor change the text (act), or leave it (wave away)?

    check               findings   act   wave away   of which
    key-points                30    30           0   the page has none
    headline-style            29    29           0   wire headlines in capitals
    dateline-form             28    28           0   cities in capitals, which the fix writes right
    long-sentence              4     1           3   lists of prices; a quotation with its speaker
    first-mention              3     1           2   companies that speak like a person
    stray-spaces               2     2           0
    quotation-in-body          1     1           0
    acronym                    1     0           1   CTS in a table of results
    all                       98    92           6   0.2 waved away a story; the aim is below 1.5

The first three are what every piece of this wire gets. Over all 200 stories the other checks
have 88 findings, 0.44 a story, so the aim is met even if an editor waved away every one of them.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.checks import CHECKS, Finding, run_checks
from editor.core.brief import Banner
from editor.core.house import House
from editor.core.paths import text_at
from editor.core.story import Story
from editor.formats.importers import read_incoming

STORIES = Path(__file__).resolve().parents[3] / "shared" / "wire" / "reuters-1987.jsonl"
SEED, JUDGED = 1987, 30


def stories() -> Iterator[Story]:
    """Yield the stories as the wire reader gives them."""
    for line in STORIES.read_text(encoding="utf-8").splitlines():
        [story] = read_incoming(json.loads(line)["text"].encode(), "wire.txt").stories
        yield story


def check(story: Story) -> tuple[Finding, ...]:
    """Check a story beside an empty banner."""
    return run_checks(story, Banner(), House("Harbour Post"))


def sample(count: int) -> list[int]:
    """Return which stories were judged."""
    return sorted(random.Random(SEED).sample(range(count), JUDGED))


def print_table(found: list[tuple[Finding, ...]]) -> None:
    """Print how many findings each check has, and in how many stories."""
    findings = Counter(finding.check for of_story in found for finding in of_story)
    in_stories = Counter(name for of_story in found for name in {f.check for f in of_story})
    print(f"{'check':<24} {'level':<8} {'findings':>8} {'stories':>8} {'a story':>8}")
    for known in CHECKS:
        count = findings[known.id]
        share = count / len(found)
        print(f"{known.id:<24} {known.level:<8} {count:>8} {in_stories[known.id]:>8} {share:>8.2f}")
    total = sum(findings.values())
    print(f"{'all':<24} {'':<8} {total:>8} {'':>8} {total / len(found):>8.2f}")


def print_sample(read: list[Story], found: list[tuple[Finding, ...]]) -> None:
    """Print each finding of the judged stories with the words around its place."""
    for number in sample(len(read)):
        print(f"\n{number}: {read[number].headline}")
        for finding in found[number]:
            place = finding.place
            text = text_at(read[number], place.path)
            around = text[max(place.start - 60, 0) : place.end + 40].replace("\n", " ")
            print(f"  {finding.check} ({finding.level}) {finding.sentence} | {around[:240]}")


def main() -> None:
    """Measure, where the stories are."""
    if not STORIES.exists():
        print(f"{STORIES} is absent: nothing to measure.")
        return
    read = list(stories())
    found = [check(story) for story in read]
    if "--sample" in sys.argv:
        print_sample(read, found)
    else:
        print_table(found)


if __name__ == "__main__":
    main()
