"""Equal values have equal bytes; anything typed can be written."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.canonical import Json, canonical_json, content_hash, normal

# Surrogates on purpose: half an emoji is what a careless paste leaves.
any_text = st.text(st.characters(codec=None) | st.characters(categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | any_text,
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


def test_key_order_and_unicode_composition_do_not_matter() -> None:
    one = {"b": "caf\u00e9", "a": ["x\r\ny"]}
    other = {"a": ("x\ny",), "b": "cafe\u0301"}
    assert canonical_json(one) == canonical_json(other) == '{"a":["x\\ny"],"b":"café"}'.encode()
    assert content_hash(one) == content_hash(other)


def test_the_hash_is_sha_256_of_the_bytes() -> None:
    empty_object = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert content_hash({}) == empty_object
