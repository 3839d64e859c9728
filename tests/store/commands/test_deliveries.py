"""Targets are saved by editors alone; what is delivered is recorded by whoever sent it."""

from __future__ import annotations

import pytest

from editor.core.commands import RecordDelivery, SaveTargets
from editor.core.delivery import Delivery, Target, Targets
from editor.errors import BadValue, NotAllowed, NotFound, OutputError, Stale
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, approved, change_database, refused

WEBSITE = Target("Website", "s3://harbour-post/site")
STICK = Target("Stick", "/media/stick/bundle.zip", "bundle", ("site", "stories"))
EMPTY = Targets().hash


def delivery(target: str = "Website", **more: object) -> Delivery:
    values: dict[str, object] = {
        "target": target,
        "format": "site",
        "parts": (),
        "edition": "e" * 64,
        "generated_at": "2026-03-09T12:00:00Z",
        "sent": 3,
        "removed": 1,
        "sent_bytes": 5000,
    }
    return Delivery(**values | more)  # type: ignore[arg-type]


@pytest.fixture
def targets(desk: Desk) -> Targets:
    saved = Targets((WEBSITE, STICK))
    desk.do(SaveTargets(saved, EMPTY), TOM)
    return saved


def test_bad_targets_are_refused(desk: Desk) -> None:
    twice = Targets((WEBSITE, Target("WEBSITE", "/srv/site")))
    assert "Two targets" in refused(desk, SaveTargets(twice, EMPTY), TOM, BadValue).sentence
    many = Targets(tuple(Target(f"T{number}", "/srv/site") for number in range(51)))
    assert "51 targets" in refused(desk, SaveTargets(many, EMPTY), TOM, BadValue).sentence
    assert reading(desk).targets() == Targets()


def test_journalist_may_not_change_the_targets(desk: Desk, targets: Targets) -> None:
    refused(desk, SaveTargets(Targets(), targets.hash), LINA, NotAllowed)
    assert desk.do(SaveTargets(Targets(), targets.hash), MARA).touched == (("targets", ""),)
    assert reading(desk).targets_state().targets == Targets()


def test_targets_saved_by_another_are_not_overwritten(desk: Desk, targets: Targets) -> None:
    refused(desk, SaveTargets(Targets((STICK,)), EMPTY), MARA, Stale)
    assert not desk.do(SaveTargets(targets, "whatever"), MARA).touched
    state = reading(desk).targets_state()
    assert state.targets == targets
    assert state.approval is not None
    assert (state.approval.by, state.doubt) == (TOM, "")


def test_targets_that_were_changed_outside_are_found(desk: Desk, targets: Targets) -> None:
    other = Targets((Target("Website", "s3://somebody-else/site"),))
    change_database(
        desk,
        "UPDATE papers SET content = ?, hash = ? WHERE kind = 'targets'",
        other.canonical().decode(),
        other.hash,
    )
    assert "changed outside" in reading(desk).verify_audit().reason


def test_delivery_to_no_target_is_refused(desk: Desk, targets: Targets) -> None:
    problem = refused(desk, RecordDelivery(delivery("Partner")), TOM, NotFound)
    assert "Partner" in problem.sentence
    assert "Website, Stick" in problem.hint
    assert reading(desk).deliveries() == []


def test_log_of_deliveries_has_the_last_one_first_in_pages(desk: Desk, targets: Targets) -> None:
    sent = [delivery(target, sent=count) for count, target in enumerate(["Website", "Stick"] * 2)]
    for one in sent:
        assert desk.do(RecordDelivery(one), LINA).touched == (("deliveries", ""),)
    rows = reading(desk).deliveries()
    assert [row.delivery for row in rows] == sent[::-1]
    assert {row.person for row in rows} == {LINA}
    page = reading(desk).deliveries("Website", limit=1)
    assert [row.delivery.sent for row in page] == [2]
    after = reading(desk).deliveries("Website", before=page[0].place)
    assert [row.delivery.sent for row in after] == [0]


def test_target_has_what_its_deliveries_come_to(desk: Desk, targets: Targets) -> None:
    ferry, crane = approved(desk, "Ferry"), approved(desk, "Crane")
    first = reading(desk).stored(ferry).hash
    both = ((ferry, first), (crane, "c" * 64))
    desk.do(RecordDelivery(delivery(stories=both)), TOM)
    desk.do(RecordDelivery(delivery("Stick", stories=((ferry, "0" * 64),))), LINA)
    desk.do(RecordDelivery(delivery(stories=((crane, "d" * 64),), withdrawn=(ferry,))), LINA)
    assert reading(desk).delivered("Website") == {crane: "d" * 64}
    assert reading(desk).delivered("Stick") == {ferry: "0" * 64}
    stick, website = reading(desk).whereabouts(ferry)
    assert (stick.target, stick.version, stick.withdrawn, stick.person) == ("Stick", 0, False, LINA)
    assert (website.target, website.withdrawn, website.is_latest) == ("Website", True, False)
    assert reading(desk).verify_audit().broken_at == 0


def test_version_at_a_target_is_known_by_its_number(desk: Desk, targets: Targets) -> None:
    ferry = approved(desk, "Ferry")
    desk.do(RecordDelivery(delivery(stories=((ferry, reading(desk).stored(ferry).hash),))), TOM)
    [place] = reading(desk).whereabouts(ferry)
    assert (place.version, place.is_latest, place.withdrawn) == (1, True, False)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM deliveries",
        "UPDATE deliveries SET target = 'Stick'",
        "UPDATE deliveries SET content = x'00'",
        "DELETE FROM delivered_stories",
        "UPDATE delivered_stories SET version = ''",
        "UPDATE delivered_stories SET target = 'Stick'",
        "INSERT INTO deliveries VALUES ('f00', 'Stick', x'00')",
        "INSERT INTO delivered_stories VALUES ('Stick', 'f00', 'f00', 'f00')",
    ],
)
def test_record_that_was_changed_outside_is_found(
    desk: Desk, targets: Targets, statement: str
) -> None:
    ferry = approved(desk, "Ferry")
    desk.do(RecordDelivery(delivery(stories=((ferry, "c" * 64),))), TOM)
    change_database(desk, statement)
    assert "outside Stonehand" in reading(desk).verify_audit().reason


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (Target("Website", "/srv/site", "pdf"), "no export format “pdf”"),
        (Target("Website", "/srv/site", "site", ("api",)), "Only a bundle has parts"),
        (Target("Website", "/srv/site", "bundle", ("sound",)), "no part “sound”"),
        (Target("Website", "/srv/site", "bundle", ("pictures",)), "has no story"),
    ],
)
def test_target_of_no_format_is_refused(desk: Desk, target: Target, sentence: str) -> None:
    problem = refused(desk, SaveTargets(Targets((target,)), EMPTY), TOM, BadValue)
    assert sentence in problem.sentence
    assert reading(desk).targets() == Targets()


@pytest.mark.parametrize("address", ["{desk}/site", "{desk}/p.zip", "git+file://{desk}/p.git#p"])
def test_target_inside_a_desk_is_refused(desk: Desk, targets: Targets, address: str) -> None:
    inside = Target("Inside", address.format(desk=desk.path))
    changed = targets.with_target(inside)
    problem = refused(desk, SaveTargets(changed, targets.hash), TOM, OutputError)
    assert "inside the desk" in problem.sentence
    assert reading(desk).targets() == targets
