"""What a desk requires before a version is published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from editor.core.canonical import Json
from editor.core.newer import reads_newer, unknown_word
from editor.errors import BadValue
from editor.i18n import _, listed

GATES = ("notes", "warnings")
"""Conditions of an approval: no open note, no warning of a check.

What stops an approval needs no gate: each check's level says that, and the house style.
"""


class FourEyes(StrEnum):
    """Whether an approver must have written none of the text."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"

    @classmethod
    def _missing_(cls, value: object) -> FourEyes | None:
        return unknown_word(cls, value)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the desk requires before a version is published.

    `four_eyes` is AUTO to require two people as soon as two may approve.
    `sections` names whose approval a section needs, by its slug; a section
    without names accepts any approver. `gates` are conditions of an approval:
    `notes` (no open note), `warnings` (no finding of level warning, besides none that
    stops an approval anyway).
    """

    four_eyes: FourEyes = FourEyes.AUTO
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for gate in self.gates:
            if gate not in GATES and not reads_newer():
                raise BadValue(
                    _("“{gate}” is not a gate.").format(gate=gate),
                    _("Choose one of {names}.").format(names=listed(GATES)),
                )

    def approvers_of(self, section: str) -> tuple[str, ...]:
        """Return the names whose approval a section needs; empty when any approver will do."""
        return dict(self.sections).get(section, ())

    def to_json(self) -> dict[str, Json]:
        """Return the policy as plain values."""
        return {
            "four_eyes": str(self.four_eyes),
            "sections": {section: list(names) for section, names in self.sections},
            "gates": list(self.gates),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        sections = sorted(value["sections"].items())
        return cls(
            FourEyes(value["four_eyes"]),
            tuple((section, tuple(names)) for section, names in sections),
            tuple(value["gates"]),
        )
