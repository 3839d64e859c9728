"""What is written for what is typed, language by language; and what stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.language_table import LANGUAGES
from editor.text.typing_place import TypingPlace
from editor.text.typography import change_typed
from tests.text.typist import written

N, W = "\u202f", "\u00a0"
"""French's narrow and wide no-break spaces."""

LANGUAGE_TAGS = [*LANGUAGES, "de-CH", "fr-CA", "fr-CH", "fi", "hu", "nb", "el", "pt-PT", "ro", "yi"]


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "one--two", "one—two"),
        ("en", "one -- two", "one — two"),
        ("en", "Oh!--as follows:--this", "Oh!—as follows:—this"),
        ("en-GB", "one -- two", "one – two"),
        ("en", "1914--18", "1914–18"),
        ("de", "eins -- zwei", "eins – zwei"),
        ("es", "uno --dos", "uno --dos"),
        ("ru", "он -- она", "он — она"),
        ("en", "git log --all", "git log --all"),
        ("en", "-- one", "-- one"),
        ("en", "one---two", "one—two"),
        ("en-GB", "one---two", "one—two"),
        ("en", "tar (--all)", "tar (--all)"),
        ("en", "[pier](https://a.example/x)--shut...", "[pier](https://a.example/x)—shut…"),
        ("en", "Back to the '90s", "Back to the ’90s"),
        ("en", "Words\n---\n", "Words\n---\n"),
        ("en", "---\n", "---\n"),
        ("en", "* * *\n\n- - -\n", "* * *\n\n- - -\n"),
        ("en", "a | b\n--- | ---\n", "a | b\n--- | ---\n"),
        ("en", "| a | b |\n|---|:--:|\n", "| a | b |\n|---|:--:|\n"),
        ("en", "words <!-- a note -->", "words <!-- a note -->"),
        ("en", "so...", "so…"),
        ("en", "so....", "so…."),
        ("en", "../.../x", "../.../x"),
        ("ja", 'はい... "ok"', 'はい... "ok"'),
        ("zh", "好-- '是'", "好-- '是'"),
        ("he", 'צה"ל אמר "כן"... ג\'ורג\'', 'צה"ל אמר "כן"… ג\'ורג\''),
    ],
)
def test_dashes_and_dots(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("fr", "Vraiment?", f"Vraiment{N}?"),
        ("fr", "Vraiment ?", f"Vraiment{N}?"),
        ("fr", "Vraiment?!", f"Vraiment{N}?!"),
        ("fr", "oui; non", f"oui{N}; non"),
        ("fr", "Il dit: oui", f"Il dit{W}: oui"),
        ("fr", "Il dit : oui", f"Il dit{W}: oui"),
        ("fr", "La liste:\n", f"La liste{W}:\n"),
        ("fr", "à 12:30 à Paris", "à 12:30 à Paris"),
        ("fr", "https://a.example/x?y=1 non", "https://a.example/x?y=1 non"),
        ("fr", "&nbsp; &#160;", "&nbsp; &#160;"),
        ("fr", "[^1]: une note", "[^1]: une note"),
        ("fr", "**Vraiment**?", f"**Vraiment**{N}?"),
        ("fr", '"Oui"!', f"«{W}Oui{W}»{N}!"),
        ("fr", "« oui »", f"«{W}oui{W}»"),
        ("fr", "[oui](https://a.example/x)!", f"[oui](https://a.example/x){N}!"),
        ("fr", "(?) !", f"(?){N}!"),
        ("fr", "![image](x.jpg)", "![image](x.jpg)"),
        ("fr-CH", "Vraiment? Il dit: oui; non!", "Vraiment? Il dit: oui; non!"),
        ("fr-CA", "Vraiment? Il dit: oui!", f"Vraiment? Il dit{W}: oui!"),
        ("en", "Really? He: yes; no!", "Really? He: yes; no!"),
    ],
)
def test_french_spaces(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("ar", "نعم, لا; هل?", "نعم، لا؛ هل؟"),
        ("ar", 'قال "نعم", ثم', "قال «نعم»، ثم"),
        ("ar", "نعمْ, لا", "نعمْ، لا"),
        ("ar", "[نعم](https://a.example/b,c), لا", "[نعم](https://a.example/b,c)، لا"),
        ("ar", "نعم[^1]; لا", "نعم[^1]؛ لا"),
        ("ar", "في 1,000 بيت", "في 1,000 بيت"),
        ("ar", "في ١,٠٠٠ بيت", "في ١,٠٠٠ بيت"),
        ("ar", "في 2024, قال", "في 2024، قال"),
        ("ar", "في عام 2024? نعم", "في عام 2024؟ نعم"),
        ("ar", "قال Reuters, AFP; why?", "قال Reuters, AFP; why?"),
        ("ar", "1, 2", "1, 2"),
        ("fa", "بله, نه?", "بله، نه؟"),
        ("ur", "ہاں; نہیں", "ہاں؛ نہیں"),
        ("he", "כן, לא? אז;", "כן, לא? אז;"),
        ("en", "نعم, لا?", "نعم, لا?"),
    ],
)
def test_arabic_punctuation(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    "typed",
    [
        '`print("it\'s")...`',
        '``a ` "b"',
        '[words](https://a.example/"x"--y...',
        '[words](https://a.example/x "title")',
        "[words][it's",
        "[^it's",
        "https://a.example/a--b...c",
        "ann@harbour--post.example",
        '<a href="x">',
        "<https://a.example/it's>",
        "\\\" \\' \\...",
        "<!-- it's -->",
    ],
)
def test_code_addresses_and_markup_stay_as_typed(typed: str) -> None:
    assert written(typed) == typed


def test_marks_go_on_after_code_and_addresses() -> None:
    assert written('`x` "y"') == "`x` “y”"
    assert written('[a](b) "y"') == "[a](b) “y”"
    assert written('"www.harbour.example"') == "“www.harbour.example”"


def test_backticks_and_brackets_mean_nothing_outside_of_markdown() -> None:
    assert written('a` "y" \\"', is_markdown=False) == "a` “y” \\”"
    assert written("[^it's <b it's", is_markdown=False) == "[^it’s <b it’s"


@pytest.mark.parametrize("pasted", ["", '"x"', "...", "--"])
def test_only_single_characters_are_typed(pasted: str) -> None:
    assert change_typed(TypingPlace("word", "", "en"), pasted) is None


_KEYS = st.text(
    st.one_of(
        st.sampled_from("\"'-. ,;:?!«»\n*_`()[]<>/&#0129aséنعم😀\u0301"),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)
_EXCHANGED = set("\"'“”„‘’‚«»‹›′″-–—.…,;?،؛؟ \u00a0\u202f")


@given(keys=_KEYS, language=st.sampled_from(LANGUAGE_TAGS))
def test_nothing_but_marks_and_spaces_is_exchanged(keys: str, language: str) -> None:
    kept = [character for character in written(keys, language) if character not in _EXCHANGED]
    assert kept == [character for character in keys if character not in _EXCHANGED]


@given(keys=_KEYS, language=st.sampled_from(LANGUAGE_TAGS), is_markdown=st.booleans())
def test_a_change_is_beside_the_caret_and_changes_something(
    keys: str, language: str, is_markdown: bool
) -> None:
    for at, key in enumerate(keys):
        typed = keys[: at + 1]
        change = change_typed(TypingPlace(keys[:at], keys[at + 1 :], language, is_markdown), key)
        if change is not None:
            assert len(typed) - 12 < change.start <= change.end <= len(typed)
            assert typed[change.start : change.end] != change.text
