"""What one run of all checks costs, by the length of the body.

    python tests/bench/bench_checks.py

The body is ordinary copy with quotations, links, code and amounts, parsed
already, as in the window; headline, key points and caption quote from it. The
aim is 15 ms per 1,000 words.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from editor.checks import run_checks
from editor.core.brief import Banner, Brief
from editor.core.house import House
from editor.core.story import Picture, Story
from editor.text.parse import parse

SIZES = (200, 1_000, 10_000, 100_000)
AIM_MS = 15.0
"""Milliseconds per 1,000 words."""

_PARAGRAPH = (
    "The harbour board’s chair said on day {} that “two boats (of six) would sail again” from "
    "*next week*, after a winter of repairs at the [old pier](old-pier) that cost $27bn, or "
    "£3.4bn more than `planned`. It's 'late', she said.\n\n"
)
_BANNER = Banner(tuple(Brief(title=f"Yard wins ${n}bn order", summary="It said.") for n in "12345"))


def story(words: int) -> Story:
    """A story whose body has about so many words."""
    count = max(1, round(words / len(_PARAGRAPH.split())))
    body = "".join(_PARAGRAPH.format(number) for number in range(count))
    return Story(
        headline="“Two boats would sail again”, board says",
        key_points=("“Two boats (of six) would sail again”", "It cost $27bn"),
        body=body,
        pictures=(Picture(file="a.jpg", caption="“Two boats”", credit="AP", alt="A pier"),),
    )


def measure(subject: Story, rounds: int) -> float:
    """The median of several runs, in milliseconds."""
    document = parse(subject.body)
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        run_checks(subject, _BANNER, House("Harbour Post"), document)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print a table: words, milliseconds a run, milliseconds per 1,000 words."""
    print(f"{'words':>8} {'ms':>9} {'ms per 1,000':>13}   aim {AIM_MS:.0f}")
    for words in SIZES:
        each = measure(story(words), 21 if words <= 10_000 else 5)
        per_thousand = each * 1000 / words
        print(f"{words:>8,} {each:>9.2f} {per_thousand:>13.2f}   {_verdict(per_thousand)}")


def _verdict(per_thousand: float) -> str:
    return "ok" if per_thousand <= AIM_MS else "slow"


if __name__ == "__main__":
    main()
