"""The spelling of a whole story: its fields, its body, its languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.dateline import Dateline
from editor.core.paths import text_at
from editor.core.story import Picture, Story
from editor.spelling.dictionary_files import DictionaryFile, find_dictionary
from editor.spelling.speller import Speller, ignoring
from tests.spelling.small_dictionaries import Desk, write_dictionary

BODY = """The **teh** opened. [a linkk](https://teh.example/teh) and `teh` at teh@paper.example.

- itemm one, the mayor’s e-mail, well-knwon

> He sayd “dont” &amp; l&eacute;ft.

    teh code

Text[^1] by @teh, #teh, NATO, 25km.

[^1]: A footnotte.
"""


def test_only_prose_is_read_and_each_word_is_where_it_is_written(desk: Desk) -> None:
    story = Story(language="en-GB", body=BODY)
    found = desk.check(story).misspellings
    words = [BODY[word.start : word.end] for word in found]
    assert words == [
        "teh",
        "linkk",
        "itemm",
        "well-knwon",
        "sayd",
        "dont",
        "l&eacute;ft",
        "footnotte",
    ]
    assert [word.word for word in found if not word.is_plain] == ["léft"]


def test_every_field_that_readers_read_as_prose_is_checked(desk: Desk) -> None:
    story = Story(
        language="en-GB",
        kicker="Transprt",
        headline="Harbour recieves boats",
        standfirst="Boats sail agian.",
        key_points=("First poynt.", "Second."),
        pictures=(Picture(caption="A bote", credit="Bote", alt="Watter"),),
        body="Fine.",
    )
    found = desk.check(story).misspellings
    assert [(word.path, word.word) for word in found] == [
        ("kicker", "Transprt"),
        ("headline", "recieves"),
        ("standfirst", "agian"),
        ("key_points/0", "poynt"),
        ("pictures/0/caption", "bote"),
        ("pictures/0/alt", "Watter"),
    ]
    assert all(text_at(story, word.path)[word.start : word.end] == word.word for word in found)


def test_names_that_the_story_tells_are_right(desk: Desk) -> None:
    story = Story(
        language="en-GB",
        bylines=("Zorvan Quyll",),
        dateline=Dateline(city="Vilnograd", country="Norlandia", agency="Harbrpost"),
        body="Zorvan Quyll’s boat left Vilnograd, Norlandia, Harbrpost said. Zorvan-led. Zorwan.",
    )
    assert desk.words(story) == ["Zorwan"]


def test_names_of_the_desk_and_ones_own_are_right(desk: Desk) -> None:
    story = Story(language="en-GB", body="Kaunass and Blorp, a blorp.")
    assert desk.words(story) == ["Kaunass", "Blorp", "blorp"]
    names = ("Kaunass",)
    assert desk.words(story, names=names) == ["Blorp", "blorp"]
    desk.speller.personal.add("blorp")
    assert desk.words(story, names=names) == []


def test_a_word_that_is_ignored_is_right_in_its_story(desk: Desk) -> None:
    story = Story(language="en-GB", body="A blorp, a glarp.")
    ignored = replace(story, ignored=ignoring(story, "blorp"))
    assert ignored.ignored == ("spelling story: “blorp” – right in this story",)
    assert desk.words(ignored) == ["glarp"]
    assert desk.words(story) == ["blorp", "glarp"]


def test_each_word_is_checked_in_the_language_of_its_script(desk: Desk) -> None:
    arabic = Story(language="ar", body="قال الوزير إن الحُكومة قررت — said recieve. الحكومه")
    assert desk.words(arabic) == ["recieve", "الحكومه"]
    english = Story(language="en-GB", body="He said قال الحكومه recieve.")
    assert desk.words(english) == ["الحكومه", "recieve"]
    french = Story(language="fr", body="Le ministre a dit aujourd’hui : l’été, gouvernment. قال")
    assert desk.words(french) == ["gouvernment"]


def test_british_and_american_words_follow_the_story(desk: Desk) -> None:
    assert desk.words(Story(language="en-US", body="The colour of color.")) == ["colour"]
    assert desk.words(Story(language="en-GB", body="The colour of color.")) == ["color"]
    plain = Story(language="en", body="The colour of color.")
    assert desk.words(plain, house="en-GB") == ["color"]
    assert desk.words(plain, house="en-US") == ["colour"]


def test_english_of_no_region_in_a_paper_of_none_is_british_or_american(desk: Desk) -> None:
    story = Story(language="en", body="The colour of color, the harbour, a harbuor.")
    assert desk.words(story, house="en") == ["harbuor"]
    assert "harbour" in desk.speller.suggest("harbuor", "Latn")


def test_only_what_was_edited_is_looked_at_again(desk: Desk) -> None:
    paragraphs = [f"The board said on Tuesday that {n} boats would sail." for n in range(400)]
    story = Story(language="en-GB", headline="Boats sail", body="\n\n".join(paragraphs))
    desk.check(story)
    examined = desk.speller.examined
    paragraphs[200] = "The board said on Tuesday that xboats would sail."
    found = desk.check(replace(story, body="\n\n".join(paragraphs)))
    assert [word.word for word in found.misspellings] == ["xboats"]
    assert desk.speller.examined - examined == 9, "the words of one paragraph"
    [place] = found.misspellings
    body = found.story.body
    assert body[place.start : place.end] == "xboats"


def test_one_key_asks_the_dictionary_about_one_word(desk: Desk) -> None:
    body = "\n\n".join(f"The board said on Tuesday that {n} boats would sail." for n in range(50))
    desk.check(Story(language="en-GB", body=body))
    before = looked_up(desk.speller)
    desk.check(Story(language="en-GB", body=body + "x"))
    assert looked_up(desk.speller) == before, "what ends in “.x” is an address"
    desk.check(Story(language="en-GB", body=body + " harbr"))
    assert looked_up(desk.speller) == before + 1


def looked_up(speller: Speller) -> int:
    return sum(dictionary.looked_up for dictionary in speller.dictionaries())


def test_a_language_without_dictionary_is_told(desk: Desk) -> None:
    found = desk.check(Story(language="zu", body="Sawubona."))
    assert found.missing == "zu"
    assert found.misspellings == ()
    japanese = desk.check(Story(language="ja", body="日本 recieve"))
    assert (japanese.missing, [word.word for word in japanese.misspellings]) == ("", ["recieve"])


def test_a_broken_dictionary_is_told_and_the_rest_works(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "Paper.desk" / "dictionaries"
    (folder / "ar.dic").write_bytes(b"")
    story = Story(language="ar", body="قال recieve")
    found = desk.check(story)
    assert [word.word for word in found.misspellings] == ["recieve"]
    [problem] = found.problems
    assert "ar is broken" in problem.sentence
    write_dictionary(folder, "ar", "كتاب")
    assert desk.words(story) == ["recieve"]
    desk.speller.unload()
    assert desk.speller.dictionaries() == []
    assert desk.words(story) == ["قال", "recieve"]


def test_suggestions_are_few_and_typographic(desk: Desk) -> None:
    desk.check(Story(language="en-GB", body="dont recieve wether"))
    assert "don’t" in desk.speller.suggest("dont", "Latn")
    assert "receive" in desk.speller.suggest("recieve", "Latn")
    assert len(desk.speller.suggest("wether", "Latn")) <= 7
    assert desk.speller.suggest("слово", "Cyrl") == []


@pytest.mark.skipif(
    find_dictionary("ar", [Path("/usr/share/hunspell")]) is None, reason="no Arabic of the system"
)
def test_the_systems_arabic_is_used(tmp_path: Path) -> None:
    speller = Speller(None, tmp_path / "my-words.txt")
    desk = Desk(speller)
    story = Story(language="ar", body="قال الوزير إن الحُكومـة قررت. الحكومه")
    assert desk.words(story) == ["الحكومه"]
    assert "الحكومة" in speller.suggest("الحكومه", "Arab")
    assert DictionaryFile(Path("/usr/share/hunspell"), "ar") in {
        dictionary.file for dictionary in speller.dictionaries()
    }
    speller.close()
