"""The window calls sections as its language does; pages call them as the paper does."""

from __future__ import annotations

from editor.core.house import House, Section
from editor.gui.section_names import section_name, section_name_of
from editor.i18n import use_language
from tests.catalogues import compile_catalogues
from tests.proof.test_sandbox import render

WORLD = Section("world", "World", (("ar", "العالم"),))
HOUSE = House("Harbour Post", sections=(WORLD, Section("sport", "Sport")))


def test_sections_are_called_as_the_language_of_the_window_does() -> None:
    compile_catalogues()
    use_language("ar-EG")
    try:
        assert [section_name(section) for section in HOUSE.sections] == ["العالم", "Sport"]
        assert section_name_of(HOUSE, "world") == "العالم"
        assert section_name_of(HOUSE, "gone") == "gone"
        page = render("{{ house.section_title('world') }}", house=HOUSE)
        assert page == "World", "or each person's export would be another"
    finally:
        use_language("en")
    assert section_name_of(HOUSE, "world") == "World"
