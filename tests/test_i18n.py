"""What is said in the user's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.i18n import _, listed, plural, quoted, size_text, use_language
from tests.catalogues import compile_catalogues


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "1 kB"),
        (870_400, "870 kB"),
        (1_340_000, "1.3 MB"),
        (12_300_000, "12 MB"),
        (1_340_000_000, "1.3 GB"),
    ],
)
def test_size_is_said_in_the_unit_that_fits(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Ferry back on Monday", "“Ferry back on Monday”"),
        ("“It winked at us”: first picture", "“‘It winked at us’: first picture”"),
        ('He said "no"', "“He said 'no'”"),
    ],
)
def test_title_is_quoted_once(title: str, shown: str) -> None:
    assert quoted(title) == shown


@pytest.fixture
def _arabic() -> Iterator[None]:
    compile_catalogues()
    yield
    use_language("en")


@pytest.mark.usefixtures("_arabic")
def test_names_in_an_arabic_sentence_keep_to_themselves() -> None:
    use_language("ar")
    sentence = _("Signed by {name}.")
    assert "{name}" in sentence
    assert sentence.format(name="Mara (AP)") == sentence.replace("{name}", "\u2068Mara (AP)\u2069")
    isolated = "\u2068Mara (AP)\u2069"
    assert sentence.format(name=isolated) == sentence.replace("{name}", isolated), "not twice"
    assert sentence.format(name="مها") == sentence.replace("{name}", "مها")
    use_language("en")
    assert _("Signed by {name}.").format(name="Mara") == "Signed by Mara."


@pytest.mark.usefixtures("_arabic")
def test_quotation_marks_and_commas_are_those_of_the_language() -> None:
    names = (quoted("الميناء"), quoted("الجسر"))
    assert listed(names) == "“الميناء”, “الجسر”"
    use_language("ar")
    assert listed(map(quoted, ("الميناء", "الجسر"))) == "«الميناء»، «الجسر»"
    assert quoted("Fog") == "«\u2068Fog\u2069»"


@pytest.mark.usefixtures("_arabic")
def test_arabic_has_six_forms_and_the_digits_of_its_country() -> None:
    use_language("ar")
    forms = {plural("{n} word", "{n} words", n) for n in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6
    assert "11" in plural("{n} word", "{n} words", 11)
    use_language("ar-EG")
    assert "١١" in plural("{n} word", "{n} words", 11)
    assert size_text(1_340_000).startswith("١٫٣")
    assert "٢٠٢٦-٠٣-٠٣ ١٤:٠٢" in _("Valid until {time}").format(time="2026-03-03 14:02")
