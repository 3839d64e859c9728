"""`stonehand credentials`, and exports of a paper that signs its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import c2pa
import pytest

from editor.core.commands import SaveHouse, SaveStory
from editor.core.times import instant_text, now
from editor.errors import BadValue, NotAllowed
from editor.store.desk import Desk
from editor.trust.picture_keys import KEY_VARIABLE
from tests.certificates import certificate, chain, key_pem, new_key
from tests.cli.conftest import Run
from tests.keyrings import Secrets
from tests.proof.odd_pictures import drawn
from tests.reading import reading

CHIEF = "Nadia Rahman"

pytestmark = pytest.mark.usefixtures("secrets")


@pytest.fixture
def pictured(desk_path: Path, run: Run) -> Path:
    """The desk with a story that has a picture, approved."""
    with Desk.open(desk_path) as desk:
        picture = replace(desk.pictures.add(drawn()), caption="The quay", alt="A quay")
        found = reading(desk).stored(reading(desk).find("ferry-returns"))
        story = replace(found.story, pictures=(replace(picture, credit="Harbour Post"),))
        desk.do(SaveStory(story, found.version), by="Ines Duarte")
    for verb, person in (("submit", "Ines Duarte"), ("approve", "Tom Vale")):
        code, _out, err = run(verb, "ferry-returns", "--desk", desk_path, "--as", person)
        assert (code, err) == (0, "")
    return desk_path


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def states(files: dict[str, bytes]) -> set[str]:
    """Return what a reader says of the JPEGs; `none` for one without credentials."""
    found = set()
    for path, data in files.items():
        if path.endswith(".jpg"):
            reader = c2pa.Reader.try_create("image/jpeg", BytesIO(data))
            found.add(reader.get_validation_state() if reader else "none")
    return found


def test_paper_signs_no_pictures_until_a_chief_says_so(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets
) -> None:
    assert run("credentials", "--desk", pictured)[1] == "The paper signs no pictures.\n"
    assert run("credentials", "--desk", pictured, "--make")[0] == 2
    code, _out, err = run("credentials", "--desk", pictured, "--make", "--as", "Tom Vale")
    assert code == 1
    assert "Only the chief" in err
    key = new_key()
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[0].write_text(chain(key))
    files[1].write_bytes(key_pem(key))
    add = ("credentials", "--desk", pictured, "--add", *files)
    assert [run(*add)[0], run(*add, "--as", "Tom Vale")[0]] == [2, 1]
    assert secrets.passwords == {}, "no key is kept for what is refused"
    out = tmp_path / "site"
    assert run("export", "site", "--desk", pictured, "--out", out, "--unsigned")[0] == 0
    assert states(files_of(out)) == {"none"}


@pytest.mark.parametrize("format_name", ["site", "api", "bundle"])
def test_exports_have_signed_pictures_with_the_same_bytes(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets, format_name: str
) -> None:
    assert run("credentials", "--desk", pictured, "--make", "--as", CHIEF)[0] == 0
    shown = json.loads(run("credentials", "--desk", pictured, "--json")[1])
    assert (shown["name"], shown["key_here"]) == ("Harbour Post", True)
    at = ("--generated-at", instant_text(now() - timedelta(seconds=1)))
    export = ("export", format_name, "--desk", pictured, "--as", CHIEF)
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        code, _out, err = run(*export, "--out", out, *at)
        assert (code, err) == (0, "")
    assert states(files_of(first)) == {"Valid"}
    assert files_of(first) == files_of(second)
    # Nothing to do: no key is needed.
    secrets.is_locked = True
    code, out_text, err = run(*export, "--out", first)
    assert (code, err) == (0, "")
    assert "Wrote" not in out_text
    assert files_of(first) == files_of(second)


def test_export_without_the_key_is_refused_and_leaves_the_old_one(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets
) -> None:
    out, export = tmp_path / "site", ("export", "site", "--desk", pictured, "--unsigned")
    assert run(*export, "--out", out)[0] == 0
    before = files_of(out)
    assert run("credentials", "--desk", pictured, "--make", "--as", CHIEF)[0] == 0
    secrets.passwords.clear()
    code, _out, err = run(*export, "--out", out)
    assert code == 1
    assert "not on this computer" in err
    assert "stonehand credentials --add-key" in err
    assert files_of(out) == before
    assert "Key" in run("credentials", "--desk", pictured)[1]
    assert run("credentials", "--desk", pictured, "--off", "--as", CHIEF)[0] == 0
    assert run(*export, "--out", out)[0] == 0
    assert states(files_of(out)) == {"none"}


def test_expired_certificates_are_refused_when_set_and_at_export(
    pictured: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[1].write_bytes(key_pem(key))
    add = ("credentials", "--desk", pictured, "--add", *files, "--as", CHIEF)
    files[0].write_text(chain(key, start=now() - timedelta(days=9), days=8))
    code, _out, err = run(*add)
    assert code == 1
    assert "expired on" in err
    files[0].write_text(chain(key, start=now() - timedelta(days=9), days=10))
    assert run(*add)[0] == 0
    later = instant_text(now() + timedelta(days=2))
    out = tmp_path / "site"
    export = ("export", "site", "--desk", pictured, "--unsigned", "--out", out)
    code, _out, err = run(*export, "--what-if", "--generated-at", later)
    assert code == 1
    assert "expired on" in err
    assert not out.exists()
    assert run(*export)[0] == 0
    assert states(files_of(out)) == {"Valid"}


def test_files_of_an_authority_are_added(pictured: Path, run: Run, tmp_path: Path) -> None:
    key, other = new_key(), new_key()
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[0].write_text(chain(key))
    add = ("credentials", "--desk", pictured, "--add", *files)
    for pem, sentence in (
        (key_pem(other), "not that of the first certificate"),
        (key_pem(key, b"sesame"), "does not open the private key"),
        (b"", "no private key"),
    ):
        files[1].write_bytes(pem)
        code, _out, err = run(*add, "--as", CHIEF)
        assert code == 1
        assert sentence in err
    files[1].write_bytes(key_pem(key))
    assert run(*add)[0] == 2  # a chief signs it
    code, shown, err = run(*add, "--as", CHIEF)
    assert (code, err) == (0, "")
    assert "Press Authority" in shown
    assert run(*add)[0] == 0  # on another computer: the paper has them already


def test_key_file_serves_an_export_without_a_keyring(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    files = tmp_path / "chain.pem", tmp_path / "key.pem"
    files[0].write_text(chain(key))
    files[1].write_bytes(key_pem(key))
    assert run("credentials", "--desk", pictured, "--add", *files, "--as", CHIEF)[0] == 0
    secrets.is_locked = True
    monkeypatch.setenv(KEY_VARIABLE, str(files[1]))
    out = tmp_path / "site"
    code, _out, err = run("export", "site", "--desk", pictured, "--unsigned", "--out", out)
    assert (code, err) == (0, "")
    assert states(files_of(out)) == {"Valid"}


def test_copied_key_serves_another_computer(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, words = tmp_path / "key.pem", ("credentials", "--desk", pictured)
    code, _out, err = run(*words, "--copy-key", file)
    assert (code, "signs no pictures" in err) == (1, True)
    assert run(*words, "--make", "--as", CHIEF)[0] == 0
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "short")
    code, _out, err = run(*words, "--copy-key", file)
    assert (code, "too short" in err, file.exists()) == (1, True, False)
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "harbour lights")
    code, _out, err = run(*words, "--copy-key", file)
    assert (code, str(file) in err) == (0, True)
    assert file.stat().st_mode & 0o077 == 0
    kept = dict(secrets.passwords)
    secrets.passwords.clear()
    assert json.loads(run(*words, "--json")[1])["key_here"] is False
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "harbour light")
    code, _out, err = run(*words, "--add-key", file)
    assert (code, "does not open" in err, secrets.passwords) == (1, True, {})
    monkeypatch.setenv("STONEHAND_PASSPHRASE", "harbour lights")
    assert run(*words, "--add-key", file)[0] == 0
    assert secrets.passwords == kept
    file.write_bytes(key_pem(new_key()))
    code, _out, err = run(*words, "--add-key", file)
    assert (code, "not that of the first certificate" in err) == (1, True)
    assert secrets.passwords == kept


def test_copy_of_a_key_needs_a_passphrase(
    pictured: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("credentials", "--desk", pictured)
    assert run(*words, "--make", "--as", CHIEF)[0] == 0
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    code, _out, err = run(*words, "--copy-key", tmp_path / "key.pem")
    assert (code, "Set STONEHAND_PASSPHRASE" in err) == (1, True)
    assert run(*words, "--off", "--add-key", tmp_path / "key.pem", "--as", CHIEF)[0] == 2


@pytest.mark.parametrize("format_name", ["site", "api", "bundle"])
def test_other_words_of_a_story_need_no_key(
    pictured: Path, run: Run, tmp_path: Path, secrets: Secrets, format_name: str
) -> None:
    assert run("credentials", "--desk", pictured, "--make", "--as", CHIEF)[0] == 0
    out = tmp_path / "out"
    export = ("export", format_name, "--desk", pictured, "--unsigned", "--out", out)
    assert run(*export)[0] == 0
    before = files_of(out)
    with Desk.open(pictured) as desk:
        found = reading(desk).stored(reading(desk).find("ferry-returns"))
        story = replace(found.story, headline="The ferry returns at last")
        desk.do(SaveStory(story, found.version), by="Ines Duarte")
    for verb, person in (("submit", "Ines Duarte"), ("approve", "Tom Vale")):
        code, _out, err = run(verb, "ferry-returns", "--desk", pictured, "--as", person)
        assert (code, err) == (0, "")
    secrets.is_locked = True
    code, _out, err = run(*export)
    assert (code, err) == (0, "")
    after = files_of(out)
    assert any(b"The ferry returns at last" in data for data in after.values())
    signed = {path for path in before if path.endswith(".jpg")}
    assert signed
    assert all(after[path] == before[path] for path in signed)


def test_no_key_is_ever_in_the_desk(pictured: Path, run: Run, secrets: Secrets) -> None:
    assert run("credentials", "--desk", pictured, "--make", "--as", CHIEF)[0] == 0
    [pem] = secrets.passwords.values()
    line = pem.splitlines()[1].encode()
    assert all(line not in data for data in files_of(pictured).values())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: chain(new_key(), start=now() - timedelta(days=9), days=8), "expired on"),
        (lambda: certificate("A", new_key(), "B", new_key()), "is missing"),
    ],
)
def test_write_door_refuses_certificates_that_no_reader_takes(
    desk_path: Path, make: Callable[[], str], sentence: str
) -> None:
    with Desk.open(desk_path) as desk:
        house = reading(desk).house()
        changed = replace(house, content_credentials=make())
        with pytest.raises(BadValue, match=sentence):
            desk.do(SaveHouse(changed, house.hash), by=CHIEF)
        with pytest.raises(NotAllowed):
            desk.do(SaveHouse(changed, house.hash), by="Tom Vale")
        assert reading(desk).house() == house
