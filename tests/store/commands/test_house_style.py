"""The house style is saved by editors alone, and counts only as one of them signed it."""

from __future__ import annotations

import pytest

from editor.core.commands import SaveHouseStyle
from editor.core.findings import Level
from editor.core.house_style import HouseStyle
from editor.errors import BadValue, NotAllowed, Stale
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, change_database, refused

EMPTY = HouseStyle().hash
STYLE = HouseStyle(levels=(("length", Level.OFF),), words=("Akwasi",))
OTHER = HouseStyle(levels=(("minimum", Level.OFF),))


@pytest.fixture
def style(desk: Desk) -> HouseStyle:
    assert desk.do(SaveHouseStyle(STYLE, EMPTY), TOM).touched == (("house style", ""),)
    return STYLE


def test_desk_without_a_style_has_the_plain_one_and_no_doubt(desk: Desk) -> None:
    state = reading(desk).house_style_state()
    assert (state.style, state.approval, state.doubt) == (HouseStyle(), None, "")


def test_style_counts_as_an_editor_signed_it(desk: Desk, style: HouseStyle) -> None:
    state = reading(desk).house_style_state()
    assert state.style == style
    assert state.approval is not None
    assert (state.approval.by, state.approval.hash, state.doubt) == (TOM, style.hash, "")
    assert reading(desk).verify_audit().reason == ""


def test_journalist_may_not_change_the_style(desk: Desk, style: HouseStyle) -> None:
    refused(desk, SaveHouseStyle(OTHER, style.hash), LINA, NotAllowed)
    assert reading(desk).house_style_state().style == style
    desk.do(SaveHouseStyle(OTHER, style.hash), MARA)
    assert reading(desk).house_style_state().style == OTHER


def test_style_saved_by_another_is_not_overwritten(desk: Desk, style: HouseStyle) -> None:
    refused(desk, SaveHouseStyle(OTHER, EMPTY), MARA, Stale)
    assert not desk.do(SaveHouseStyle(style, "whatever"), MARA).touched
    assert reading(desk).house_style_state().style == style


def test_style_that_is_too_large_is_refused(desk: Desk) -> None:
    refused(desk, SaveHouseStyle(HouseStyle(words=("x" * 81,)), EMPTY), TOM, BadValue)


@pytest.mark.parametrize("content", [OTHER.canonical().decode(), "[]", "{", '{"levels":{"a":"b"}}'])
@pytest.mark.parametrize("with_hash", [True, False])
def test_style_changed_outside_counts_as_none(
    desk: Desk, style: HouseStyle, content: str, with_hash: bool
) -> None:
    if with_hash:
        change_database(
            desk,
            "UPDATE papers SET content = ?, hash = ? WHERE kind = 'house style'",
            content,
            OTHER.hash,
        )
    else:
        change_database(desk, "UPDATE papers SET content = ? WHERE kind = 'house style'", content)
    state = reading(desk).house_style_state()
    assert state.style == HouseStyle()
    assert state.doubt
    assert "house style" in reading(desk).verify_audit().reason.lower()
    desk.do(SaveHouseStyle(STYLE, state.saved.hash), TOM)
    assert reading(desk).house_style_state().style == STYLE
