"""A newer version is asked for by itself only where a person chose that, and once a week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from editor.core import times
from editor.core.times import instant_text
from editor.gui.session import Session
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.version_watch import VersionWatch, is_due
from editor.settings import Settings, load_settings
from tests.gui.conftest import Settle, ShowDialog
from tests.list_server import ListServer, releases


@pytest.fixture
def bar(show_dialog: ShowDialog[ProblemBar]) -> ProblemBar:
    return show_dialog(ProblemBar())


@pytest.fixture
def watch(session: Session, bar: ProblemBar, list_server: ListServer) -> VersionWatch:
    list_server.body = releases("99.1", page=f"https://{list_server.host}/new")
    return VersionWatch(session, bar, session)


def test_nothing_is_asked_that_nobody_chose(
    session: Session, watch: VersionWatch, settle: Settle, list_server: ListServer
) -> None:
    assert not Settings().ask_for_versions
    session.change_settings(versions_address=list_server.address)
    watch.start()
    settle()
    watch.ask_if_due()
    settle()
    assert list_server.requests == []


def test_it_is_asked_once_a_week_and_said_once(
    session: Session, watch: VersionWatch, bar: ProblemBar, settle: Settle, list_server: ListServer
) -> None:
    session.change_settings(ask_for_versions=True, versions_address=list_server.address)
    settle()
    for _time in range(3):
        watch.start()
        settle()
    assert len(list_server.requests) == 1
    assert "99.1" in bar.text()
    bar.dismiss()
    week_ago = instant_text(times.now() - timedelta(days=8))
    session.change_settings(versions_asked=week_ago)
    settle()
    watch.ask_if_due()
    settle()
    assert len(list_server.requests) == 2
    assert bar.text() == "", "the same version is not named again"
    assert load_settings()[0].version_shown == "99.1"


def test_where_nothing_answers_it_is_tried_the_next_day_and_nothing_said(
    session: Session, watch: VersionWatch, bar: ProblemBar, settle: Settle, list_server: ListServer
) -> None:
    list_server.status = 503
    session.change_settings(ask_for_versions=True, versions_address=list_server.address)
    settle()
    for _time in range(2):
        watch.ask_if_due()
        settle()
    assert len(list_server.requests) == 1
    assert bar.text() == ""
    settings = load_settings()[0]
    assert not is_due(settings, times.now() + timedelta(hours=20))
    assert is_due(settings, times.now() + timedelta(hours=25))


def test_without_an_address_nothing_is_asked(
    session: Session, watch: VersionWatch, bar: ProblemBar, settle: Settle
) -> None:
    session.change_settings(ask_for_versions=True)
    settle()
    watch.start()
    settle()
    assert bar.text() == ""
    assert load_settings()[0].versions_asked == ""


@pytest.mark.parametrize("asked", ["", "yesterday", "2026-13-01T00:00:00Z"])
def test_time_that_is_none_counts_as_never(asked: str) -> None:
    settings = Settings(ask_for_versions=True, versions_asked=asked)
    assert is_due(settings, times.now())
    assert not is_due(settings.changed(ask_for_versions=False), times.now())
