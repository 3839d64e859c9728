"""Which logs on a desk this process writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editor.store.log import pins
from editor.store.log.tips import read_tip

if TYPE_CHECKING:
    from editor.trust.keys import PublicKey
    from editor.trust.log_tip import LogTip


class OwnLogs:
    """The logs that this process writes, one for each person and key, while a desk is open."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Open new logs from now on."""
        self.tips: dict[str, LogTip] = {}
        self.has_unsigned = False
        self._log: dict[tuple[str, str], str] = {}

    def of(self, raw: Any, desk: str, person: str, key: PublicKey) -> str:
        """The log to append to, on a plain connection; empty when a new one must be opened.

        Only one whose last entry this computer wrote and remembers: after a restored
        backup or on a copied disk another may have gone on from the same place.
        """
        log = self._log.get((person, key.x))
        if log and read_tip(raw, log) == self.tips[log]:
            return log
        own = pins.known(desk).own
        mine = "SELECT log FROM logs WHERE person = ? AND key = ?"
        for (known,) in raw.execute(mine, (person, key.x)).fetchall():
            if known in own and read_tip(raw, known) == own[known]:
                return str(known)
        return ""

    def remember(self, log: str, tip: LogTip, person: str, key: PublicKey) -> None:
        """Remember the last entry written, once it is committed."""
        self.tips[log] = tip
        self._log[person, key.x] = log
