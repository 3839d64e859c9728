"""Each kind of address leads to its destination, and gets the same bytes as a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.core.delivery import Target
from editor.delivery.credentials import Credentials
from editor.delivery.local import LocalDestination
from editor.delivery.places import DeliveryAccess, destination_for
from editor.progress import Progress
from tests.delivery.bucket import KEY, Store
from tests.delivery.newsroom import CHIEF, SLUGS, Newsroom, tree
from tests.delivery.ssh_server import PASSWORD, SshServer, start_ssh
from tests.reading import reading

Files = Callable[[], dict[str, bytes]]
Place = tuple[Target, Credentials, str, Files]


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[SshServer]:
    with start_ssh(tmp_path / "server") as server:
        yield server


@pytest.fixture
def bucket(store: Store) -> Place:
    name = store.new_bucket()
    place = store.address(name)
    target = Target("Website", f"s3://{name}/{place.path}?endpoint={place.endpoint}")
    return target, KEY, "", lambda: store.files(name)


@pytest.fixture
def server(ssh: SshServer) -> Place:
    target = Target("Website", f"sftp://desk@127.0.0.1:{ssh.port}/site")
    key = ssh.host_key.convert_to_public().get_fingerprint("sha256")
    return target, PASSWORD, key, ssh.files


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    (tmp_path / "disk").mkdir()
    site = tmp_path / "disk" / "site"
    return Target("Website", str(site)), Credentials(), "", lambda: tree(site)


@pytest.mark.parametrize("kind", ["folder", "bucket", "server"])
def test_target_has_the_bytes_of_the_outbox_and_then_what_changed(
    newsroom: Newsroom, kind: str, request: pytest.FixtureRequest
) -> None:
    target, credentials, key, files = request.getfixturevalue(kind)
    access = DeliveryAccess(CHIEF, credentials, key)
    outbox = newsroom.outbox(target)
    place = destination_for(outbox, access)
    assert isinstance(place, LocalDestination) == (kind == "folder")
    newsroom.deliver(target, place)
    assert files() == tree(outbox.edition)
    assert newsroom.prepare(target, place).is_nothing
    newsroom.edit(SLUGS[0], "The quay opened late.")
    before = files()
    prepared = newsroom.deliver(target, place)
    assert files() == tree(outbox.edition)
    changed = {path for path, data in files().items() if before.get(path) != data}
    assert changed == {file.path for file in prepared.plan.files}
    assert len(reading(newsroom.desk).deliveries()) == 2
    assert [len(row.delivery.stories) for row in reading(newsroom.desk).deliveries()] == [1, 3]


def test_progress_of_a_delivery_is_in_bytes(newsroom: Newsroom, server: Place) -> None:
    target, credentials, key, _files = server
    access = DeliveryAccess(CHIEF, credentials, key)
    prepared = newsroom.prepare(target, destination_for(newsroom.outbox(target), access))
    reports: list[tuple[int, int]] = []
    prepared.send(Progress(lambda done, total, _path: reports.append((done, total))))
    assert {total for _done, total in reports} == {prepared.plan.size}
    assert reports[-1][0] == prepared.plan.size
