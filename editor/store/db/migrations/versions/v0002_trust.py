"""Signed mastheads and approvals, a chain over the audit, live versions, threads of notes.

What was done before is chained as it stands: the chain proves that nothing
changes from now on. Approvals from before carry no signature, so their stories
are approved again.
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring schema 1 to schema 2."""
    op.create_table(
        "mastheads",
        sa.Column("number", sa.Integer, primary_key=True, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    _add("stories", live_version=0, first_published="", leaves=1)
    _add("approvals", token="", audit_row=0)
    _add("notes", start=0, end=0, quote="", context="", answers=0, resolved_by="", resolved_at="")
    _add("audit", subject="", previous="", hash="")
    _chain(op.get_bind())


def _add(table: str, **defaults: int | str) -> None:
    for name, default in defaults.items():
        kind = sa.Integer() if isinstance(default, int) else sa.Text()
        value = sa.text(str(default) if isinstance(default, int) else "''")
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))


def _chain(connection: sa.Connection) -> None:
    rows = connection.exec_driver_sql(
        "SELECT a.id, a.action, a.at, a.note, a.person, a.story, coalesce(v.hash, ''), a.version "
        "FROM audit a LEFT JOIN versions v ON v.story = a.story AND v.number = a.version "
        "ORDER BY a.id"
    ).all()
    previous = ""
    for id, action, at, note, person, story, subject, version in rows:
        row = {
            "action": action,
            "at": at,
            "id": id,
            "note": note,
            "person": person,
            "previous": previous,
            "story": story,
            "subject": subject,
            "version": version,
        }
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        hash = hashlib.sha256(text.encode()).hexdigest()
        connection.exec_driver_sql(
            "UPDATE audit SET subject = ?, previous = ?, hash = ? WHERE id = ?",
            (subject, previous, hash, id),
        )
        previous = hash
