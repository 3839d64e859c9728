"""What is imported for the window: it waits for nothing that only later work needs.

Its first frame, a picture, waits for hardly anything but the toolkit.
"""

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
    *("editor.gui.exporting", "editor.gui.running", "PySide6.QtNetwork"),
    *("editor.gui.page.engine", "editor.gui.page.page_view", "editor.gui.preferences"),
    *("editor.gui.review.history", "editor.gui.widgets.redline", "editor.gui.window.new_desk"),
    *("editor.gui.review.reconcile_page", "editor.gui.review.review_screen"),
    *("editor.core.commands", "editor.core.edition", "editor.core.limits", "editor.core.policy"),
    *("editor.text.document", "editor.text.nodes", "editor.gui.story.document_styles"),
    *("editor.gui.banner", "editor.gui.incoming", "editor.gui.window.importing"),
    *("editor.gui.widgets.calendar_popup", "ctypes", "decimal", "html", "platform", "uuid"),
)
"""Libraries and parts that are imported on the store's thread, after the first paint, or when
somebody asks for what they do."""

_LIST = """
import json, sys, editor.gui.app, editor.gui.window.contents
print(json.dumps(sorted(sys.modules)))
"""


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


_FOR_THE_FIRST_FRAME = (
    *("editor", "editor.__main__", "editor.display", "editor.places", "editor.gui"),
    "editor.gui.start",
    *("editor.gui.window", "editor.gui.window.application", "editor.gui.window.first_frame"),
    *("editor.gui.window.main_window", "editor.gui.page", "editor.gui.page.page_picture"),
    *("platformdirs", "hashlib", "_hashlib", "_blake2", "copy", "gc"),
)
"""All that may be imported before the first frame, with what is inside `platformdirs`."""

_TOOLKIT = "import json, sys, PySide6.QtWidgets; print(json.dumps(sorted(sys.modules)))"
_BEFORE_THE_REST = """
import gc, json, sys

class Rest:
    def find_spec(self, name, path=None, target=None):
        if name == "editor.gui.app":
            print(json.dumps(sorted(sys.modules)), file=sys.stdout)
            print(gc.isenabled(), file=sys.stderr)
            raise SystemExit

sys.meta_path.insert(0, Rest())
sys.argv = ["stonehand"]
from editor.__main__ import main
main()
"""


def test_first_frame_waits_for_hardly_anything_but_the_toolkit() -> None:
    modules = [
        set(json.loads(subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout))
        for program in (_TOOLKIT, _BEFORE_THE_REST)
    ]  # fmt: skip
    added = modules[1] - modules[0]
    assert "editor.gui.window.main_window" in added
    inside = tuple(f"{name}." for name in _FOR_THE_FIRST_FRAME if not name.startswith("editor"))
    assert not {
        name for name in added if name not in _FOR_THE_FIRST_FRAME and not name.startswith(inside)
    }


def test_no_garbage_is_looked_for_while_the_window_is_imported() -> None:
    process = subprocess.run(
        [sys.executable, "-c", _BEFORE_THE_REST], capture_output=True, text=True, check=True
    )
    assert process.stderr.splitlines()[-1] == "False"


def test_no_source_is_read_while_modules_are_imported() -> None:
    # Python's own import reads what was compiled; PySide's hook would keep every line.
    program = "import editor.gui.app, linecache; print(*linecache.cache, sep='\\n')"
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not [line for line in process.stdout.splitlines() if "editor" in line]
