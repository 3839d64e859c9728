"""Links and footnotes that readers would not get are found where they are written."""

from __future__ import annotations

import pytest

from editor.checks import DeskFacts, Level, run_checks
from editor.core.brief import Banner
from tests.checks.checking import HOUSE, at, found, story


@pytest.mark.parametrize(
    ("body", "sentence", "words"),
    [
        ("See [about us](/about/).", "The link to “/about/” leads nowhere", "about us"),
        ("See [**a** b](ftp://x.example).", "The link to “ftp://x.example” leads nowhere", "a** b"),
        (
            "[Write](mailto:?attach=/etc/passwd)",
            "The link to “mailto:?attach=/etc/passwd” leads nowhere",
            "Write",
        ),
        (
            "- one\n- [Write](mailto:a@b.example%0d%0aBcc:c@d.example)",
            "The link to “mailto:a@b.example%0d%0aBcc:c@d.example” leads nowhere",
            "Write",
        ),
        ("![A map](map.png)", "A picture in the text does not appear", "A map"),
        *(
            (f"**Ask** {link} now.", "A link is written so that readers get its brackets", link)
            for link in (
                "[us](https://x.example/about us)",
                "[us](tel:+1 555 (123)-45)",
                "[us](www.x.example/a b)",
                "[us]: https://x.example",
            )
        ),
        ("A fact.[^1]", "The footnote [^1] has no text", "[^1]"),
        (
            "A fact.\n\n[^1]: Its source.",
            "Nothing in the text leads to the footnote [^1]",
            "[^1]: Its source.",
        ),
        (
            "A fact.[^1]\n\n[^1]: One.\n\n[^1]: Two.",
            "The footnote [^1] is written twice",
            "[^1]: Two.",
        ),
    ],
)
def test_what_would_vanish_is_found_where_it_is_written(
    body: str, sentence: str, words: str
) -> None:
    subject = story(f"First é.\n\n{body}")
    [finding] = found(subject)
    assert finding.sentence == sentence
    assert at(subject, finding) == words


@pytest.mark.parametrize(
    "body",
    [
        "[a](www.x.example) [b](tel:+1-555-0100) [c](mailto:desk@paper.example) [d](http://x.example)",
        "<https://x.example> <www.x.example> <desk@paper.example>",
        "A fact.[^1] Again.[^1]\n\n[^1]: Its source.",
        "[no link] (at all)",
        "[Smith]: I never said so, see https://x.example. He [Ohio](sic) left [1][2] a[0](1).",
    ],
)
def test_what_readers_get_is_no_finding(body: str) -> None:
    assert found(story(body)) == []


def test_a_link_to_a_story_is_found_when_the_desk_has_none_of_that_slug() -> None:
    subject = story("See [the quay](harbour-opens), [ours](own) and [that](old-name).", slug="own")
    unknown = {"harbour-opens", "own"}
    [finding] = run_checks(subject, Banner(), HOUSE, facts=DeskFacts(unknown_slugs=unknown))
    assert finding.sentence == "No story on this desk has the slug “harbour-opens”"
    assert finding.level is Level.WARNING
    assert at(subject, finding) == "the quay"
    assert found(subject) == []
