"""No secret of a newsroom is in any byte of an export, or in the name of a file of one.

The same desk is exported over and over into one folder while stories are killed, renamed, held
back and expire; what is there then is what a whole export writes into an empty folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from editor.formats.bundle.bag import INFO, MANIFEST, TAG_MANIFEST
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.store.desk import Desk
from tests.conftest import ROOT
from tests.faults.canaries import ACCENTED, ARABIC, SECRET, found, found_bytes, public, secret, tree
from tests.faults.conftest import MAY_MOUNT
from tests.faults.secret_newsroom import (
    CHIEF,
    COLOURS,
    EDITOR,
    HIDDEN,
    LATER,
    NEVER,
    NOW,
    THUMBNAIL,
    WRITER,
    SecretNewsroom,
    hide_secrets,
    id_of,
    make_newsroom,
    secret_slug,
)
from tests.faults.secret_pictures import place_bytes, shows

FIELDS = ("kicker", "headline", "standfirst", "point", "byline", "city", "body", "keyword",
          "caption", "credit", "alt")  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".ico")
LOGS = "data/history/events/"
PROVES = {EDITION, SUMS, SIGNATURE, TAG_MANIFEST}


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretNewsroom]:
    monkeypatch.setenv("STONEHAND_KEYS", str(tmp_path / f"{SECRET}keys"))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", secret("passphrase"))
    room = make_newsroom(tmp_path)
    yield room
    room.desk.close()


class Site:
    """One target of exports, and what every export to it must be."""

    def __init__(self, room: SecretNewsroom, format: str) -> None:
        self.room, self.format = room, format
        self.folder = room.folder / f"{SECRET}out" / format
        self.gone: list[str] = []
        self.colours = {*HIDDEN.values(), THUMBNAIL}

    def export(self, at: datetime = NOW) -> dict[str, bytes]:
        """Export into the folder and into an empty one; what is in both."""
        whole = self.folder.with_name("whole")
        self.room.export(self.format, self.folder, at, known=True)
        self.room.export(self.format, whole, at)
        files = tree(self.folder)
        assert files == tree(whole)
        shutil.rmtree(whole)
        assert [path.name for path in self.folder.parent.iterdir()] == [self.format]
        self.assert_no_secret(files)
        return files

    def assert_no_secret(self, files: dict[str, bytes]) -> None:
        """Assert that nothing secret is in some files, nor anything that is gone."""
        assert found(files, (SECRET, ACCENTED, ARABIC, *self.gone)) == []
        assert found(files, secret_names(self.room)) == []
        assert found_bytes(files, place_bytes() | key_bytes(self.room)) == []
        assert colours_of(files)
        assert not self.colours & colours_of(files)


def secret_names(room: SecretNewsroom) -> list[str]:
    """The ids of secret stories, and the hashes of their texts and of their own pictures."""
    with room.desk.read() as snapshot:
        hidden = [snapshot.stored(id_of(secret_slug(kind))) for kind in HIDDEN]
        public = [snapshot.stored(id).story for id in room.stories.values()]
    shown = {picture.file for story in public for picture in story.pictures}
    pictures = {picture.file for stored in hidden for picture in stored.story.pictures} - shown
    names = [*(stored.story.id for stored in hidden), *(stored.hash for stored in hidden)]
    return [*names, *(file.partition(".")[0] for file in pictures)]


def colours_of(files: dict[str, bytes]) -> set[str]:
    """The colours that pictures have."""
    drawn = [data for path, data in files.items() if path.endswith(PICTURES)]
    colours = (*HIDDEN.values(), *COLOURS.values(), THUMBNAIL)
    return {colour for data in drawn for colour in colours if shows(data, colour)}


def key_bytes(room: SecretNewsroom) -> dict[str, bytes]:
    """The bytes of everybody's private key, and of the files that they are in."""
    needles = {}
    for name in (CHIEF, EDITOR, WRITER):
        pem = room.desk.signing_key(name).pem
        key = load_pem_private_key(pem, None)
        needles[f"key of {name}"] = key.private_bytes(
            Encoding.Raw, PrivateFormat.Raw, NoEncryption()
        )
        needles[f"PEM of {name}"] = pem.splitlines()[1]
    for number, file in enumerate(Path(os.environ["STONEHAND_KEYS"]).iterdir()):
        needles[f"key file {number}"] = file.read_bytes()[-80:-20]
    return needles


FORMATS = ["site", "api", pytest.param("bundle", marks=pytest.mark.slow), "history"]
"""A bundle with its history has all files of one without, which is left to the long mode."""


def test_search_finds_what_readers_have(newsroom: SecretNewsroom) -> None:
    """That nothing is found says little about a search that finds nothing."""
    for format in ("site", "api", "bundle"):
        newsroom.export(format, newsroom.folder / f"{format}.zip")
        files = {format: (newsroom.folder / f"{format}.zip").read_bytes()}
        for name in ("ferry", "quay", "tide", "wreck"):
            for field in FIELDS:
                assert found(files, [public(name + field)]), (format, name, field)
    originals = tree(newsroom.desk.path / "pictures")
    for word in (SECRET, ACCENTED, ARABIC):
        assert len({hit.partition(":")[0] for hit in found(originals, [word])}) == len(originals)
    assert len(found_bytes(originals, place_bytes())) == len(originals)
    for needle in key_bytes(newsroom).values():
        assert found_bytes({"a": b"x" + needle.hex().encode()}, {"a": needle})


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_that_readers_may_not_have_changes_a_byte(
    newsroom: SecretNewsroom, format: str
) -> None:
    site = Site(newsroom, format)
    before = site.export()
    hide_secrets(newsroom)
    after = site.export()
    changed = {path for path in before if before[path] != after.get(path)}
    if format == "history":  # each entry of a log is there by its hash
        assert any(path.startswith(LOGS) for path in changed)
        changed = {path for path in changed if not path.startswith(LOGS)} - {INFO, MANIFEST}
    assert changed <= PROVES
    assert set(before) == set(after)
    proofs = [json.loads(files[EDITION]) for files in (before, after)]
    assert [proof.pop("withheld") for proof in proofs] == [
        {}, {"embargo": 1, "expired": 1, "not_due": 1},
    ]  # fmt: skip
    assert proofs[0] == proofs[1]


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_taken_from_readers_leaves_no_trace(newsroom: SecretNewsroom, format: str) -> None:
    room, site, stories = newsroom, Site(newsroom, format), newsroom.stories
    hide_secrets(room)
    room.save_front(id_of(secret_slug("embargoed")), stories["tide"])
    assert colours_of(site.export()) >= set(COLOURS.values())

    room.kill(stories["wreck"])
    site.gone += [public(f"wreck{field}") for field in FIELDS]
    site.colours.add(COLOURS["wreck"])
    site.export()

    room.update(stories["tide"], slug="tide-turns", headline="Other", pictures=())
    site.export()
    room.release(stories["tide"])
    site.gone += [public(f"tide{field}") for field in ("headline", "caption", "credit", "alt")]
    site.colours.add(COLOURS["tide"])
    assert any("tide-turns" in path for path in site.export())

    room.edit(stories["quay"], body=secret("later"), embargo=NEVER)
    room.approve(stories["quay"])
    assert found(site.export(), [public("quaybody")]), "readers keep what they have"

    room.set_about(public("about"))
    assert bool(found(site.export(), [public("about")])) == (format != "api")
    room.set_about("Another text.")
    site.gone.append(public("about"))
    site.export()

    assert found(site.export(), [public("shortbrief")])
    site.gone += [public("shortbrief"), *(public(f"tide{field}") for field in FIELDS)]
    after = site.export(LATER)
    left = {path for path in after if "tide" in path}
    # A program that reads the API learns that the story has expired, and nothing else of it.
    told = "v1/stories/tide-turns.json"
    assert left == {"site": set(), "api": {told}}.get(format, {f"data/api/{told}"})


def test_computer_and_its_user_are_in_no_file(newsroom: SecretNewsroom, tmp_path: Path) -> None:
    """By the command line, on a computer and by a user whose names are secret."""
    hide_secrets(newsroom)
    newsroom.desk.close()
    names = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "HOSTNAME"), secret("computer"))
    home = {"HOME": str(tmp_path / f"{SECRET}home"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "editor", "export", "site", "--desk", str(newsroom.desk.path)]
    command += ["--as", EDITOR, "--out", str(tmp_path / f"{SECRET}site")]
    if MAY_MOUNT:
        rename = 'hostname "$0" && exec "$@"'
        command = ["unshare", "--uts", "sh", "-c", rename, f"{SECRET}host", *command]
    environment = os.environ | names | home
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with Desk.open(newsroom.desk.path) as newsroom.desk:
        Site(newsroom, "site").assert_no_secret(tree(tmp_path / f"{SECRET}site"))
