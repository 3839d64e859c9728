"""What a passphrase has to be; without the cryptography, so that a window can ask for one."""

from __future__ import annotations

from typing import Final

SHORTEST_PASSPHRASE: Final = 8
"""A passphrase has at least so many characters."""
