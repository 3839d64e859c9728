"""No attack that is pasted as HTML is more than words afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.formats.html.reader import read_html
from editor.text.html import to_html
from editor.text.nodes import Link, leaves, runs
from editor.text.parse import parse

OWN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p>[x](javascript:alert(1)) ![y](https://a.example/p.gif)</p>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
]


def is_harmless(html: str) -> bool:
    """Whether the page of a paste has no elements or addresses that we do not write."""
    page = read_html(html)
    document = parse(page.markdown)
    links = {
        node.href
        for block in document.blocks
        for run in runs(block)
        for _leaf, inside in leaves(run)
        for node in inside
        if isinstance(node, Link)
    }
    written = to_html(document).lower()
    return all(
        href.startswith(("http:", "https:", "mailto:", "tel:")) for href in links
    ) and not any(
        mark in written for mark in ("<script", "<img", "<svg", "<style", "<iframe", 'href="java')
    )


@pytest.mark.parametrize("html", OWN)
def test_known_tricks_are_words(html: str) -> None:
    assert is_harmless(html)


@pytest.mark.shared
def test_lists_of_attacks_are_words(shared: Path) -> None:
    attacks = shared / "attacks"
    lines = {
        line
        for path in attacks.rglob("*.txt")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if "<" in line
    }
    found = json.loads((attacks / "dompurify/fixtures.json").read_text(encoding="utf-8"))
    lines |= {item["payload"] for item in found}
    assert len(lines) > 500
    assert [line for line in sorted(lines) if not is_harmless(line)] == []
