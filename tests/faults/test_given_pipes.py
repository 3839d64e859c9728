"""A pipe or a device in place of a file is refused at once: nothing waits for its end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.checks.rules.reader import load_rule
from editor.core.times import now
from editor.errors import EditorError
from editor.formats.verify.verifier import verify_edition
from editor.gui.window.importing import read_files
from editor.progress import Progress
from editor.releases import read_list
from editor.spelling.dictionary_files import find_dictionary
from editor.spelling.personal import PersonalDictionary
from editor.store.backup import restore_backup
from editor.store.journal import Journal
from editor.store.pictures import Pictures
from editor.trust.paper_credentials import read_certificates
from editor.trust.picture_keys import read_key_file
from tests.spelling.small_dictionaries import write_dictionary

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")

REASON = "Is a device or a pipe, not a file"


def _import(path: Path) -> None:
    [refused] = read_files([path], Progress()).refused
    raise refused


def _load_ssh_key(path: Path) -> None:
    from editor.delivery.sftp import _key

    _key("Website", path, "")


READERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "wire text": (_import, REASON),
    "picture": (lambda path: Pictures(path.parent / "pictures").add(path), REASON),
    "rule": (load_rule, REASON),
    "certificates": (lambda path: read_certificates(path, now()), REASON),
    "key of certificates": (read_key_file, REASON),
    "list of versions": (lambda path: read_list(str(path)), REASON),
    "own words": (lambda path: PersonalDictionary(path).add("Vilna"), REASON),
    "edition": (lambda path: verify_edition(path, Progress()), "There is nothing to check"),
    "backup": (lambda path: restore_backup(path, path.parent / "New.desk"), "There is no file"),
    "key for a server": (_load_ssh_key, "there is no key file"),
}


@pytest.fixture(params=["pipe", "/dev/zero"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A pipe that nobody writes to, and a device that never ends."""
    if request.param != "pipe":
        return Path(request.param)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    return pipe


@pytest.mark.parametrize("kind", READERS)
def test_what_is_given_in_place_of_a_file_is_refused(given: Path, kind: str) -> None:
    read, sentence = READERS[kind]
    with pytest.raises(EditorError) as refusal:
        read(given)
    assert sentence in refusal.value.sentence
    assert refusal.value.hint or kind == "wire text"


def test_dictionary_of_a_pipe_is_none(tmp_path: Path) -> None:
    write_dictionary(tmp_path, "fr", "mot")
    os.mkfifo(tmp_path / "fr_FR.dic")
    (tmp_path / "fr_FR.aff").write_bytes((tmp_path / "fr.aff").read_bytes())
    found = find_dictionary("fr-FR", [tmp_path])
    assert found is not None
    assert found.name == "fr"


def test_draft_that_is_a_pipe_is_no_draft(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("story:1", {"a": 1})
    os.mkfifo(tmp_path / "story%3A2.json")
    assert journal.entries() == {"story:1": {"a": 1}}
    assert journal.read("story:2") is None
