"""`stonehand export --to NAME`: what would change, a question, the delivery and its record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from editor.cli import export_to
from editor.core.commands import SaveTargets
from editor.core.delivery import Target, Targets
from editor.places import outbox_folder
from editor.store.desk import Desk
from editor.trust.keyring import choose_key_store
from tests.cli.conftest import Run
from tests.cli.test_export import EDITOR, approve
from tests.reading import reading

Deliver = Callable[..., tuple[int, str, str]]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def deliver(run: Run, desk_path: Path, stick: Path) -> Deliver:
    """Deliver to a folder, a zip file or a branch."""
    approve(desk_path)
    targets = (
        Target("Website", str(stick / "site")),
        Target("Stick", str(stick / "paper.zip"), "bundle", ("stories",)),
        Target("Pages", f"git+file://{stick}/paper.git#pages"),
    )
    save(desk_path, *targets)

    def deliver(name: str, *words: object) -> tuple[int, str, str]:
        return run("export", "--to", name, "--desk", desk_path, "--as", EDITOR, *words)

    return deliver


def save(desk_path: Path, *targets: Target) -> None:
    with Desk.open(desk_path) as desk:
        base = reading(desk).targets().hash
        desk.do(SaveTargets(Targets(targets), base), by=EDITOR)


def deliveries(desk_path: Path) -> list[Any]:
    with Desk.open(desk_path) as desk:
        return reading(desk).deliveries()


def test_nothing_is_sent_that_nobody_confirmed(
    deliver: Deliver, desk_path: Path, stick: Path
) -> None:
    code, out, err = deliver("website")
    assert code == 1
    assert "“Website” (" in out
    assert "would get" in out
    assert "Nothing was sent: nobody confirmed it." in err
    assert "--yes" in err
    assert list(stick.iterdir()) == []
    assert deliveries(desk_path) == []


@pytest.mark.parametrize("answer", [True, False])
def test_person_at_the_terminal_is_asked(
    deliver: Deliver, desk_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    asked: list[str] = []

    def confirm(question: str, *, abort: bool, err: bool) -> bool:
        asked.append(question)
        if not answer:
            raise click.Abort
        return True

    monkeypatch.setattr(export_to, "can_ask", lambda: True)
    monkeypatch.setattr(click, "confirm", confirm)
    code, _out, _err = deliver("Website")
    assert asked == ["Send this to “Website”?"]
    assert (code == 0) == answer
    assert (stick / "site" / "index.html").exists() == answer
    assert len(deliveries(desk_path)) == answer


def test_delivery_is_sent_recorded_and_not_repeated(
    deliver: Deliver, run: Run, desk_path: Path, stick: Path
) -> None:
    code, out, err = deliver("Website", "--yes", "--list")
    assert (code, err) == (0, "")
    assert "index.html" in out
    assert "to “Website”; the edition of" in out
    [row] = deliveries(desk_path)
    assert (row.person, row.delivery.target, len(row.delivery.stories)) == (EDITOR, "Website", 1)
    assert run("verify", stick / "site")[0] == 0
    code, out, err = deliver("Website", "--yes")
    assert (code, err) == (0, "")
    assert "has all of it: nothing would change" in out
    assert len(deliveries(desk_path)) == 1


def test_json_says_what_would_change_and_what_was_sent(deliver: Deliver) -> None:
    code, out, _err = deliver("Website", "--json")
    before = json.loads(out)
    assert (code, before["sent"], before["target"]) == (1, False, "Website")
    code, out, err = deliver("Website", "--json", "--yes")
    after = json.loads(out)
    assert (code, err) == (0, "")
    assert (after["sent"], after["recorded"]) == (True, True)
    assert after["new"].keys() == before["new"].keys()


def test_bundle_goes_to_a_stick(deliver: Deliver, run: Run, stick: Path) -> None:
    assert deliver("Stick", "--yes")[0] == 0
    assert run("verify", stick / "paper.zip")[0] == 0
    shutil.rmtree(stick)
    code, _out, err = deliver("Stick", "--yes")
    assert code == 1
    assert "“Stick”: There is no folder" in err


def test_branch_on_this_computer_gets_the_edition(
    deliver: Deliver, desk_path: Path, stick: Path
) -> None:
    from dulwich.refs import Ref
    from dulwich.repo import Repo

    pages = Ref(b"refs/heads/pages")

    (stick / "paper.git").mkdir()
    Repo.init_bare(str(stick / "paper.git")).close()
    assert deliver("Pages", "--yes")[0] == 0
    with Repo(str(stick / "paper.git")) as repository:
        first = repository.refs[pages]
    assert "nothing would change" in deliver("Pages", "--yes")[1]
    with Repo(str(stick / "paper.git")) as repository:
        assert repository.refs[pages] == first


@pytest.mark.parametrize(
    "words",
    [
        ("site",),
        ("--out", "x"),
        ("--what-if",),
        ("--release",),
        ("--stories", "a"),
        ("--parts", "b"),
    ],
    ids=str,
)
def test_what_the_target_says_is_not_said_again(
    deliver: Deliver, words: tuple[str, ...], run: Run, desk_path: Path
) -> None:
    assert run("export", *words, "--to", "Website", "--as", EDITOR, "--desk", desk_path)[0] == 2


def test_delivery_needs_who_sends_it(run: Run, desk_path: Path) -> None:
    code, _out, err = run("export", "--to", "Website", "--unsigned", "--desk", desk_path)
    assert (code, "--as PERSON" in err) == (2, True)
    assert run("export", "--yes", "site", "--out", "x", "--unsigned", "--desk", desk_path)[0] == 2


def test_unknown_target_is_named_with_those_there_are(deliver: Deliver) -> None:
    code, _out, err = deliver("Webiste")
    assert code == 1
    assert "no target “Webiste”" in err
    assert "Website, Stick, Pages" in err


def test_unsigned_edition_is_delivered_and_recorded(
    deliver: Deliver, desk_path: Path, stick: Path
) -> None:
    assert deliver("Website", "--yes", "--unsigned")[0] == 0
    assert not (stick / "site" / "edition.jws").exists()
    assert [row.person for row in deliveries(desk_path)] == [EDITOR]


def test_what_could_not_be_recorded_is_recorded_the_next_time(
    deliver: Deliver, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from editor.core.commands import RecordDelivery
    from editor.errors import KeyUnavailable

    do = Desk.do

    def refuse(self: Desk, command: Any, by: str) -> Any:
        if isinstance(command, RecordDelivery):
            raise KeyUnavailable("The key is locked.", "Open it.")
        return do(self, command, by)

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "do", refuse)
        code, out, err = deliver("Website", "--yes")
    assert code == 1
    assert "Sent" in out
    assert "sent to “Website”, and is not recorded yet: The key is locked." in err
    assert deliveries(desk_path) == []
    assert deliver("Website", "--yes")[0] == 0
    [row] = deliveries(desk_path)
    assert len(row.delivery.stories) == 1
    assert deliver("Website", "--yes")[0] == 0
    assert len(deliveries(desk_path)) == 1


def test_outbox_is_private_and_goes_with_its_target(deliver: Deliver, desk_path: Path) -> None:
    deliver("Website", "--yes")
    [folder] = outbox_folder(desk_path).iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    save(desk_path, Target("Other", "/srv/site"))
    code, _out, _err = deliver("Other")
    assert code == 1
    assert folder not in set(outbox_folder(desk_path).iterdir())


def test_two_deliveries_to_one_target_wait_for_each_other(
    deliver: Deliver, desk_path: Path
) -> None:
    from editor.delivery.outbox import open_outbox

    with Desk.open(desk_path) as desk:
        target = reading(desk).targets().find("Website")
        with open_outbox(desk.path, target, desk.exports.targets):
            code, _out, err = deliver("Website", "--yes")
    assert code == 1
    assert "Another delivery to “Website” is under way." in err


def test_key_that_is_missing_is_known_before_anything_is_sent(
    deliver: Deliver, stick: Path, tmp_path: Path
) -> None:
    assert choose_key_store().has(EDITOR)
    shutil.rmtree(tmp_path / "private")
    code, _out, _err = deliver("Website", "--yes", "--unsigned")
    assert code == 1
    assert list(stick.iterdir()) == []
