"""The trends banner is saved, and never overwritten."""

from __future__ import annotations

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    SaveBanner,
)
from editor.errors import Stale
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    refused,
)


def test_banner_changed_by_another_is_not_overwritten(desk: Desk) -> None:
    empty = reading(desk).banner()
    one = Banner((Brief(title="Tides", summary="High."), Brief(title="Fog", summary="Thick.")))
    assert desk.do(SaveBanner(one, empty.hash), LINA).touched == (("banner", ""),)
    refused(desk, SaveBanner(Banner(), empty.hash), MARA, Stale)
    refused(desk, SaveBanner(Banner(), ""), MARA, Stale)
    now = reading(desk).banner()
    assert [brief.title for brief in now.briefs] == ["Tides", "Fog"]
    assert not desk.do(SaveBanner(now, "whatever"), LINA).touched
    twice = Banner((now.briefs[0], now.briefs[0], now.briefs[1]))
    desk.do(SaveBanner(twice, now.hash), LINA)
    assert len({brief.id for brief in reading(desk).banner().briefs}) == 3
