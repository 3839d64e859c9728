"""A desk that signs, made once for a file of tests."""

from __future__ import annotations

import pytest

from tests.formats.proven import ProvenDesk


@pytest.fixture(scope="module")
def desk() -> ProvenDesk:
    """A desk whose keys are made for the test."""
    return ProvenDesk()
