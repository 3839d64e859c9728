"""One render under way, one waiting, stale answers dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.errors import BadValue, EditorError
from editor.gui.jobs import Jobs
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.page.renderer import Renderer


def test_what_waited_is_forgotten_for_the_latest(jobs: Jobs, qtbot: QtBot) -> None:
    renderer, gate = Renderer(jobs), threading.Event()
    made: list[int] = []
    shown: list[RenderedPage] = []
    renderer.rendered.connect(shown.append)

    def wish(number: int) -> Callable[[], RenderedPage]:
        def render() -> RenderedPage:
            gate.wait(10)
            made.append(number)
            return RenderedPage(f"{number}", "")

        return render

    for number in range(50):
        renderer.ask(wish(number))
    gate.set()
    qtbot.waitUntil(lambda: not renderer.busy)
    assert made == [0, 49]
    assert [sheet.path for sheet in shown] == ["0", "49"]


def test_a_stale_answer_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    renderer, gate = Renderer(jobs), threading.Event()
    shown: list[RenderedPage] = []
    renderer.rendered.connect(shown.append)

    def slow() -> RenderedPage:
        gate.wait(10)
        return RenderedPage("old", "")

    renderer.ask(slow)
    renderer.forget()
    renderer.ask(lambda: RenderedPage("new", ""))
    qtbot.waitUntil(lambda: bool(shown))
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [sheet.path for sheet in shown] == ["new"]


def test_a_known_problem_is_told_and_the_next_wish_is_served(jobs: Jobs, qtbot: QtBot) -> None:
    renderer = Renderer(jobs)
    told: list[EditorError] = []
    shown: list[RenderedPage] = []
    renderer.failed.connect(told.append)
    renderer.rendered.connect(shown.append)

    def broken() -> RenderedPage:
        raise BadValue("The template is broken.")

    renderer.ask(broken)
    renderer.ask(lambda: RenderedPage("fine", ""))
    qtbot.waitUntil(lambda: bool(shown))
    assert [str(error) for error in told] == ["The template is broken."]
