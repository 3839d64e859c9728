"""Links lead to the web, to a mailbox, to a telephone or to a story; nowhere else."""

from __future__ import annotations

import pytest

from editor.text.html import to_html
from editor.text.links import safe_href
from editor.text.nodes import DeadLink, leaves, runs
from editor.text.parse import parse


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("www.x.example", "https://www.x.example"),
        ("WWW.x.example/a?b=c#d", "https://www.x.example/a?b=c#d"),
        ("http://x.example", "http://x.example"),
        ("https://x.example:8443/", "https://x.example:8443/"),
        ("tel:+15550100", "tel:+15550100"),
        ("tel:+1-555-01-00", "tel:+1-555-01-00"),
        ("tel:+1 (555) 01 00", "tel:+1(555)0100"),
        ("TEL:112", "tel:112"),
        ("mailto:o'brien@paper.example", "mailto:o'brien@paper.example"),
        ("mailto:desk@paper.example?subject=Quay", "mailto:desk@paper.example?subject=Quay"),
        (
            "mailto:desk@paper.example?subject=a&body=one%0D%0Atwo",
            "mailto:desk@paper.example?subject=a&body=one%0D%0Atwo",
        ),
        ("harbour-opens", "harbour-opens"),
    ],
)
def test_addresses_that_a_link_may_have(written: str, href: str) -> None:
    assert safe_href(written) == href
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "written",
    [
        "/about/",
        "about/us",
        "#top",
        "mailto:",
        "mailto:?attach=/etc/passwd",
        "mailto:desk@paper.example?attach=/etc/passwd",
        "mailto:desk@paper.example?subject=a&Bcc=other@paper.example",
        "mailto:desk@paper.example?subject=a%0d%0aBcc:other@paper.example",
        "mailto:desk%0d%0aBcc@paper.example",
        "mailto:desk@paper.example?body=a%00",
        "tel:",
        "tel:CALL-ME",
        "tel:+1555;phone-context=evil.example",
        "https://x.example:99999/",
        "https://name:secret@x.example/",
        "ftp://x.example/",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_no_link_may_have(written: str) -> None:
    assert safe_href(written) is None


def test_a_link_that_leads_nowhere_keeps_its_words_and_what_was_meant() -> None:
    document = parse("See [about us](/about/) and ![a map](map.png).")
    found = [
        node
        for leaf, inside in leaves(next(runs(document.blocks[0])))
        for node in inside
        if isinstance(node, DeadLink)
    ]
    assert [(link.address, link.is_picture) for link in found] == [
        ("/about/", False),
        ("map.png", True),
    ]
    assert to_html(document) == "<p>See about us and a map.</p>"
