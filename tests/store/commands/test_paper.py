"""The paper's facts and style are the chief's to change."""

from __future__ import annotations

from dataclasses import replace

from editor.core.commands import (
    SaveHouse,
)
from editor.core.house import Section
from editor.errors import NotAllowed, Stale
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    refused,
)


def test_only_the_chief_changes_the_house(desk: Desk) -> None:
    house = reading(desk).house()
    changed = replace(house, sections=(Section("docks", "Docks"),))
    for by in (TOM, LINA):
        refused(desk, SaveHouse(changed, house.hash), by, NotAllowed)
    refused(desk, SaveHouse(changed, "other"), MARA, Stale)
    assert desk.do(SaveHouse(changed, house.hash), MARA).touched == (("house", ""),)
    assert reading(desk).house() == changed
