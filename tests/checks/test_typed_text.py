"""What is written as somebody types is nothing that the checks of marks and spaces find."""

from __future__ import annotations

import pytest

from editor.checks import run_checks
from editor.core.brief import Banner
from editor.core.house import House
from editor.core.story import Story
from tests.text.typist import written

ABOUT_MARKS = {"mixed-quotes", "unbalanced-marks", "stray-spaces", "quotation-in-body"}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "She said \"don't\" -- in the '90s, 6' 2\" tall, rock 'n' roll... \"He's 'fine'.\""),
        ("fr", 'Il a dit: "Bonjour! Vraiment?" Oui; non... le "petit "mot" ici" -- l\'eau.'),
        ("fr-CA", '"Bonjour!" Il a dit: oui; non.'),
        ("de", "\"Er sagt 'nein'\", so 'ne Sache -- \"hab's\"."),
        ("de-CH", '"Ja", sagte er. "Sie \'sagt\' es."'),
        ("ar", 'قال "نعم", ثم؟ "قال "لا" لنا", هل?'),
        ("es", '"Hola "tú" eres", dijo.'),
        ("hu", '"Azt "mondta" ma."'),
        ("pl", '"Ala "ma" kota", mówi.'),
        ("ru", '"Он "сказал" так" -- и всё.'),
        ("sv", "\"Han sade 'nej' till\" -- ja."),
        ("nb", '"Ja", sa han.'),
    ],
)
def test_typed_marks_and_spaces_are_no_findings(language: str, typed: str) -> None:
    body = written(typed, language)
    assert body != typed
    found = run_checks(Story(language=language, body=body), Banner(), House("Harbour Post"))
    assert [finding for finding in found if finding.check in ABOUT_MARKS] == []
    straight = Story(language=language, body=f'{body}\n\n"x” y  z')
    found = run_checks(straight, Banner(), House("Harbour Post"))
    assert {finding.check for finding in found} & ABOUT_MARKS
