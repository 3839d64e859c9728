"""What is written for XML can be read by XML."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from editor.text.xml import escape, escape_attribute, xml_text

any_text = st.text(st.characters(codec=None) | st.characters(categories=["Cs", "Cc", "Cn"]))


@given(any_text)
def test_any_text_survives_xml(text: str) -> None:
    element = fromstring(
        f"<a b=\"{escape_attribute(text)}\" c='{escape_attribute(text)}'>{escape(text)}</a>"
    )
    dropped = xml_text(text)
    assert element.get("b") == element.get("c") == dropped
    assert (element.text or "") == dropped.replace("\r\n", "\n").replace("\r", "\n")


def test_only_what_xml_forbids_is_dropped() -> None:
    assert xml_text("a\0\x02\x0b\ud800\uffff\U0001fffe\tb\n\u2028é😀") == "a\tb\n\u2028é😀"
