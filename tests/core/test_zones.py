"""Time zones by name, and what a time on the clock means where the clock is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from editor.core.house import House
from editor.core.times import in_zone, minute_text, month_start, parse_instant, read_clock
from editor.core.zones import computer_zone, offered_zones, short_name, zone, zone_name
from editor.errors import BadValue

NEW_YORK = zone("America/New_York")


def test_zone_is_found_in_any_spelling() -> None:
    assert House("Post", timezone=" america/new york ").timezone == "America/New_York"
    assert {"UTC", "Europe/Lisbon", "Asia/Kathmandu"} <= set(offered_zones())
    assert not any(name.startswith("Etc/") for name in offered_zones())


@pytest.mark.parametrize("name", ["", "Lisbon time", "../../etc/passwd", "Europe/Lisbon\0"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(BadValue, match="is not a time zone"):
        House("Post", timezone=name)


def test_city_alone_is_answered_with_its_zone() -> None:
    with pytest.raises(BadValue) as refusal:
        zone_name("lisbon")
    assert refusal.value.hint == "Did you mean Europe/Lisbon?"


def test_paper_in_utc_has_the_hash_it_always_had() -> None:
    assert "timezone" not in House("Post").to_json()
    far = House("Post", timezone="Asia/Kathmandu")
    assert House.from_json(far.to_json()) == far
    assert far.hash != House("Post").hash


def test_computers_zone_has_a_name() -> None:
    assert zone_name(computer_zone()) == computer_zone()


@pytest.mark.parametrize(
    ("shown", "instant", "times"),
    [
        ("2027-03-14 02:30", "2027-03-14T07:30:00+00:00", 0),
        ("2027-11-07 01:30", "2027-11-07T06:30:00+00:00", 2),
        ("2027-03-14 03:30", "2027-03-14T07:30:00+00:00", 1),
        ("2027-11-07 02:30", "2027-11-07T07:30:00+00:00", 1),
    ],
    ids=["an hour that does not exist", "an hour that comes twice", "after one", "after the other"],
)
def test_the_later_instant_is_meant(shown: str, instant: str, times: int) -> None:
    reading = read_clock(datetime.fromisoformat(shown), NEW_YORK)
    assert (reading.instant.isoformat(), reading.shown) == (instant, times)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("name", ["America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"])
def test_first_and_last_day_of_the_calendar_have_a_local_time(text: str, name: str) -> None:
    local = in_zone(parse_instant(text), zone(name))
    assert minute_text(local)[:2] in {"00", "99"}
    assert short_name(local)


def test_early_years_have_four_digits() -> None:
    assert minute_text(datetime(999, 1, 2, 3, 4, tzinfo=UTC)) == "0999-01-02 03:04"


@pytest.mark.parametrize("name", ["UTC", "Asia/Riyadh", "America/Sao_Paulo", "Atlantic/Azores"])
def test_month_starts_at_the_first_instant_that_the_zone_calls_so(name: str) -> None:
    for month in range(12 * 40):
        noon = datetime(1990 + month // 12, month % 12 + 1, 17, 12, tzinfo=UTC)
        start = month_start(noon, zone(name))
        before = in_zone(start - timedelta(seconds=1), zone(name))
        assert in_zone(start, zone(name)).month == noon.month != before.month


def test_first_month_of_the_calendar_starts_with_it() -> None:
    first = datetime(1, 1, 17, tzinfo=UTC)
    assert month_start(first, zone("Asia/Riyadh")) == datetime.min.replace(tzinfo=UTC)
