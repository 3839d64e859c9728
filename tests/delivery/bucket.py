"""A real store of objects on loopback (moto's server), and what readers see in its buckets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any

import pytest

from editor.core.target_address import TargetAddress, read_address
from editor.delivery.credentials import Credentials
from editor.delivery.remote import PRIVATE_FOLDER

KEY = Credentials("canary-secret-key-5391", "AKIAIOSFODNN7EXAMPLE")
FOLDER = "site"
_numbers = count()


class Store:
    """The server. `puts` are the keys of the files that were stored."""

    def __init__(self, port: int, backend: Any) -> None:
        self.port, self.backend = port, backend

    def new_bucket(self) -> str:
        name = f"paper-{next(_numbers)}"
        self.backend.create_bucket(name, "us-east-1")
        return name

    def address(self, bucket: str, port: int = 0, folder: str = FOLDER) -> TargetAddress:
        return read_address(f"s3://{bucket}/{folder}?endpoint=http://127.0.0.1:{port or self.port}")

    def files(self, bucket: str, folder: str = FOLDER) -> dict[str, bytes]:
        """What readers see."""
        keys = self.backend.buckets[bucket].keys
        files = {key.removeprefix(f"{folder}/"): keys[key].value for key in list(keys)}
        return {path: data for path, data in files.items() if PRIVATE_FOLDER not in path}

    def about(self, bucket: str, path: str) -> Any:
        return self.backend.buckets[bucket].keys[f"{FOLDER}/{path}"]


@contextmanager
def start_store() -> Iterator[Store]:
    from aiobotocore.httpsession import AIOHTTPSession
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer
    from moto.s3.models import s3_backends

    context = SSLContext(PROTOCOL_TLS_CLIENT)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            # Each client would read all certificates again, which nobody asks for on loopback.
            patch.setattr(AIOHTTPSession, "_build_verify_context", lambda _session: context)
            yield Store(server.get_host_and_port()[1], s3_backends["123456789012"]["aws"])
    finally:
        server.stop()
