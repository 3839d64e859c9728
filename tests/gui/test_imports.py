"""What is imported for the window: it waits for nothing that only later work needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

_LATER = (
    *("sqlalchemy", "alembic", "sqlite3", "cryptography", "joserfc"),
    *("babel", "langcodes", "rfc3986", "slugify", "zoneinfo", "asyncio"),
    *("markdown", "jinja2", "nh3", "lxml", "PIL", "langdetect"),
    *("editor.checks", "editor.formats", "editor.proof", "editor.text.parse", "editor.trust.keys"),
    *("editor.store.db", "editor.store.desk", "editor.store.reading.snapshot"),
    "editor.gui.exporting",
    *("editor.gui.page.engine", "editor.gui.page.page_view", "editor.gui.preferences"),
    *("editor.gui.review.history", "editor.gui.review.redline", "editor.gui.window.new_desk"),
    *("editor.gui.review.reconcile_page", "editor.gui.review.review_screen"),
    *("editor.core.commands", "editor.core.edition", "editor.core.limits", "editor.core.policy"),
    *("editor.text.document", "editor.text.nodes", "editor.gui.story.document_styles"),
    *("editor.gui.banner", "editor.gui.incoming", "editor.gui.window.importing"),
    *("editor.gui.widgets.calendar_popup", "ctypes", "decimal", "html", "platform", "uuid"),
)
"""Libraries and parts that are imported on the store's thread, after the first paint, or when
somebody asks for what they do."""

_LIST = "import json, sys, editor.gui.app; print(json.dumps(sorted(sys.modules)))"


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules of a new process that has imported the window."""
    process = subprocess.run(
        [sys.executable, "-c", _LIST], capture_output=True, text=True, check=True
    )
    return set(json.loads(process.stdout))


@pytest.mark.parametrize("name", _LATER)
def test_window_is_there_without_what_only_later_work_needs(name: str, imported: set[str]) -> None:
    assert not {module for module in imported if f"{module}.".startswith(f"{name}.")}


def test_no_source_is_read_while_modules_are_imported() -> None:
    # Python's own import reads what was compiled; PySide's hook would keep every line.
    program = "import editor.gui.app, linecache; print(*linecache.cache, sep='\\n')"
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not [line for line in process.stdout.splitlines() if "editor" in line]
