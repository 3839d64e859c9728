"""What a body is printed as, and where each of its letters is written."""

from __future__ import annotations

from editor.galley.passages import GalleyLook, body_passages, line_passage
from editor.text.parse import parse

BODY = """The **boat** \\*came\\* in.[^1]

> Deep *enough*

- First
- Second

3. Three

| Boat | Length |
|---|---|
| Ada | 40 m |

---

    fixed

## Next

[^1]: In a letter."""


def test_blocks_are_passages_in_the_order_of_reading() -> None:
    found = [(made.kind, made.lead, made.text) for made in body_passages(parse(BODY))]
    assert found == [
        ("paragraph", "", "The boat *came* in.1"),
        ("quote", "", "Deep enough"),
        ("item", "•", "First"),
        ("item", "•", "Second"),
        ("item", "3.", "Three"),
        ("table", "", ""),
        ("rule", "", "* * *"),
        ("code", "", "fixed"),
        ("crosshead", "", "Next"),
        ("footnote", "1", "In a letter."),
    ]


def test_every_letter_knows_its_place_in_the_body() -> None:
    seen = 0
    for passage in body_passages(parse(BODY)):
        for stretch in passage.all_stretches():
            if stretch.places and GalleyLook.RAISED not in stretch.look:
                assert "".join(BODY[place] for place in stretch.places) in (
                    stretch.text,
                    stretch.text.replace("*", "\\"),  # an escape has one place for both letters
                )
                seen += 1
    assert seen >= 12


def test_emphasis_is_a_look_of_its_words() -> None:
    first, *_others = body_passages(parse("A **bold *both*** end"))
    looks = [(stretch.text, stretch.look) for stretch in first.stretches]
    assert looks == [
        ("A ", GalleyLook.PLAIN),
        ("bold ", GalleyLook.BOLD),
        ("both", GalleyLook.BOLD | GalleyLook.ITALIC),
        (" end", GalleyLook.PLAIN),
    ]


def test_list_in_a_list_is_moved_in_further() -> None:
    levels = [made.level for made in body_passages(parse("- One\n    - Two"))]
    assert levels == [1, 2]


def test_empty_body_has_no_passages() -> None:
    assert body_passages(parse("")) == ()


def test_line_has_the_places_of_its_letters() -> None:
    passage = line_passage("headline", "Boats", GalleyLook.BOLD)
    assert passage.text == "Boats"
    assert passage.stretches[0].places == (0, 1, 2, 3, 4)
