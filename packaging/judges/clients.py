"""A client that is generated from the API's description, and whether it can read all of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import Verdict, node

_NO_DOCUMENTS = {"openapi.json", "schemas", "examples"}


def judge_typescript(api: Path) -> Verdict:
    """Generate a TypeScript client with openapi-ts, and read every document with it.

    The API is served as `stonehand serve` does. What is read is validated with zod.
    """
    top = api / "v1"
    files = sorted(file.relative_to(top) for file in top.rglob("*.json"))
    paths = [file.as_posix() for file in files if file.parts[0] not in _NO_DOCUMENTS]
    with _served(api) as url:
        (found,) = node("client.mjs", {"url": f"{url}/v1", "folder": str(top), "paths": paths})
    result = f"{found['read']} documents of {len(paths)}"
    return Verdict("TypeScript client", found["read"], found["wrong"], result)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    from editor.serving.served_folder import ServedFolder  # noqa: PLC0415
    from editor.serving.server import make_server, take_port  # noqa: PLC0415

    with take_port(0) as taken:
        port = taken.getsockname()[1]
        server = make_server(ServedFolder(folder), port)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)
