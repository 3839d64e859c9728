"""Paragraphs and tables of wrapped copy, in time that grows as the text does."""

from __future__ import annotations

import time

from editor.formats.wire.body import group_lines, join_lines
from editor.formats.wire.lines import split_lines
from editor.text.nodes import CodeBlock, Paragraph, Table
from editor.text.parse import parse
from editor.text.plain import plain_text
from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, read_story


def test_thousands_of_short_lines_are_joined_in_linear_time() -> None:
    def cost(count: int) -> float:
        pieces = ["the quay opened at long-" if n % 3 else "last" for n in range(count)]
        started = time.process_time()
        join_lines(pieces)
        return time.process_time() - started

    best = {count: min(cost(count) for _try in range(5)) for count in (20_000, 40_000)}
    assert best[40_000] < 3.5 * best[20_000], best


def test_long_story_of_short_lines_is_one_paragraph() -> None:
    lines = ["The quay opened today and long-", "awaited boats came"] * 4_000
    story = read_story("Harbour opens quay", "", f"SEACLIFF (AP) — {lines[0]}", *lines[1:])
    assert story.body.count("long-awaited boats") == 4_000
    assert "\n" not in story.body


TABLE = (
    "Team          P    W",
    "Seacliff     10    8",
    "Port Sorrel   9    5",
)


def test_table_set_with_spaces_is_a_table() -> None:
    story = read_story(HEADLINE, "", f"SEACLIFF (AP) — {FIRST}", "", *TABLE, "", SECOND)
    first, table, last = parse(story.body).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(table, Table)
    assert plain_text(story.body).split("\n\n")[1:4] == [
        "Team\tP\tW",
        "Seacliff\t10\t8",
        "Port Sorrel\t9\t5",
    ]


def test_table_with_a_gap_in_its_head_and_tabs_keeps_its_columns() -> None:
    rows = ("\tPlayed\tWon", "Seacliff\t10\t8", "Norrby\t\t5")
    (group,) = group_lines(split_lines("\n".join(rows)))
    assert isinstance(group.table, Table)
    assert [len(row) for row in (group.table.head, *group.table.rows)] == [3, 3, 3]
    assert group.table.rows[1][1] == ()


def test_table_whose_columns_are_not_clear_stays_as_it_was_set() -> None:
    rows = (
        "WHEAT   HRW   HRS    SRW   SWW",
        "Chicago     --    3.04 2.98   --",
        "Ill. Track  -- --   3.16",
    )
    (group,) = group_lines(split_lines("\n".join(rows)))
    assert isinstance(group.table, CodeBlock)
    story = read_story(HEADLINE, "", f"SEACLIFF (AP) — {FIRST}", "", *rows, "", SECOND)
    assert rows[1] in plain_text(story.body)


def test_prose_with_a_wide_space_is_no_table() -> None:
    story = read_story(HEADLINE, "", f"SEACLIFF (AP) — {FIRST}", "", f"{SECOND}    Really.", FIRST)
    assert not any(isinstance(block, Table | CodeBlock) for block in parse(story.body).blocks)


def test_thousands_of_spaces_between_two_words_cost_no_more_than_their_number() -> None:
    def cost(count: int) -> float:
        started = time.process_time()
        read_story(HEADLINE, "", f"SEACLIFF (AP) — The{' ' * count}quay opened.")
        return time.process_time() - started

    best = {count: min(cost(count) for _try in range(3)) for count in (40_000, 80_000)}
    assert best[80_000] < 3.5 * best[40_000], best
