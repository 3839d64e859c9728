"""The first schema. Every desk was made with it or with a later one, so nothing is to do."""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Change nothing."""
