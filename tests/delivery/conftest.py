"""What delivers, and where to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.delivery.bucket import Store, start_store
from tests.delivery.newsroom import harbour, newsroom

__all__ = ["harbour", "newsroom"]


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """A store of objects on loopback, as S3 is one."""
    with start_store() as store:
        yield store
