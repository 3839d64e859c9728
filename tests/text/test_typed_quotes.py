"""Quotation marks, apostrophes and primes as they are typed, language by language."""

from __future__ import annotations

import pytest

from editor.text.typing_place import TypingPlace
from editor.text.typography import change_typed
from tests.text.typist import written

W = "\u00a0"
"""The space inside « » in French."""


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", '"Yes," she said.', "“Yes,” she said."),
        ("en", "\"He said 'no' to me.\"", "“He said ‘no’ to me.”"),
        ("en", 'He typed ""', "He typed “”"),
        ("en", "He typed '' twice", "He typed ‘’ twice"),
        ("de", 'Er schrieb "" hin', "Er schrieb „“ hin"),
        ("fr", '""Non" est court"', f"«{W}“Non” est court{W}»"),
        ("en", "'He said \"no\" to me.'", "‘He said “no” to me.’"),
        ("en", '("Yes")', "(“Yes”)"),
        ("en", '**"Yes"** and *"no"*', "**“Yes”** and *“no”*"),
        ("en", '"I was--"', "“I was—”"),
        ("en", 'he--"no"', "he—“no”"),
        ("en-GB", '"Yes" -- so', "“Yes” – so"),
        ("en", '"One\n\n"two"', "“One\n\n“two”"),
        ("de", "\"Er sagte 'nein' dazu.\"", "„Er sagte ‚nein‘ dazu.“"),
        ("de", "\"'Ja', sagte er\"", "„‚Ja‘, sagte er“"),
        ("de-CH", "\"Er sagte 'nein'\"", "«Er sagte ‹nein›»"),
        ("fr", '"Bonjour"', f"«{W}Bonjour{W}»"),
        ("fr", '"Il dit "non" encore"', f"«{W}Il dit “non” encore{W}»"),
        ("fr-CH", "\"Il dit 'non' encore\"", "«Il dit ‹non› encore»"),
        ("fr-CA", '"Bonjour"', f"«{W}Bonjour{W}»"),
        ("ar", 'قال "نعم"', "قال «نعم»"),
        ("ar", '"قال "نعم" لنا"', "«قال “نعم” لنا»"),
        ("es", '"Dijo "no" ayer"', "«Dijo “no” ayer»"),
        ("it", '"Ha detto "no" ieri"', "«Ha detto “no” ieri»"),
        ("pt", "\"Disse 'sim'\"", "“Disse ‘sim’”"),
        ("pt-PT", '"Disse "sim" ontem"', "«Disse “sim” ontem»"),
        ("pl", '"Ala "ma" kota"', "„Ala «ma» kota”"),
        ("ro", '"A zis "da" azi"', "„A zis «da» azi”"),
        ("hu", '"Azt "mondta" ma"', "„Azt »mondta« ma”"),
        ("sv", '"Han sade"', "”Han sade”"),
        ("sv", "\"Han sade 'nej' till\"", "”Han sade ’nej’ till”"),
        ("fi", '"Kyllä", hän sanoi', "”Kyllä”, hän sanoi"),
        ("nb", '"Ja", sa han', "«Ja», sa han"),
        ("ru", '"Он "сказал" так"', "«Он „сказал“ так»"),
        ("uk", '"Так"', "«Так»"),
        ("el", '"Ναι"', "«Ναι»"),
        ("nl", "\"Ja\" en 'nee'", "“Ja” en ‘nee’"),
        ("tr", '"Evet"', "“Evet”"),
        ("id", '"Ya"', "“Ya”"),
        ("hi", '"हाँ"', "“हाँ”"),
        ("ko", '"네"', "“네”"),
        ("fa", 'گفت "بله"', "گفت «بله»"),
        ("ur", '"ہاں"', "“ہاں”"),
    ],
)
def test_quotation_marks(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "don't", "don’t"),
        ("en", "the dogs' bowls", "the dogs’ bowls"),
        ("en", "the '90s were", "the ’90s were"),
        ("en", "the '90s, then", "the ’90s, then"),
        ("en", "in '68 we", "in ’68 we"),
        ("en", "'68 people came", "‘68 people came"),
        ("en", "rock 'n' roll", "rock ’n’ roll"),
        ("en", "'tis so", "’tis so"),
        ("en", "'Twas so", "’Twas so"),
        ("en", "'tissue paper'", "‘tissue paper’"),
        ("en", "the 1990's", "the 1990’s"),
        ("en", "she wears 8's now", "she wears 8’s now"),
        ("de", '"Ich hab\'s"', "„Ich hab’s“"),
        ("de", "'Ich hab's'", "‚Ich hab’s‘"),
        ("de", "so 'ne Sache", "so ’ne Sache"),
        ("nl", "'s avonds", "’s avonds"),
        ("it", "un po' di", "un po’ di"),
        ("it", "gli anni '90 sono", "gli anni ’90 sono"),
        ("fr", "l'eau d'Aix", "l’eau d’Aix"),
        ("uk", "пам'ять", "пам’ять"),
        ("tr", "İzmir'de", "İzmir’de"),
        ("sv", "'90-talet", "’90-talet"),
    ],
)
def test_apostrophes(language: str, typed: str, expected: str) -> None:
    assert written(typed, language) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("6' 2\" tall", "6′ 2″ tall"),
        ("6'2\"", "6′2″"),
        ('a 24" screen', "a 24″ screen"),
        ('"Route 66" was', "“Route 66” was"),
        ('"he is 6\' 2" tall"', "“he is 6′ 2″ tall”"),
        ("'in 1990' he", "‘in 1990’ he"),
    ],
)
def test_primes_follow_digits(typed: str, expected: str) -> None:
    assert written(typed) == expected


def test_an_apostrophe_before_a_year_that_is_there_already() -> None:
    assert written("the '", after="90s were") == "the ’"
    assert written("the '", after="nineties'") == "the ‘"


def test_a_quotation_that_was_opened_straight_is_closed_straight() -> None:
    assert change_typed(TypingPlace('"Yes', "", "en"), '"') is None
    assert change_typed(TypingPlace('"Yes" “No', "", "en"), '"') == (9, 10, "”")
