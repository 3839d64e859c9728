"""The first desk.

Written out, not taken from `schema.py`: that file moves on, and this step stays.
New desks do not come this way; a test proves that both ways lead to the same tables.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of schema 1."""
    _papers_and_people()
    _stories()
    _what_was_said_and_done()
    op.execute(
        """
        CREATE VIRTUAL TABLE search USING fts5(
            headline, points, body, rest,
            prefix = '2 3',
            tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
        )
        """
    )


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, primary_key=key)


def _papers_and_people() -> None:
    op.create_table(
        "people", sa.Column("name", sa.Text, primary_key=True), *_words("role", "added")
    )
    op.create_table(
        "papers",
        sa.Column("kind", sa.Text, primary_key=True),
        _number("number", key=True),
        *_words("content", "author", "at"),
        sa.CheckConstraint("kind IN ('house', 'banner')", name="known_kind"),
    )


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        *_words("stage", "publication"),
        _number("latest"),
        *_words("headline", "section", "language"),
        _number("words"),
        *_words("author", "updated"),
        _number("touched"),
        sa.Column("indexed", sa.Integer, nullable=False, unique=True),
    )
    op.create_index("stories_newest", "stories", ["touched"])
    op.create_index("stories_by_stage", "stories", ["stage", "touched"])
    op.create_index("stories_by_section", "stories", ["section", "touched"])
    op.create_index("stories_by_author", "stories", ["author", "touched"])
    op.create_index("stories_standing", "stories", ["stage", "publication", "section"])
    op.create_table(
        "versions",
        sa.Column("story", sa.Text, sa.ForeignKey("stories.id"), primary_key=True),
        _number("number", key=True),
        *_words("parents", "content", "hash", "author", "at", "cause", "headline"),
        _number("words"),
    )


def _what_was_said_and_done() -> None:
    op.create_table(
        "approvals",
        _number("id", key=True),
        *_words("story"),
        _number("version"),
        *_words("hash", "person", "at"),
        sa.Column("withdrawn", sa.Text, nullable=False, server_default=sa.text("''")),
    )
    op.create_index("approvals_of_story", "approvals", ["story", "version"])
    op.create_table(
        "notes",
        _number("id", key=True),
        sa.Column("story", sa.Text, sa.ForeignKey("stories.id"), nullable=False),
        _number("version"),
        *_words("author", "at", "text", "field"),
    )
    op.create_index("notes_of_story", "notes", ["story"])
    op.create_table(
        "audit",
        _number("id", key=True),
        *_words("at", "person", "action", "story"),
        _number("version"),
        *_words("note"),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_of_story", "audit", ["story"])
