"""A desk that signs, made once for a file of tests; outside judges of every bundle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.formats.bundle_judges import assert_judges_agree, noting_outputs
from tests.formats.proven import ProvenDesk


@pytest.fixture(scope="module")
def desk() -> ProvenDesk:
    """A desk whose keys are made for the test."""
    return ProvenDesk()


@pytest.fixture(scope="package", autouse=True)
def _outputs() -> Iterator[set[Path]]:
    """The folders and zip files that exports have written since they were last judged."""
    with noting_outputs() as written:
        yield written


@pytest.fixture(autouse=True)
def _judged(_outputs: set[Path]) -> Iterator[None]:
    """Let outside judges look at every bundle, as a test leaves it."""
    yield
    written = set(_outputs)
    _outputs.clear()
    for path in written:
        assert_judges_agree(path)
