"""Every verb that writes where it is told: never in a desk, never over a stranger's file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import keyring
import pytest

from editor.cli import stonehand
from editor.cli.verbs import VERBS
from tests.cli.conftest import Run
from tests.keyrings import Secrets

EDITOR = "Tom Vale"
WRITES: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("export", "out"): {
        "a site": ("export", "site", "--desk", "DESK", "--as", EDITOR, "--out"),
        "an unsigned api": ("export", "api", "--desk", "DESK", "--unsigned", "--out"),
    },
    ("backup", "out"): {"a backup": ("backup", "DESK", "--out")},
    ("proof", "out"): {"a proof": ("proof", "ferry-returns", "--desk", "DESK", "--out")},
    ("key", "out"): {"a key line": ("key", "--person", EDITOR, "--out")},
    ("credentials", "copy_key"): {
        "a copy of a key": ("credentials", "--desk", "DESK", "--copy-key")
    },
}
"""The words of a verb that writes to a path, which comes last; it takes --force."""
MAKES: dict[tuple[str, str], tuple[str, ...]] = {
    ("new", "desk_path"): ("new", "PLACE", "--name", "Other", "--person", EDITOR),
    ("restore-desk", "desk_path"): ("restore-desk", "BACKUP", "PLACE"),
}
"""Verbs that make a new folder, and nothing where there is something."""
READS = {
    ("credentials", "add_key"),
    ("credentials", "files"),
    ("import", "files"),
    ("masthead", "key_file"),
    ("serve", "path"),
    ("style", "rules"),
    ("verify", "path"),
    ("restore-desk", "file"),
}
FILES = {"backup", "credentials", "key", "proof"}
"""Verbs whose output is one file; an export is a zip file or a folder."""

# What `proof` makes for want of a window would be there for all tests after it.
pytestmark = pytest.mark.usefixtures("qapp")

words = pytest.mark.parametrize(
    "words",
    [words for verbs in WRITES.values() for words in verbs.values()],
    ids=[name for verbs in WRITES.values() for name in verbs],
)


@pytest.fixture(autouse=True)
def _signs_pictures(desk_path: Path, run: Run) -> Iterator[None]:
    """Give the paper certificates, whose key can be copied."""
    before = keyring.get_keyring()
    keyring.set_keyring(Secrets())
    assert run("credentials", "--desk", desk_path, "--make", "--as", "Nadia Rahman")[0] == 0
    yield
    keyring.set_keyring(before)


def command(verb: str) -> click.Command:
    found = stonehand.get_command(click.Context(stonehand), verb)
    assert found is not None
    return found


def test_every_path_that_a_verb_takes_is_in_a_table_here() -> None:
    paths = {
        (verb, str(parameter.name))
        for verb in VERBS
        for parameter in command(verb).params
        if isinstance(parameter.type, click.Path)
    }
    desks = {path for path in paths if path[1] == "desk_path"} - set(MAKES)
    assert paths - desks == READS | set(WRITES) | set(MAKES)
    for verb, _name in WRITES:
        assert "force" in {parameter.name for parameter in command(verb).params}


def fill(words: tuple[str, ...], desk: Path) -> list[object]:
    return [desk if word == "DESK" else word for word in words]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


@words
@pytest.mark.parametrize(
    "place", ["", "desk.sqlite3", "new", "new.zip", "pictures", "pictures/x.zip", "drafts/a/b"]
)
@pytest.mark.parametrize("is_link", [False, True], ids=["", "by a link"])
def test_nothing_is_written_inside_a_desk_not_even_with_force(
    run: Run, desk_path: Path, tmp_path: Path, words: tuple[str, ...], place: str, is_link: bool
) -> None:
    """The folder of pictures is empty: it was taken for a good place once."""
    base = desk_path
    if is_link:
        base = tmp_path / "link"
        base.symlink_to(desk_path)
    before = contents(desk_path)
    for force in ((), ("--force",)):
        code, _, err = run(*fill(words, desk_path), base / place, *force)
        assert (code, "is inside the desk “Paper.desk”" in err) == (1, True), err
    assert contents(desk_path) == before


@words
@pytest.mark.parametrize("name", ["letter.txt", "x.zip", "X.ZIP", "desk.stonehand-backup"])
def test_a_strangers_file_is_named_and_stays_without_force(
    run: Run, desk_path: Path, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    out = tmp_path / name
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear desk")
    before = out.read_bytes()
    code, _, err = run(*fill(words, desk_path), out)
    assert (code, f"“{name}”" in err) == (1, True), err
    assert out.read_bytes() == before
    is_folder = words[0] not in FILES and out.suffix.lower() != ".zip"
    assert ("--force" in err) != is_folder, "a file never becomes a folder"
    code, _, err = run(*fill(words, desk_path), out, "--force")
    assert code == is_folder, err
    assert (out.read_bytes() == before) == is_folder
    if not is_folder:
        assert run(*fill(words, desk_path), out)[0] == 0, "what was written is ours"


def test_outputs_of_one_kind_do_not_replace_those_of_another(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.zip"
    all_words = [words for verbs in WRITES.values() for words in verbs.values()]
    for written in all_words:
        assert run(*fill(written, desk_path), out, "--force")[0] == 0
        for other in all_words:
            if other[0] != written[0]:
                assert run(*fill(other, desk_path), out)[0] == 1, (written, other)


@pytest.mark.parametrize("verb", ["site", "api"])
def test_export_into_a_strangers_folder_needs_force_and_keeps_what_it_does_not_replace(
    run: Run, desk_path: Path, tmp_path: Path, verb: str
) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("private")
    (out / "edition.json").write_text("other")
    words = ("export", verb, "--desk", desk_path, "--unsigned", "--out", out)
    code, _, err = run(*words)
    assert (code, "“mine”" in err, "--force" in err) == (1, True, True)
    assert {path.name for path in out.iterdir()} == {"letter.txt", "edition.json"}
    assert run(*words, "--force")[0] == 0
    assert (out / "letter.txt").read_text() == "private"
    assert (out / "edition.json").read_text() != "other"
    assert run(*words)[0] == 0, "it is ours now"


def test_export_around_a_desk_never_writes_into_it(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    desk = desk_path.rename(out / "assets")  # as a folder of the site is called
    before = contents(desk)
    words = ("export", "site", "--desk", desk, "--unsigned", "--out", out, "--force")
    code, _, err = run(*words)
    assert (code, "inside the desk “assets”" in err) == (1, True)
    assert contents(desk) == before
    assert [path.name for path in out.iterdir()] == ["assets"]


@pytest.mark.parametrize("words", MAKES.values(), ids=[verb for verb, _name in MAKES])
def test_desk_is_never_made_inside_a_desk(
    run: Run, desk_path: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run("backup", desk_path, "--out", tmp_path / "b.zip")[0] == 0
    places = {"PLACE": desk_path / "pictures" / "new.desk", "BACKUP": tmp_path / "b.zip"}
    code, _, err = run(*(places.get(word, word) for word in words))
    assert (code, "inside the desk “Paper.desk”" in err) == (1, True)
    assert list((desk_path / "pictures").iterdir()) == []


def test_place_that_no_system_can_have_is_refused_with_a_sentence(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for place in (loop, loop / "x", tmp_path / ("x" * 300), Path("/dev/null")):
        for verbs in WRITES.values():
            for words in verbs.values():
                code, _, err = run(*fill(words, desk_path), place)
                assert (code, err.count("\n")) == (1, 1), (words, place, err)


def test_zip_by_any_spelling_is_said_to_be_unpacked(
    run: Run, desk_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.ZIP"
    words = ("export", "site", "--desk", desk_path, "--unsigned", "--out", out)
    code, said, _ = run(*words)
    assert code == 0
    assert f"Unpack {out} and open index.html" in said
    assert zipfile.is_zipfile(out)


@pytest.mark.parametrize("spelling", [".", "./", "../Photos"])
def test_a_strangers_folder_is_named_however_it_is_spelled(
    spelling: str, run: Run, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    (folder / "quay.jpg").write_bytes(b"photo")
    monkeypatch.chdir(folder)
    code, _, err = run("export", "site", "--desk", desk_path, "--unsigned", "--out", spelling)
    assert (code, "The folder “Photos” has files" in err) == (1, True)
