"""An export that is served, for the tests of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving.served import Served, serving, write_export


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An export whose files no test changes."""
    folder = tmp_path_factory.mktemp("unchanged") / "site"
    write_export(folder)
    with serving(folder) as served:
        yield served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Served]:
    """An export of one test, which may change it."""
    folder = tmp_path / "site"
    write_export(folder)
    with serving(folder) as served:
        yield served
