"""Every file of ours, damaged in many ways: it is read, or refused with a sentence. No bug."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from editor.cli import main
from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner, SaveStory, SetPolicy, Submit
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.review.seen_versions import SeenVersion, SeenVersions, seen_file
from editor.gui.window.window_state import (
    WindowState,
    load_window_state,
    on_screen,
)
from editor.places import config_folder, data_folder, settings_file, window_state_file
from editor.settings import Settings, load_settings, save_settings
from editor.store.backup_file import CHANGES, PAGES
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from editor.store.journal import Journal
from editor.store.log import pins
from editor.trust.keyring import KeyFolder
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.known_mastheads import KnownMastheads
from tests.fuzz.mutations import damage_bytes, damage_json
from tests.people import approving
from tests.reading import reading

CHIEF = "Mara Quill"
Times = Callable[[int], list[int]]


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    """So many seeds in the normal run, and thirty times as many in the long one."""
    factor = 30 if request.config.getoption("--slow") else 1
    return lambda number: list(range(number * factor))


def read_or_refused(read: Callable[[], object]) -> None:
    """Read; a known problem has a sentence, and anything else fails the test."""
    try:
        read()
    except EditorError as problem:
        sentence = problem.sentence
        assert sentence


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with an approved story, a draft, a banner and unsaved text."""
    path = tmp_path / "Harbour.desk"
    with Desk.create(path, House("Harbour Post"), Person(CHIEF, Role.CHIEF)) as made:
        made.do(SetPolicy(Policy(FourEyes.NEVER)), CHIEF)
        for slug in ("quay", "ferry"):
            story = Story(slug=slug, headline=f"The {slug}", body="It opened on Monday.")
            [id] = made.do(SaveStory(story), CHIEF).ids("story")
        made.do(Submit(id, 1), CHIEF)
        made.do(approving(made, id), CHIEF)
        banner = Banner((Brief("b1", "Ferry back", "It sails at six."),))
        made.do(SaveBanner(banner, reading(made).banner().hash), CHIEF)
        made.journal.write(f"story:{id}", {"story": story.to_json(), "base": 1, "caret": 3})
    raw = sqlite.connect(path / DATABASE)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return path


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# -- personal files ------------------------------------------------------------------


def test_settings(times: Times) -> None:
    save_settings(Settings(recent_desks=("/a", "/b"), person="Mara", text_size=2))
    whole = settings_file().read_bytes()
    for seed in times(150):
        write(settings_file(), damage_json(whole, Random(seed)))
        settings, problems = load_settings()
        assert isinstance(settings, Settings)
        assert all(problems)
        assert save_settings(settings)


@pytest.mark.parametrize("kind", ["[" * 100_000, '{"text_size":' * 100_000])
def test_deeply_nested_settings_are_reported(kind: str) -> None:
    write(settings_file(), kind.encode())
    assert load_settings() == (
        Settings(),
        ["The settings file could not be read (ValueError). The usual settings are used instead."],
    )


def test_state_of_the_window(times: Times, qapp: QApplication) -> None:
    state = WindowState((0, 0, 1200, 800), columns=(1, 2, 3, 4), desks={"/a": {"place": "mine"}})
    whole = json.dumps(asdict(state)).encode()
    for seed in times(150):
        write(window_state_file(), damage_json(whole, Random(seed)))
        state = load_window_state()
        assert state.on_desk(Path("/a")) is not None
        assert on_screen(state.geometry) is None or isinstance(on_screen(state.geometry), QRect)


@pytest.mark.parametrize(
    "geometry",
    [[10**30, 0, 800, 600], [0, 0, 2**31, 2**31], [-(2**40)] * 2 + [800, 600], [2**31 - 1] * 4],
)
def test_window_of_a_huge_geometry_fits_the_screen(qapp: QApplication, geometry: list[int]) -> None:
    write(window_state_file(), json.dumps({"geometry": geometry}).encode())
    box = on_screen(load_window_state().geometry)
    assert box is None or qapp.primaryScreen().availableGeometry().contains(box)


def test_versions_that_were_seen(times: Times) -> None:
    SeenVersions(Path("/a"), "Mara").put("s1", SeenVersion(3, 2))
    whole = seen_file().read_bytes()
    for seed in times(100):
        write(seen_file(), damage_json(whole, Random(seed)))
        seen = SeenVersions(Path("/a"), "Mara")
        assert isinstance(seen.get("s1"), SeenVersion)
        seen.put("s2", SeenVersion(1))


def test_what_is_remembered_of_desks(times: Times, desk: Path) -> None:
    files = (config_folder() / "desks.json", data_folder() / "desks.json")
    whole = [file.read_bytes() for file in files]
    with Desk.open(desk) as opened:
        chain = reading(opened).masthead()
    for seed in times(100):
        chance = Random(seed)
        for file, data in zip(files, whole, strict=True):
            write(file, damage_json(data, chance) if chance.random() < 0.7 else data)
        read_or_refused(lambda: pins.check(desk, chain))
        read_or_refused(lambda: pins.check_logs(chain.desk, lambda _seen: {}))
        assert isinstance(pins.places_of(chain.desk), list)


@pytest.mark.parametrize("content", ['{"desks":[]}', '{"desks":[],"places":[]}', "[" * 100_000])
def test_memory_of_desks_without_desks_is_refused_with_a_sentence(
    desk: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(config_folder() / "desks.json", content.encode())
    assert main(["export", "site", "--desk", str(desk), "--out", "x", "--unsigned"]) == 1
    assert "What this computer remembers of desks is gone" in capsys.readouterr().err


def test_trusted_mastheads(times: Times) -> None:
    KnownMastheads().confirm("d1", ["a", "b"])
    file = config_folder() / "trusted_mastheads.json"
    whole = file.read_bytes()
    for seed in times(100):
        write(file, damage_json(whole, Random(seed)))
        read_or_refused(lambda: KnownMastheads().trust("d1", ["a", "b", "c"]))
        read_or_refused(lambda: KnownMastheads().remember("d1", ["a", "b", "c"]))


def test_keys(times: Times, tmp_path: Path) -> None:
    store = KeyFolder(tmp_path / "keys", "open sesame", cost=1)
    key = PrivateKey.generate()
    store.save("Mara", key)
    [file] = store.folder.iterdir()
    whole, line = file.read_bytes(), key.public.line("Mara").encode()
    for seed in times(100):
        chance = Random(seed)
        write(file, damage_bytes(whole, chance))
        again = KeyFolder(store.folder, "open sesame", cost=1)
        read_or_refused(partial(again.public_key, "Mara"))
        read_or_refused(partial(again.read, "Mara"))
        text = damage_bytes(line, chance).decode("utf-8", "replace")
        read_or_refused(partial(PublicKey.from_line, text))


# -- a desk, its backups and its editions --------------------------------------------


def verbs_answer(
    capsys: pytest.CaptureFixture[str], *lines: tuple[object, ...], seed: object
) -> None:
    """Run verbs; each succeeds or says a sentence, and none has a bug."""
    for line in lines:
        code = main([str(word) for word in line])
        words = capsys.readouterr()
        assert code in (0, 1), (seed, line[0], words.err, _report())
        assert code == 0 or words.err.strip() or words.out.strip()


def _report() -> str:
    reports = sorted((data_folder() / "logs").glob("crash-*.txt"))
    return reports[-1].read_text(encoding="utf-8") if reports else ""


def reading_verbs(desk: Path, tmp_path: Path) -> Iterator[tuple[object, ...]]:
    yield "list", "--desk", desk
    yield "show", "ferry", "--desk", desk
    yield "history", "ferry", "--desk", desk
    yield "check", "--desk", desk
    yield "trends", "--desk", desk
    yield "search", "monday", "--desk", desk
    yield "audit", desk
    yield "masthead", desk
    yield "export", "site", "--desk", desk, "--out", tmp_path / "site", "--unsigned"
    yield "backup", desk, "--out", tmp_path / "copy.stonehand-backup"


def test_database(
    times: Times, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (desk / DATABASE).read_bytes()
    for seed in times(15):
        chance = Random(seed)
        for log in desk.glob(f"{DATABASE}-*"):
            log.unlink()
        (desk / DATABASE).write_bytes(whole)
        _damage_database(desk / DATABASE, chance)
        verbs_answer(capsys, *chance.sample([*reading_verbs(desk, tmp_path)], 5), seed=seed)


def _damage_database(path: Path, chance: Random) -> None:
    """Change a value or the schema, as another program could."""
    raw = sqlite.connect(path, isolation_level=None)
    raw.execute("PRAGMA foreign_keys = OFF")
    names = [
        name
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "search"))
    ]
    table = chance.choice(names)
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    column = chance.choice(columns)
    try:
        if chance.random() < 0.2:
            raw.execute(
                chance.choice(
                    (
                        f"DROP TABLE {table}",
                        f'ALTER TABLE {table} RENAME COLUMN "{column}" TO odd',
                        "CREATE TABLE odd (a)",
                        "PRAGMA application_id = 7",
                        "UPDATE alembic_version SET version_num = 'x'",
                    )
                )
            )
            return
        [[found]] = raw.execute(f'SELECT "{column}" FROM {table} LIMIT 1').fetchall() or [["x"]]
        text = found if isinstance(found, str) else str(found)
        try:
            odd: object = damage_json(text.encode(), chance).decode("utf-8", "replace")
        except ValueError:
            odd = chance.choice((7, -1, None, b"\xff", 2**62, "", "x" * 9000, "[[[", '{"a":7}'))
        raw.execute(f'UPDATE {table} SET "{column}" = ?', (odd,))
    except sqlite.Error:
        pass  # the database itself refuses this one
    finally:
        raw.close()


def test_house_with_a_number_for_a_title_is_refused_with_a_sentence(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = sqlite.connect(desk / DATABASE, isolation_level=None)
    odd = json.dumps({"name": "Harbour Post", "sections": [{"slug": "local", "title": 7}]})
    raw.execute("UPDATE papers SET content = ? WHERE kind = 'house'", (odd,))
    raw.close()
    verbs_answer(capsys, *reading_verbs(desk, tmp_path), seed="title 7")


def test_backups(
    times: Times, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.stonehand-backup"
    with Desk.open(desk) as opened:
        opened.backup(file)
    whole = file.read_bytes()
    for seed in times(60):
        file.write_bytes(damage_bytes(whole, Random(seed)))
        target = tmp_path / "Again.desk"
        verbs_answer(capsys, ("restore-desk", file, target), seed=seed)
        shutil.rmtree(target, ignore_errors=True)


def test_backups_of_changes(
    times: Times, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = tmp_path / "backups", tmp_path / "Again.desk"
    folder.mkdir()
    with Desk.open(desk) as opened:
        opened.do(SaveStory(Story(slug="long", body="Rain on Monday. " * 40_000)), CHIEF)
        opened.backup(folder)
        opened.do(SaveStory(Story(slug="later", body="Rain on Monday.")), CHIEF)
        file = opened.backup(folder).file
        wanted = _content(opened)
    with zipfile.ZipFile(file) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    assert {CHANGES, PAGES} <= whole.keys()
    for seed in times(60):
        chance = Random(seed)
        name = chance.choice((CHANGES, PAGES))
        damage = damage_json if name == CHANGES else damage_bytes
        damaged = whole | {name: damage(whole[name], chance)}
        with zipfile.ZipFile(file, "w") as archive:
            for member, data in damaged.items():
                archive.writestr(member, data)
        code = main(["restore-desk", str(file), str(target)])
        words = capsys.readouterr()
        assert code in (0, 1), (seed, name, words.err, _report())
        assert (code == 0) == target.exists(), (seed, name)
        assert code == 0 or words.err.strip(), (seed, name)
        if code == 0:  # what was damaged is read by nobody, as the room in a page that is free
            with Desk.open(target) as again:
                assert _content(again) == wanted, (seed, name)
        shutil.rmtree(target, ignore_errors=True)


def _content(desk: Desk) -> list[object]:
    with desk.read() as snapshot:
        stories = [snapshot.stored(row.id) for row in snapshot.rows()]
        return [snapshot.log(), snapshot.house(), snapshot.banner(), *stories]


def test_editions(
    times: Times, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    line = ("export", "site", "--desk", desk, "--out", site, "--as", CHIEF)
    assert main([str(word) for word in line]) == 0
    proofs = [path for path in sorted(site.iterdir()) if path.suffix in ("", ".json", ".jws")]
    proofs = [path for path in proofs if path.is_file()]
    assert {"SHA256SUMS", "edition.json", "edition.jws"} <= {path.name for path in proofs}
    for seed in times(60):
        chance = Random(seed)
        path = chance.choice(proofs)
        whole = path.read_bytes()
        is_json = path.suffix == ".json"
        path.write_bytes((damage_json if is_json else damage_bytes)(whole, chance))
        verbs_answer(capsys, ("verify", site), seed=seed)
        path.write_bytes(whole)


def test_journal(times: Times, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "drafts")
    journal.write("banner", {"banner": [], "base": []})
    [file] = (tmp_path / "drafts").glob("*.json")
    whole = file.read_bytes()
    for seed in times(150):
        write(file, damage_json(whole, Random(seed)))
        read_or_refused(journal.entries)
        read_or_refused(lambda: journal.read("banner"))


def test_address_that_is_cut_off_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ("new", tmp_path / "A.desk", "--name", "Post", "--person", CHIEF)
    for url in ("http://[::1", "http://[x]", "http://a:99999", "http://\ud800"):
        verbs_answer(capsys, (*line, "--url", url), seed=url)
        assert not (tmp_path / "A.desk").exists()
    assert replace(House("Post"), url="https://paper.example/").url
