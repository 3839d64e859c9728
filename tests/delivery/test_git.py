"""A branch as a target: real repositories, on this computer and behind HTTPS."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from editor.core.delivery import Target
from editor.core.target_address import read_address
from editor.delivery.credentials import Credentials
from editor.delivery.git import Authorship, GitRemote
from editor.delivery.git_client import git_client
from editor.delivery.git_problems import GitPlace
from editor.delivery.remote import LocalFile
from editor.delivery.remote_destination import RemoteDestination
from editor.errors import Cancelled, CredentialsNeeded, DeliveryError
from editor.progress import Progress
from tests.delivery.git_server import (
    BRANCH,
    GitHost,
    commit_by_hand,
    files_of,
    git,
    make_certificate,
    new_repository,
    running_git_host,
)
from tests.delivery.newsroom import CHIEF, SLUGS, Newsroom, tree

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge")

AT = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
OLD = {
    "index.html": b"<p>Harbour opens",
    "stories/quay/index.html": b"<p>The quay",
    "SHA256SUMS": b"first",
}
NEW = {"index.html": b"<p>Harbour closes", "SHA256SUMS": b"second"}
CANARY = "canary-token-4711"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def host(tmp_path: Path, certificates: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHost]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "certificate.pem"))
    (tmp_path / "hosted").mkdir()
    with running_git_host(tmp_path / "hosted", certificates) as running:
        yield running


@pytest.fixture
def repository(host: GitHost) -> Path:
    return new_repository(host.root / "paper.git")


class Sender:
    """Sends files to a branch as a delivery does."""

    def __init__(self, tmp_path: Path, address: str, token: str = "") -> None:
        self._folder, self._address, self._token = tmp_path, address, token
        self.memory = tmp_path / "memory"
        self.confirmed_key = ""
        self.bytes = 0

    def remote(self, at: datetime = AT, person: str = "Nadia Rahman") -> GitRemote:
        address = read_address(self._address)
        place = GitPlace("Website", address)
        client = git_client(place, Credentials(self._token), self.confirmed_key)
        return GitRemote(place, client, Authorship(person, at), self.memory)

    def files(self, contents: Mapping[str, bytes]) -> list[LocalFile]:
        (self._folder / "source").mkdir(exist_ok=True)
        return [self._file(path, data) for path, data in contents.items()]

    def _file(self, path: str, data: bytes) -> LocalFile:
        hash = hashlib.sha256(data).hexdigest()
        source = self._folder / "source" / hash
        source.write_bytes(data)
        return LocalFile(path, source, hash, len(data))

    def count(self, done: int) -> None:
        self.bytes += done

    def send(
        self,
        contents: Mapping[str, bytes],
        removed: tuple[str, ...] = (),
        before_finish: Callable[[], Any] = lambda: None,
    ) -> dict[str, str]:
        """Send files, and return the blobs by path that the branch has then."""
        with self.remote() as remote:
            remote.listing()
            for file in self.files(contents):
                remote.store(file, self.count)
            remote.remove(removed)
            before_finish()
            remote.finish()
            return {path: found.tag for path, found in remote.listing().items()}


@pytest.fixture
def sender(tmp_path: Path, host: GitHost, repository: Path) -> Sender:
    return Sender(tmp_path, host.address(repository.name))


def test_first_push_to_an_empty_repository_makes_the_branch(
    sender: Sender, repository: Path
) -> None:
    listing = sender.send(OLD)
    assert files_of(repository) == OLD | {".nojekyll": b""}
    assert listing.keys() == {*OLD, ".nojekyll"}
    assert git(repository, "fsck", "--strict") == ""
    assert sender.bytes == sum(map(len, OLD.values()))


def test_missing_branch_is_made_beside_another_one(sender: Sender, repository: Path) -> None:
    commit_by_hand(repository, {"README": b"source"}, "main")
    sender.send(OLD)
    assert files_of(repository) == OLD | {".nojekyll": b""}
    assert files_of(repository, "main") == {"README": b"source"}


def test_commit_has_no_parents_and_what_was_withdrawn_is_in_no_history(
    sender: Sender, repository: Path
) -> None:
    sender.send(OLD)
    sender.send(NEW, ("stories/quay/index.html",))
    assert files_of(repository) == NEW | {".nojekyll": b""}
    assert git(repository, "rev-list", BRANCH).count("\n") == 1
    assert "quay" not in git(repository, "log", "--stat", BRANCH)


def test_files_of_others_stay_with_their_modes(sender: Sender, repository: Path) -> None:
    commit_by_hand(repository, {"CNAME": b"paper.example", "docs/README": b"read"})
    sender.send(OLD)
    assert files_of(repository) == OLD | {
        ".nojekyll": b"", "CNAME": b"paper.example", "docs/README": b"read"
    }  # fmt: skip


def test_same_edition_makes_the_same_commit_anywhere(sender: Sender, tmp_path: Path) -> None:
    other = new_repository(tmp_path / "other.git")
    sender.send(OLD)
    here = Sender(tmp_path, f"git+file://{other}#{BRANCH}")
    here.memory = tmp_path / "other-memory"
    here.send(OLD)
    first = git(tmp_path / "hosted" / "paper.git", "rev-parse", BRANCH)
    assert git(other, "rev-parse", BRANCH) == first
    assert git(other, "log", "-1", "--format=%an|%aI|%s", BRANCH) == (
        "Nadia Rahman|2026-03-03T14:02:00+00:00|Edition of 2026-03-03T14:02:00Z\n"
    )


def test_nothing_to_change_pushes_nothing(sender: Sender, host: GitHost) -> None:
    sender.send(OLD)
    host.received.clear()
    sender.send(OLD)
    assert not [path for path, _size in host.received if "receive-pack" in path]


def test_only_changed_blobs_travel(sender: Sender, host: GitHost, repository: Path) -> None:
    pictures = {f"pictures/{n}.jpg": random.Random(n).randbytes(50_000) for n in range(8)}
    sender.send(OLD | pictures)
    before = set(git(repository, "rev-list", "--objects", "--all").split())
    host.received.clear()
    sender.bytes = 0
    sender.send(NEW)
    [(_path, size)] = [row for row in host.received if "receive-pack" in row[0]]
    assert size < 2_000
    assert sender.bytes == sum(map(len, NEW.values()))
    new = git(repository, "rev-list", "--objects", BRANCH).split()
    # Two files, the root's tree and the commit.
    assert len([name for name in new if len(name) == 40 and name not in before]) == 4


def test_tip_that_is_known_is_not_fetched_again(sender: Sender, host: GitHost) -> None:
    sender.send(OLD)
    host.received.clear()
    with sender.remote() as remote:
        remote.listing()
        assert remote.read("SHA256SUMS", 100) == b"first"
    fetches = [size for path, size in host.received if "upload-pack" in path]
    assert len(fetches) == 1  # the names of the branches


@pytest.mark.parametrize("spoilt", [b"", b"\x81", None])
def test_lost_or_spoilt_memory_is_asked_for_again(sender: Sender, spoilt: bytes | None) -> None:
    listing = sender.send(OLD)
    kept = sender.memory / "branch-tip"
    kept.write_bytes(kept.read_bytes().replace(b"first", b"other") if spoilt is None else spoilt)
    with sender.remote() as remote:
        assert {path: file.tag for path, file in remote.listing().items()} == listing
        assert remote.read("SHA256SUMS", 100) == b"first"


@pytest.mark.parametrize("filters", ["true", "false"])
def test_server_with_and_without_filters_is_read(
    sender: Sender, repository: Path, host: GitHost, filters: str
) -> None:
    git(repository, "config", "uploadpack.allowFilter", filters)
    sender.send(OLD)
    shutil.rmtree(sender.memory)
    with sender.remote() as remote:
        assert remote.listing().keys() == {*OLD, ".nojekyll"}
        assert remote.read("SHA256SUMS", 100) == b"first"
        assert remote.read("index.html", 100) is None
        with pytest.raises(DeliveryError, match="too long"):
            remote.read("SHA256SUMS", 4)


def test_change_of_somebody_else_meanwhile_is_not_replaced(
    sender: Sender, repository: Path
) -> None:
    sender.send(OLD)
    change = lambda: commit_by_hand(repository, {"index.html": b"by hand"})  # noqa: E731
    with pytest.raises(
        DeliveryError, match="Somebody else changed the branch “pages” of “Website”"
    ):
        sender.send(NEW, before_finish=change)
    assert files_of(repository)["index.html"] == b"by hand"


def test_branch_made_by_somebody_else_meanwhile_is_not_replaced(
    sender: Sender, repository: Path
) -> None:
    change = lambda: commit_by_hand(repository, {"index.html": b"by hand"})  # noqa: E731
    with pytest.raises(DeliveryError, match="Somebody else"):
        sender.send(NEW, before_finish=change)


def test_host_that_forbids_replacing_says_so(sender: Sender, repository: Path) -> None:
    sender.send(OLD)
    git(repository, "config", "receive.denyNonFastForwards", "true")
    with pytest.raises(
        DeliveryError, match="does not let its branch “pages” be replaced"
    ) as caught:
        sender.send(NEW)
    assert "force pushes" in caught.value.hint
    assert files_of(repository) == OLD | {".nojekyll": b""}


def test_file_of_others_where_a_folder_is_needed_is_refused(
    sender: Sender, repository: Path
) -> None:
    commit_by_hand(repository, {"stories": b"a file"})
    with pytest.raises(DeliveryError, match="“stories” at “Website” is a file"):
        sender.send(OLD)


def test_wrong_token_is_refused_and_shown_nowhere(
    tmp_path: Path, host: GitHost, repository: Path
) -> None:
    host.token = "right"
    sender = Sender(tmp_path, host.address(repository.name), CANARY)
    with pytest.raises(CredentialsNeeded, match="localhost refused") as caught:
        sender.send(OLD)
    shown = repr(caught.value) + caught.value.hint + repr(sender.remote().__dict__)
    assert CANARY not in shown
    assert caught.value.__cause__ is None


def test_right_token_is_let_in(tmp_path: Path, host: GitHost, repository: Path) -> None:
    host.token = CANARY
    Sender(tmp_path, host.address(repository.name), CANARY).send(OLD)
    assert files_of(repository) == OLD | {".nojekyll": b""}


def test_missing_token_is_asked_for(sender: Sender, host: GitHost) -> None:
    host.token = "right"
    with pytest.raises(CredentialsNeeded):
        sender.send(OLD)


def test_repository_that_is_gone_is_named(tmp_path: Path, host: GitHost) -> None:
    with pytest.raises(DeliveryError, match=r"no repository /gone\.git"):
        Sender(tmp_path, host.address("gone.git")).send(OLD)
    with pytest.raises(DeliveryError, match="no repository"):
        Sender(tmp_path, f"git+file://{tmp_path}/gone.git#{BRANCH}").send(OLD)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(403, "refused the user name"), (413, "no room"), (507, "no room"), (503, r"error \(503\)")],
)
def test_what_a_server_answers_is_a_sentence(
    sender: Sender, host: GitHost, status: int, sentence: str
) -> None:
    host.answers = status
    with pytest.raises(DeliveryError, match=sentence):
        sender.send(OLD)


def test_server_that_is_not_there_is_a_sentence(tmp_path: Path, host: GitHost) -> None:
    refused = Sender(tmp_path, f"git+https://localhost:1/paper.git#{BRANCH}")
    with pytest.raises(DeliveryError, match="localhost can't be reached"):
        refused.send(OLD)
    unknown = Sender(tmp_path, f"git+https://nowhere.invalid/paper.git#{BRANCH}")
    with pytest.raises(DeliveryError, match=r"there is no server nowhere\.invalid"):
        unknown.send(OLD)


def test_certificate_that_nobody_vouches_for_is_refused(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with pytest.raises(DeliveryError, match="certificate of localhost is not valid"):
        sender.send(OLD)


@pytest.mark.parametrize("points", [2, pytest.param(47, marks=pytest.mark.slow)])
def test_cut_push_leaves_the_old_edition(
    sender: Sender, host: GitHost, repository: Path, points: int
) -> None:
    chance = random.Random(points)
    sender.send(OLD)
    big = NEW | {"picture.jpg": random.Random(1).randbytes(1_500_000)}
    for cut in (0, 1, 300, *(chance.randrange(1_490_000) for _point in range(points))):
        host.cut_after = cut
        with pytest.raises(DeliveryError, match="“Website”: the connection to localhost was cut"):
            sender.send(big)
        assert files_of(repository) == OLD | {".nojekyll": b""}
    host.cut_after = None
    sender.send(big, ("stories/quay/index.html",))
    assert files_of(repository) == big | {".nojekyll": b""}


def test_cancel_in_the_middle_of_a_push_leaves_the_old_edition(
    sender: Sender, repository: Path
) -> None:
    sender.send(OLD)
    calls: list[int] = []

    def cancel(done: int) -> None:
        calls.append(done)
        if len(calls) > 10:
            raise Cancelled

    big = {f"{n}.jpg": random.Random(n).randbytes(400_000) for n in range(5)}
    with sender.remote() as remote:
        remote.listing()
        for file in sender.files(NEW | big):
            remote.store(file, cancel)
        assert len(calls) == 7
        with pytest.raises(Cancelled):
            remote.finish()
    assert len(calls) == 11
    assert files_of(repository) == OLD | {".nojekyll": b""}


def test_file_that_changed_on_this_computer_is_not_sent(sender: Sender) -> None:
    [file] = sender.files({"index.html": b"as planned"})
    file.source.write_bytes(b"otherwise!")
    with sender.remote() as remote:
        remote.listing()
        with pytest.raises(DeliveryError, match="changed on this computer"):
            remote.store(file, sender.count)


def test_hook_that_refuses_is_a_sentence(sender: Sender, repository: Path) -> None:
    hook = repository / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(DeliveryError, match="does not let its branch"):
        sender.send(OLD)


def test_odd_names_and_links_of_others_stay(sender: Sender, repository: Path) -> None:
    empty = git(repository, "hash-object", "-w", "/dev/null").strip().encode()
    entries = b"100755 blob %b\tr\xe9sum\xe9\x00120000 blob %b\tlink\0" % (empty, empty)
    tree = subprocess.run(
        ["git", "mktree", "-z"], cwd=repository, input=entries, capture_output=True, check=True
    ).stdout.decode()
    author = ("-c", "user.name=A", "-c", "user.email=a@b")
    commit = git(repository, *author, "commit-tree", tree.strip(), "-m", "x")
    git(repository, "update-ref", f"refs/heads/{BRANCH}", commit.strip())
    sender.send(OLD)
    listed = subprocess.run(
        ["git", "ls-tree", "-z", BRANCH], cwd=repository, capture_output=True, check=True
    ).stdout
    assert set(entries.split(b"\0")) <= set(listed.split(b"\0"))


def test_delivery_to_a_branch_is_what_an_export_writes(
    newsroom: Newsroom, host: GitHost, repository: Path, tmp_path: Path
) -> None:
    target = Target("Pages", host.address(repository.name))
    first = newsroom.deliver(target, branch_of(newsroom, target))
    assert files_of(repository) == tree(first.outbox.edition) | {".nojekyll": b""}
    assert newsroom.prepare(target, branch_of(newsroom, target)).is_nothing
    newsroom.edit(SLUGS[0], "The quay opened late.")
    host.received.clear()
    sizes: list[tuple[int, int]] = []
    prepared = newsroom.prepare(target, branch_of(newsroom, target))
    prepared.send(Progress(lambda done, total, _path: sizes.append((done, total))))
    assert files_of(repository) == tree(first.outbox.edition) | {".nojekyll": b""}
    assert sizes[0] == (0, prepared.plan.size)
    assert sizes[-1] == (prepared.plan.size, prepared.plan.size)
    assert sorted(sizes) == sizes
    [size] = [size for path, size in host.received if "receive-pack" in path]
    assert size < prepared.plan.size


def test_branch_delivered_from_another_computer_has_nothing_to_change(
    newsroom: Newsroom, host: GitHost, repository: Path
) -> None:
    target = Target("Pages", host.address(repository.name))
    first = newsroom.deliver(target, branch_of(newsroom, target))
    shutil.rmtree(first.outbox.known)
    again = newsroom.prepare(target, branch_of(newsroom, target))
    assert not again.plan.difference.new
    assert again.plan.difference.is_nothing


def test_page_that_somebody_changed_in_the_branch_is_sent_again(
    newsroom: Newsroom, host: GitHost, repository: Path
) -> None:
    target = Target("Pages", host.address(repository.name))
    newsroom.deliver(target, branch_of(newsroom, target))
    commit_by_hand(repository, {"index.html": b"by hand"})
    prepared = newsroom.prepare(target, branch_of(newsroom, target))
    assert [*prepared.plan.difference.changed] == ["index.html"]
    prepared.send(Progress())
    assert files_of(repository) == tree(prepared.outbox.edition) | {".nojekyll": b""}


def branch_of(newsroom: Newsroom, target: Target) -> RemoteDestination:
    outbox = newsroom.outbox(target)
    place = GitPlace(target.name, target.place)

    def connect() -> GitRemote:
        client = git_client(place, Credentials())
        return GitRemote(place, client, Authorship(CHIEF, newsroom.clock()), outbox.known)

    return RemoteDestination(outbox, connect)
