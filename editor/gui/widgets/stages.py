"""The stages of a story on screen: their names, and the colours that repeat them."""

from __future__ import annotations

from typing import Final

from editor.core.workflow import Publication, Stage, State
from editor.i18n import _

_COLORS: Final = {
    Stage.DRAFT: "warn",
    Stage.REVIEW: "info",
    Stage.APPROVED: "ok",
    Stage.SPIKED: "edge",
}


def stage_color(stage: Stage) -> str:
    """Return the colour role of a stage's dot."""
    return _COLORS.get(stage, "edge")


def stage_name(stage: Stage) -> str:
    """Return what a stage is called on screen: `In review`."""
    names = {
        Stage.DRAFT: _("Draft"),
        Stage.REVIEW: _("In review"),
        Stage.APPROVED: _("Approved"),
        Stage.SPIKED: _("Spiked"),
    }
    return names.get(stage, _(stage).capitalize())  # a newer Stonehand may have others


def state_name(state: State) -> str:
    """Return what a story's state is called: its stage, or that it was killed."""
    return _("Killed") if state.publication is Publication.KILLED else stage_name(state.stage)
