"""What changed in one file: words for readers, lines of its source, and never too much of it."""

from __future__ import annotations

import random

from editor.core.diff import Passage
from editor.formats.page_changes import file_changes
from editor.formats.replaced_texts import ReplacedText


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!doctype html>\n<html>\n<head>\n<title>Ferry</title>\n{head}</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def side(passages: tuple[Passage, ...], kind: str) -> str:
    """What the passages say on one side: without what the other has."""
    return "|".join(
        "".join(span.text for span in passage.spans if span.kind in ("same", kind))
        for passage in passages
        if any(span.kind in ("same", kind) for span in passage.spans)
    )


def test_bytes_that_are_no_text_are_compared_all_the_same() -> None:
    found = file_changes("a.html", ReplacedText(b"\xff\xfe<p>one", b"<p"))
    assert found.lines
    assert file_changes("a.html", ReplacedText(b"", b"")).lines == ()


def test_words_are_what_readers_see() -> None:
    before = page('<p>The <a href="a">ferry</a>\nis late &amp; full.</p><img alt="A quay">')
    after = page(
        '<p>The <a href="a">ferry</a>\nis early &amp; full.</p><img alt="A pier">'
        '<script>var hidden = "x"</script><svg><title>Icon</title></svg>'
    )
    words = file_changes("a.html", ReplacedText(before, after)).words
    assert side(words, "removed") == "Ferry|The ferry is late & full.|[A quay]"
    assert side(words, "added") == "Ferry|The ferry is early & full.|[A pier]"


def test_words_that_only_a_style_sheet_puts_apart_are_apart() -> None:
    before, after = (page(f"<p><b>By</b><a>Nora</a><time>{n} May</time></p>") for n in (1, 2))
    words = file_changes("a.html", ReplacedText(before, after)).words
    assert side(words, "added") == "Ferry|By Nora 2 May"


def test_change_that_readers_do_not_see_is_only_in_the_source() -> None:
    text = ReplacedText(
        page("<p>Same.</p>", '<meta a="1">\n'), page("<p>Same.</p>", '<meta a="2">\n')
    )
    found = file_changes("a.html", text)
    assert found.words == ()
    assert '<meta a="2">' in side(found.lines, "added")


def test_what_is_no_page_has_lines_only() -> None:
    found = file_changes("feed.xml", ReplacedText(b"<a>\none\n", b"<a>\ntwo\n"))
    assert found.words == ()
    assert side(found.lines, "added") == "<a>|two"


def test_only_a_few_lines_around_a_change_are_shown() -> None:
    lines = [f"line {number}" for number in range(30)]
    after = [*lines[:20], "another", *lines[21:]]
    found = file_changes(
        "a.txt", ReplacedText("\n".join(lines).encode(), "\n".join(after).encode())
    )
    assert side(found.lines, "added") == (
        "⋯ 18 lines as before|line 18|line 19|another|line 21|line 22|⋯ 7 lines as before"
    )
    assert [passage.before for passage in found.lines][::6] == [None, None]


def test_line_that_moved_was_removed_and_added() -> None:
    before = "head\none ferry\ntwo boats\nthree quays\ntail\n"
    after = "head\nthree quays\ntwo boats\none ferry\ntail\n"
    found = file_changes("a.txt", ReplacedText(before.encode(), after.encode()))
    kinds = {passage.kind for passage in found.lines}
    assert "moved" not in kinds
    assert side(found.lines, "removed") == before.strip().replace("\n", "|")
    assert side(found.lines, "added") == after.strip().replace("\n", "|")


def test_file_of_one_long_line_shows_the_change_and_what_is_beside_it() -> None:
    words = [f"word{number}" for number in range(9000)]
    changed = [*words[:4000], "another", *words[4001:]]
    text = ReplacedText(" ".join(words).encode(), " ".join(changed).encode())
    (line,) = file_changes("a.json", text).lines
    assert [span.kind for span in line.spans] == ["same", "removed", "added", "same"]
    assert "another" in line.spans[2].text
    assert sum(len(span.text) for span in line.spans) < 500


def test_no_more_is_shown_than_somebody_reads() -> None:
    before = "\n".join(f"line {number}" for number in range(3000))
    after = "\n".join(f"row {number} is new" for number in range(3000))
    lines = file_changes("a.txt", ReplacedText(before.encode(), after.encode())).lines
    assert len(lines) == 501
    assert lines[-1].spans[0].text == "⋯ 5500 more changes"


def test_both_sides_are_told_as_they_were_whatever_changed() -> None:
    chance = random.Random(5)
    for _round in range(60):
        before = [chance.choice("abcdef") * 3 + str(chance.randrange(4)) for _line in range(6)]
        after = [line for line in before if chance.random() > 0.2]
        chance.shuffle(after)
        after.insert(chance.randrange(len(after) + 1), "new words here")
        text = ReplacedText("\n".join(before).encode(), "\n".join(after).encode())
        lines = file_changes("a.txt", text).lines
        if any(p.before is None and p.after is None for p in lines):
            continue
        assert side(lines, "removed") == "|".join(before)
        assert side(lines, "added") == "|".join(after)
