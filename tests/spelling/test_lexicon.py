"""Words of one text, and what is remembered of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.spelling.dictionary import EitherDictionary, LoadedDictionary
from editor.spelling.dictionary_files import DictionaryFile
from editor.spelling.known_words import KnownWords
from editor.spelling.lexicon import CheckedWords, Lexicon, code_spans
from editor.text.parse import parse
from tests.spelling.small_dictionaries import loaded, write_dictionary


@pytest.fixture
def dictionary(tmp_path: Path) -> LoadedDictionary:
    folder = write_dictionary(tmp_path, "en", "boat", "master", "harbour", "ship")
    return loaded(LoadedDictionary(DictionaryFile(folder, "en")))


def test_a_word_is_right_by_any_of_its_readings(dictionary: LoadedDictionary) -> None:
    lexicon = Lexicon({"Latn": EitherDictionary((dictionary,))}, (KnownWords(["Vilna"]),))
    text = CheckedWords("Vilna's harbour-master, a Vilna-harbour boat's bote-ship قارب")
    lexicon.learn(text.words)
    assert [word.text for word, _span, _plain in text.wrong(lexicon)] == ["bote-ship"]
    dictionary.close()


def test_what_was_found_is_remembered_for_one_lexicon(dictionary: LoadedDictionary) -> None:
    first, second = Lexicon({"Latn": EitherDictionary((dictionary,))}, ()), Lexicon({}, ())
    text = CheckedWords("a bote")
    first.learn(text.words)
    assert text.wrong(first) is text.wrong(first)
    assert text.is_checked(first)
    assert not text.is_checked(second)
    assert text.wrong(second) == ()
    assert first.is_same({"Latn": EitherDictionary((dictionary,))}, ())
    assert not first.is_same({}, ())
    dictionary.close()


def test_a_place_is_told_by_the_words_beside_it() -> None:
    text = CheckedWords("A bote sank. A bote sailed.")
    botes = [word for word in text.words if word.text == "bote"]
    assert [text.around(word) for word in botes] == ["A bote sank.", "A bote sailed."]


def test_code_of_a_block_is_known() -> None:
    body = "Say `teh` twice.\n\n    teh code\n"
    [paragraph, code] = parse(body).parts
    section = parse(body).placed[0]
    [span] = code_spans(paragraph.block)
    assert section[1].text[span.start : span.end] == "teh"
    assert len(code_spans(code.block)) == 1
