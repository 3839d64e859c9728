"""Clients that others generate from the API's description read all of a served edition."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pytest

from editor.formats.api.documents import DOCUMENTS
from tests.conftest import ROOT
from tests.serving.served import Served


class Document(NamedTuple):
    """A document of the tree: its path below v1, the operation that reads it, and with what."""

    path: str
    operation: str
    parameters: Mapping[str, str]


def tree(served: Served) -> list[Document]:
    """Every document that the description has an operation for."""
    top = served.folder / "v1"
    description = json.loads((top / "openapi.json").read_bytes())
    patterns = [
        (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))), path, about["get"])
        for path, about in sorted(description["paths"].items())
        if path.endswith(".json")
    ]
    others = {"openapi.json", "schemas", "examples"}
    return [
        next(
            Document(path, about["operationId"], found.groupdict())
            for pattern, _path, about in patterns
            if (found := pattern.fullmatch(f"/{path}"))
        )
        for path in sorted(file.relative_to(top).as_posix() for file in top.rglob("*.json"))
        if path.split("/")[0] not in others
    ]


@pytest.fixture(scope="module")
def python_client(
    paper_api: Served, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Any]]:
    """What imports a module of a client that openapi-python-client makes."""
    folder = tmp_path_factory.mktemp("client")
    description = paper_api.folder / "v1" / "openapi.json"
    config = folder / "config.json"
    # What lays out and lints the client is not what is tried here.
    config.write_text('{"post_hooks": []}')
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", str(description), "--config", str(config)]
    command += ["--output-path", str(folder / "paper_client")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    # The scripts and pictures are no documents: a client fetches them as any other file.
    left_out = set(re.findall(r"WARNING parsing GET (\S+)", said))
    assert {path for path in left_out if not path.endswith(".js")} == {"/media/{id}-{width}.jpg"}
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield lambda name: importlib.import_module(f"paper_client.{name}")


def test_python_client_reads_the_whole_tree_of_300_stories(
    paper_api: Served, python_client: Callable[[str], Any]
) -> None:
    read: Counter[str] = Counter()
    url = f"http://127.0.0.1:{paper_api.port}/v1"
    with python_client("client").Client(base_url=url) as client:
        for document in tree(paper_api):
            module = python_client(f"api.default.{snake(document.operation)}")
            numbers = {
                name: int(value) if name in {"page", "number"} else value
                for name, value in document.parameters.items()
            }
            parsed = module.sync_detailed(client=client, **dated(numbers)).parsed
            known = json.loads((paper_api.folder / "v1" / document.path).read_bytes())
            assert with_z(parsed.to_dict()) == known, document.path
            read[type(parsed).__name__] += 1
    assert set(read) == {kind.__name__ for kind in DOCUMENTS.values()}
    assert read["VersionsDocument"] == 300
    assert read["StoryDocument"] >= 600


def with_z(value: Any) -> Any:
    """What a client read, its instants in the way that the API writes them."""
    return json.loads(re.sub(r'(:\d\d)\+00:00"', r'\1Z"', json.dumps(value)))


def snake(operation: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", operation).lower()


def dated(parameters: dict[str, Any]) -> dict[str, Any]:
    if "day" in parameters:
        return {**parameters, "day": date.fromisoformat(parameters["day"])}
    return parameters


def test_typescript_client_reads_the_whole_tree_of_300_stories(
    paper_api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "packaging" / "judges")
    from clients import judge_typescript
    from tools import BUILD, install

    if not (BUILD / "node_modules" / "@hey-api").is_dir() or shutil.which("npm") is None:
        pytest.skip("the generator is not installed: python3 packaging/dev.py judges does that")
    install()
    verdict = judge_typescript(paper_api.folder)
    assert verdict.wrong == []
    assert verdict.read == len(tree(paper_api))
