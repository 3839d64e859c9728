"""Language tags: which are valid, and which way their script is written."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from langcodes import Language, tag_is_valid

from editor.core.dateline import day_text, read_months
from editor.core.house import House
from editor.core.language_table import LANGUAGES
from editor.core.languages import (
    is_right_to_left,
    language_tag,
    own_name,
    read_name,
    read_script,
)
from editor.core.story import Story
from editor.errors import BadValue
from editor.proof.words import direction

RIGHT = "ar fa he iw ur yi ckb dv ps ku-Arab pa-Arab pa-PK az-Arab syr nqo ks ug ff-Adlm rhg"
LEFT = "en fr ru ja ku pa az ug-Cyrl ks-Deva ar-Latn yi-Latn nonsense"


@pytest.mark.parametrize("tag", RIGHT.split())
def test_script_is_written_from_right_to_left(tag: str) -> None:
    assert is_right_to_left(tag)
    assert Story(language=tag).right_to_left
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", LEFT.split())
def test_script_is_written_from_left_to_right(tag: str) -> None:
    assert not is_right_to_left(tag)
    assert direction(tag) == "ltr"


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "pt-BR", "zh-Hant-TW", "ku-Arab", "sr-Latn", "de-1996", "x-harbour"]
)
def test_tag_stays_as_it_is(tag: str) -> None:
    assert language_tag(tag) == tag
    assert Story(language=tag).language == tag


def test_name_of_a_locale_is_read_as_a_tag() -> None:
    assert House("Post", language=" en_GB ").language == "en-GB"


@pytest.mark.parametrize(
    "text",
    ["", "e", "deutsch", "english", "en--GB", "en-", "xx", "fr<b>", 'en" onload="x', "en\nGB", "٣"],
)
def test_what_is_no_language_never_gets_into_a_page(text: str) -> None:
    for make in (lambda: House("Post", language=text), lambda: Story(language=text or "!")):
        with pytest.raises(BadValue, match="is not a language") as refusal:
            make()
        assert "en, pt-BR" in refusal.value.hint


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_table_has_what_the_libraries_say(tag: str) -> None:
    known = LANGUAGES[tag]
    assert tag_is_valid(tag)
    assert known.name == read_name(tag)
    assert known.script == read_script(tag)
    assert tuple(known.months.split("|")) == read_months(tag)


def test_a_language_beside_the_table_has_its_name_and_months() -> None:
    assert own_name("nl-BE") == "Nederlands (België)"
    assert own_name("tlh-Latn-x-nothing") == "tlh-Latn-x-nothing"
    assert day_text("--03-14", "el") == "14 Μαρ"


def test_script_is_read_by_many_threads_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check reads it beside the window; langcodes then found no likely subtags (RuntimeError)."""
    at_once, most = [0], [0]
    fill = Language.maximize

    def slowly(language: Language) -> Language:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.001)
        at_once[0] -= 1
        return fill(language)

    monkeypatch.setattr(Language, "maximize", slowly)
    tags = [f"{language}-{region}" for language in ("de", "fr", "ar") for region in ("CH", "TN")]
    with ThreadPoolExecutor(4) as pool:
        scripts = list(pool.map(read_script.__wrapped__, tags * 4))
    assert scripts == ["Latn", "Latn", "Latn", "Latn", "Arab", "Arab"] * 4
    assert most == [1]
