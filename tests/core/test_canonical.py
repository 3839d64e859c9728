"""Equal values have equal bytes; anything typed can be written."""

from __future__ import annotations

import json
import struct
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from editor.core.brief import Brief
from editor.core.canonical import Json, canonical_json, content_hash, normal
from editor.core.story import Picture, Story

# Surrogates on purpose: half an emoji is what a careless paste leaves.
any_text = st.text(st.characters(codec=None) | st.characters(categories=["Cs"]))
safe_integers = st.integers(-(2**53) + 1, 2**53 - 1)
# Every double: those that hypothesis likes, and those of any 64 bits.
doubles = st.floats(allow_nan=False, allow_infinity=False) | st.binary(min_size=8, max_size=8).map(
    lambda data: struct.unpack(">d", data)[0]
).filter(lambda value: abs(value) < float("inf"))
json_values = st.recursive(
    st.none() | st.booleans() | safe_integers | doubles | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
    max_leaves=20,
)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_nan_and_infinities_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(value)


@given(any_text)
def test_normal_text_is_utf_8_in_nfc_with_lf_line_ends(text: str) -> None:
    written = normal(text)
    written.encode("utf-8")
    assert unicodedata.is_normalized("NFC", written)
    assert "\r" not in written
    assert "\0" not in written
    assert normal(written) == written


@given(json_values)
def test_canonical_json_reads_back_to_the_same_bytes(value: Json) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(json_values)
def test_bytes_are_those_of_another_implementation(value: Json) -> None:
    assert canonical_json(value) == rfc8785.dumps(normalised(value))


@given(doubles)
def test_number_is_read_back_as_the_same_double(value: float) -> None:
    assert float(canonical_json(value)) == value


# From RFC 8785, appendix B: the bits of a double, and how ECMAScript writes it.
@pytest.mark.parametrize(
    ("bits", "written"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_number_is_written_as_ecmascript_does(bits: str, written: str) -> None:
    [value] = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(value) == written.encode()


@pytest.mark.parametrize("value", [2**53, -(2**53), 10**20, 1152921504606847000])
def test_large_integer_that_is_written_in_full_is_accepted(value: int) -> None:
    assert canonical_json(value) == canonical_json(float(value)) == str(value).encode()


@pytest.mark.parametrize("value", [2**53 + 1, -(2**53) - 1, 2**60, 10**21, 10**400])
def test_integer_that_is_not_exact_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="not exact"):
        canonical_json({"n": [value]})


@pytest.mark.parametrize("focus", [(1.0, 0.0), (0.0, 1.0), (0.333, 0.667), (0.001, 1e-7)])
def test_story_with_a_focus_point_has_the_bytes_of_another_implementation(
    focus: tuple[float, float],
) -> None:
    story = Story(id="s1", headline="Ferry", pictures=(Picture(file="a.jpg", focus=focus),))
    assert story.canonical() == rfc8785.dumps(story.to_json())
    if focus == (1.0, 0.0):
        assert b'"focus":[1,0]' in story.canonical()


def test_names_are_in_the_order_of_utf_16() -> None:
    # RFC 8785, section 3.2.3: the emoji is before U+FF21, which Python sorts the other way.
    names = ["\u20ac", "\r", "1", "\u0080", "\U0001f600", "\u00f6", "\uff21"]
    written = json.loads(canonical_json(dict.fromkeys(names, 0)))
    assert list(written) == ["\n", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\uff21"]


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": object()})  # type: ignore[dict-item]


def test_key_order_and_unicode_composition_do_not_matter() -> None:
    one = {"b": "caf\u00e9", "a": ["x\r\ny"]}
    other = {"a": ("x\ny",), "b": "cafe\u0301"}
    assert canonical_json(one) == canonical_json(other) == '{"a":["x\\ny"],"b":"café"}'.encode()
    assert content_hash(one) == content_hash(other)


def test_the_hash_is_sha_256_of_the_bytes() -> None:
    empty_object = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert content_hash({}) == empty_object


def normalised(value: Json) -> Json:
    """The value with each of its strings normalised."""
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, dict):
        return {normal(key): normalised(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normalised(item) for item in value]
    return value


@pytest.mark.parametrize("mark", "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
def test_no_other_white_space_is_in_a_story_or_a_brief(mark: str) -> None:
    text = f"one{mark}two"
    story = Story(headline=text, key_points=(text,), body=text, bylines=(text,))
    assert story.headline == story.key_points[0] == story.bylines[0] == "one two"
    assert story.body.split() == ["one", "two"]
    assert Brief(title=text).title == "one two"
    assert mark not in story.body
    assert mark not in story.canonical().decode()


def test_ends_of_lines_of_other_programs_end_lines_and_paragraphs() -> None:
    assert Story(body="a\u2028b\x0bc\x85d\u2029e\x0cf").body == "a\nb\nc\nd\n\ne\n\nf"
