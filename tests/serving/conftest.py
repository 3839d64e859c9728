"""An export that is served, for the tests of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.formats.api.exporter import ApiExporter
from editor.formats.export import write_files
from editor.formats.output import output_for
from editor.progress import Progress
from tests.conftest import ROOT
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


@pytest.fixture(scope="session")
def paper_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The API of the 300 stories that the judges read, in English and Arabic, served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "packaging" / "judges")
        from paper import make_edition

        folder = tmp_path_factory.mktemp("paper")
        edition = make_edition(folder / "pictures", "broadsheet")
    with output_for(folder / "api") as output:
        write_files(edition, ApiExporter(), output, Progress())
    with serving(folder / "api") as served:
        yield served
