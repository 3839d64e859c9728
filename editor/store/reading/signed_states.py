"""The papers that whoever saves them signs: as they are, and who signed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from editor.core.delivery import Targets
from editor.core.front import Front
from editor.core.house_style import HouseStyle
from editor.errors import UntrustedSignature
from editor.i18n import _

if TYPE_CHECKING:
    # The window starts without the libraries of signatures.
    from editor.trust.approval import ApprovalStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedState:
    """Who signed a paper as it is, with the signed statement.

    `approval` is None while nobody ever did, or where `doubt` says why it can't be trusted.
    """

    token: str = ""
    approval: ApprovalStatement | None = None
    doubt: str = ""

    def require_sound(self) -> None:
        """Raise UntrustedSignature where something can't be trusted."""
        if self.doubt:
            raise UntrustedSignature(self.doubt, _("Save it again, or look at `stonehand audit`."))


@dataclass(frozen=True, slots=True)
class FrontState(SignedState):
    """The front as it was ordered last."""

    front: Front = field(default_factory=Front)


@dataclass(frozen=True, slots=True)
class TargetsState(SignedState):
    """The targets of the paper as they were saved last."""

    targets: Targets = field(default_factory=Targets)


@dataclass(frozen=True, slots=True)
class HouseStyleState(SignedState):
    """The house style as it was saved last."""

    saved: HouseStyle = field(default_factory=HouseStyle)

    @property
    def style(self) -> HouseStyle:
        """What the checks go by: what no trusted signature covers counts as none."""
        return HouseStyle() if self.doubt else self.saved
