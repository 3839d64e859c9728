"""Where the garbage collector stays out of the way."""

from __future__ import annotations

import gc
import subprocess
import sys

from editor.garbage import without_collecting

LOADING = """
import gc
from editor.cli.verbs import VERBS
looked = []
gc.callbacks.append(lambda phase, about: looked.append(phase))
VERBS["export"].load()
print(len(looked), gc.isenabled(), gc.get_freeze_count() > 0)
[[] for number in range(gc.get_threshold()[0] * 2)]
print(len(looked) > 0)
kept = gc.get_freeze_count()
VERBS["export"].load()
print(gc.get_freeze_count() == kept)
"""


def test_nothing_is_collected_meanwhile() -> None:
    was_enabled = gc.isenabled()  # a window that was opened before collects by itself
    gc.enable()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    if not was_enabled:
        gc.disable()


def test_no_garbage_is_looked_for_in_modules_while_they_are_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["0", "True", "True", "True", "True"]
