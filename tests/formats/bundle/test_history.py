"""The history in a bundle: its README suffices to check it, and it tells nothing private."""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    Correct,
    ImportItems,
    Publish,
    SaveBanner,
    SaveStory,
    Submit,
)
from editor.core.edition import Edition
from editor.core.events import BANNER, HOUSE, Event
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.errors import UntrustedSignature
from editor.formats.bundle.history import is_shown
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.report import Report
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from editor.store.desk import Desk
from editor.store.exports.memory import ExportMemory
from tests.databases import open_database
from tests.formats.verify.test_bag import reseal
from tests.formats.verify.test_verifier import problems, sentences
from tests.people import approving, approving_banner, joining
from tests.reading import every_slug, reading

MARA, TOM, LINA = "Mara Quist", "Tom Adeyemi", "Lina Haddad"
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


@dataclass
class Newsroom:
    """A desk whose readers have `ferry`, which was corrected once, and `quay`, an imported one."""

    desk: Desk
    folder: Path

    def save(self, id: str, **changes: Any) -> None:
        stored = reading(self.desk).stored(id)
        self.desk.do(SaveStory(replace(stored.story, **changes), stored.version), LINA)

    def release(self, id: str, note: str = "") -> None:
        version = reading(self.desk).row(id).version
        self.desk.do(Submit(id, version), LINA)
        self.desk.do(approving(self.desk, id, note=note), TOM)
        self.desk.do(Publish(id, version), TOM)

    def edition(self) -> Edition:
        return reading(self.desk).edition(None, NOW)

    def export(
        self,
        to: Path,
        *,
        known: bool = False,
        parts: tuple[str, ...] = ("stories", "history"),
        is_signed: bool = True,
    ) -> Report:
        edition, key = self.edition(), self.desk.signing_key(TOM) if is_signed else None
        exporter = find_exporter("bundle", parts)
        targets = self.desk.exports.targets if known else None
        with output_for(to, targets=targets) as output:
            by = TOM if is_signed else ""
            return write_edition(edition, exporter, output, Progress(), key, by)


@contextmanager
def open_newsroom(folder: Path) -> Iterator[Newsroom]:
    """Make the desk in a folder."""
    with Desk.create(
        folder / "Post.desk", House("Harbour Post"), Person(MARA, Role.CHIEF), clock=lambda: NOW
    ) as desk:
        desk.do(joining(TOM, Role.EDITOR), MARA)
        desk.do(joining(LINA, Role.JOURNALIST), MARA)
        room = Newsroom(desk, folder)
        text = Story(
            slug="ferry", headline="The ferry sails", body="It left at 8.", section="world"
        )
        ferry = desk.do(SaveStory(replace(text, body="A draft.")), LINA).ids("story")[0]
        room.save(ferry, body="It left at 8.")
        desk.do(AddNote(ferry, "Who says so?"), TOM)
        room.release(ferry, "Fine.")
        desk.do(Correct(ferry, reading(desk).row(ferry).version, "It left at 9."), LINA)
        room.save(ferry, body="It left at 9.")
        room.release(ferry)
        quay = replace(text, slug="quay", headline="The quay", body="It is open. [See](ferry).")
        [id] = desk.do(ImportItems((quay,), (), "secret-source.txt"), LINA).ids("story")
        room.release(id)
        desk.do(SaveBanner(Banner((Brief("b1", "Tides", "High at 6."),)), Banner().hash), LINA)
        desk.do(approving_banner(desk), TOM)
        desk.do(SaveStory(replace(text, slug="hidden", headline="Hidden")), LINA)
        yield room


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as room:
        yield room


@pytest.fixture
def bundle(newsroom: Newsroom, tmp_path: Path) -> Path:
    newsroom.export(tmp_path / "bag")
    return tmp_path / "bag"


def entries(bundle: Path) -> dict[str, list[dict[str, Any]]]:
    """The entries of each log, as the README says where they are."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((bundle / "data/history/events").glob("*/*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found.setdefault(path.parent.name, []).extend(map(json.loads, lines))
    return found


def told(bundle: Path) -> list[dict[str, Any]]:
    rows = (row for log in entries(bundle).values() for row in log)
    return [json.loads(row["body"]) for row in rows if "body" in row]


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload(token: str) -> Any:
    return json.loads(decoded(token.split(".")[1]))


def test_readme_suffices_to_check_the_logs(bundle: Path) -> None:
    """With nothing but SHA-256 and Ed25519, step by step as README.txt has it."""
    readme = (bundle / "data/history/README.txt").read_text(encoding="utf-8")
    for word in ("seq AND (seq - 1)", "stonehand entry 1", "base64url", "line feed (LF)"):
        assert word in readme
    document = json.loads((bundle / "edition.json").read_text(encoding="utf-8"))
    members = [m for token in document["mastheads"] for m in payload(token)["members"]]
    logs, previous_of = entries(bundle), set()
    assert len(logs) == 3
    for log, rows in logs.items():
        hashes = {0: ""}
        for seq, row in enumerate(rows, 1):
            skip = hashes[seq & (seq - 1)] if seq % 4 == 0 else ""
            assert (row["seq"], row["previous"], row["skip"]) == (seq, hashes[seq - 1], skip)
            lines = [log, str(seq), row["previous"], row["event"], *([skip] if skip else [])]
            hashes[seq] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            assert row["hash"] == hashes[seq]
            previous_of.add((log, row["previous"]))
            if "body" in row:
                assert hashlib.sha256(row["body"].encode()).hexdigest() == row["event"]
                assert json.loads(row["body"])["person"] == json.loads(rows[0]["body"])["person"]
        opened = json.loads(rows[0]["body"])
        assert opened["action"] == "opened"
        assert any(opened["person"] == m["name"] and opened["detail"] in m["keys"] for m in members)
        signed = [row for row in rows if row["signature"]][-1]
        message = f"stonehand entry 1\n{signed['hash']}".encode()
        key = Ed25519PublicKey.from_public_bytes(decoded(opened["detail"]))
        key.verify(decoded(signed["signature"]), message)
    for story in document["stories"]:
        statement = payload(story["approval"])
        assert (statement["log"], statement["previous"]) in previous_of


def test_history_tells_who_did_what_for_readers_and_nothing_else(
    newsroom: Newsroom, bundle: Path
) -> None:
    found = [(event["action"], event["person"]) for event in told(bundle) if event.get("story")]
    ferry, quay = (next(s for s in newsroom.edition().listings if s.slug == slug)
                   for slug in ("ferry", "quay"))  # fmt: skip
    assert found.count(("saved", LINA)) == 2, "the versions that readers had, of one story"
    assert found.count(("submitted", LINA)) == found.count(("published", TOM)) == 3
    assert found.count(("approved", TOM)) == 2, "the other came with a remark"
    assert {event["story"] for event in told(bundle) if event.get("story")} == {ferry.id, quay.id}
    assert not {"noted", "imported", "corrected", BANNER} & {
        event["action"] for event in told(bundle)
    }
    assert {"opened", "founded", "masthead", "banner approved"} <= {
        e["action"] for e in told(bundle)
    }
    texts = [json.loads(path.read_bytes()) for path in (bundle / "data/history/texts").iterdir()]
    bodies = {text["body"] for text in texts if isinstance(text, dict) and "body" in text}
    assert bodies == {"It left at 8.", "It left at 9.", "It is open. [See](ferry)."}
    everything = b"".join(path.read_bytes() for path in bundle.rglob("*") if path.is_file())
    for word in (b"secret-source", b"Who says so", b"A draft", b"Hidden", b"Fine."):
        assert word not in everything


@pytest.mark.parametrize(
    ("changes", "is_there"),
    [
        ({}, True),
        ({"ed_note": "Ask the mayor."}, False),
        ({"ignored": ("spelling:Quay",)}, False),
        ({"body": "See [this](hidden)."}, False),
        ({"body": "See [this](quay)."}, True),
        ({"related": ("hidden",)}, False),
        ({"related": ("quay",)}, True),
    ],
)
def test_text_with_what_is_private_stays(
    changes: dict[str, Any], is_there: bool, newsroom: Newsroom
) -> None:
    ids = {slug: id for id, slug in every_slug(newsroom.desk).items()}
    if "related" in changes:
        changes = {"related": tuple(ids[slug] for slug in changes["related"])}
    desk, ferry = newsroom.desk, ids["ferry"]
    desk.do(Correct(ferry, reading(desk).row(ferry).version, "Again."), LINA)
    newsroom.save(ferry, headline="Last", **changes)
    newsroom.release(ferry)
    newsroom.export(newsroom.folder / "bag")
    hash = reading(desk).stored(ferry).hash
    assert (newsroom.folder / f"bag/data/history/texts/{hash}.json").is_file() == is_there
    assert problems(verify_edition(newsroom.folder / "bag")) == ""


def test_what_is_not_told_is_not_by_any_action() -> None:
    def event(action: str, subject: str = "", detail: str = "") -> Event:
        event = Event(action, LINA, "2026-03-03T12:00:00Z", "desk", version="v")
        return replace(event, subject=subject, detail=detail)

    versions = {"v", "w"}
    assert is_shown("w", event("saved"), versions)
    assert is_shown("x", event("approved"), versions)
    assert is_shown("x", event(HOUSE), ())
    assert not is_shown("x", event("approved", subject="hash of a remark"), versions)
    assert not is_shown("w", event("saved", detail="a file"), versions)
    assert not is_shown("x", event("saved"), versions)
    assert not is_shown("x", event("approved"), ())
    for action in ("noted", "returned", "updated", "killed", "spiked", BANNER, "from the future"):
        assert not is_shown("x", event(action), versions)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editor.store.reading.history.PIECE", 4)


@pytest.mark.usefixtures("small_pieces")
def test_export_after_one_edit_writes_the_last_pieces_only(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.export(tmp_path / "bag", known=True)
    pieces = [*(tmp_path / "bag/data/history").rglob("*.jsonl")]
    assert len(pieces) > 6
    newsroom.desk.do(SaveStory(Story(slug="later", headline="Later")), LINA)
    difference = newsroom.export(tmp_path / "bag", known=True).difference
    written = [path for path in (*difference.new, *difference.changed) if "/history/" in path]
    assert len(written) == 1
    newsroom.export(tmp_path / "whole")
    for path in (tmp_path / "whole").rglob("*"):
        other = tmp_path / "bag" / path.relative_to(tmp_path / "whole")
        assert path.is_dir() or path.read_bytes() == other.read_bytes()
    assert problems(verify_edition(tmp_path / "bag")) == ""


def test_what_is_done_after_the_edition_was_chosen_is_not_in_it(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    edition = newsroom.edition()
    newsroom.desk.do(SaveStory(Story(slug="later", headline="Later")), LINA)
    with output_for(tmp_path / "bag") as output:
        exporter = find_exporter("bundle", ("stories", "history"))
        write_edition(edition, exporter, output, Progress(), None, "")
    count = sum(len(rows) for rows in entries(tmp_path / "bag").values())
    newsroom.export(tmp_path / "later")
    assert sum(len(rows) for rows in entries(tmp_path / "later").values()) == count + 1


def test_unchanged_desk_exports_nothing_again(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.export(tmp_path / "bag", known=True)
    assert newsroom.export(tmp_path / "bag", known=True).difference.is_nothing


def test_changed_row_of_a_log_stops_the_export(newsroom: Newsroom) -> None:
    history = newsroom.edition().history
    assert history is not None
    raw = open_database(newsroom.desk.path / "desk.sqlite3")
    with raw:
        raw.execute("UPDATE events SET body = replace(body, 'noted', 'noteD')")
    raw.close()
    with pytest.raises(UntrustedSignature, match="outside Stonehand"):
        _ = [[*history.entries(piece)] for piece in history.pieces()]


def test_edition_without_a_desk_has_no_logs(newsroom: Newsroom, tmp_path: Path) -> None:
    edition = replace(newsroom.edition(), history=None)
    with output_for(tmp_path / "bag") as output:
        exporter = find_exporter("bundle", ("stories", "history"))
        write_edition(edition, exporter, output, Progress(), None, "")
    assert [path.name for path in (tmp_path / "bag/data/history").iterdir()] == ["README.txt"]


# -- what `verify` says ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["bag", "bag.zip"])
def test_sound_history_is_whole(name: str, newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.export(tmp_path / name)
    report = verify_edition(tmp_path / name)
    assert problems(report) == ""
    assert "The history is whole: " in sentences(report)


def _piece(bundle: Path) -> Path:
    """The file of the log in which approvals are recorded."""
    document = json.loads((bundle / "edition.json").read_text(encoding="utf-8"))
    log = payload(document["stories"][0]["approval"])["log"]
    return bundle / f"data/history/events/{log}/00000001.jsonl"


def _lines(change: Callable[[list[bytes]], object]) -> Callable[[Path], object]:
    def attack(bundle: Path) -> None:
        lines = _piece(bundle).read_bytes().splitlines(keepends=True)
        change(lines)
        _piece(bundle).write_bytes(b"".join(lines))

    return attack


def _value(place: int, **changes: Any) -> Callable[[Path], object]:
    def change(lines: list[bytes]) -> None:
        value = json.loads(lines[place]) | changes
        lines[place] = json.dumps(value).encode() + b"\n"

    return _lines(change)


def _body(place: int, old: str, new: str) -> Callable[[Path], object]:
    def change(lines: list[bytes]) -> None:
        value = json.loads(lines[place])
        value["body"] = value["body"].replace(old, new)
        lines[place] = json.dumps(value).encode() + b"\n"

    return _lines(change)


def _text(bundle: Path) -> Path:
    return next((bundle / "data/history/texts").iterdir())


ATTACKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "entry removed": (_lines(lambda lines: lines.pop(3)), "does not follow the one before"),
    "entries swapped": (_lines(lambda lines: lines.reverse()), "does not follow the one before"),
    "entry twice": (_lines(lambda lines: lines.insert(2, lines[2])), "does not follow"),
    "another event": (_value(2, event="0" * 64), "does not follow the one before"),
    "another skip": (_value(7, skip="0" * 64), "does not follow"),
    "another signature": (_value(-1, signature="A" * 86), "the signature does not verify"),
    "no signature": (_value(-1, signature="?"), "the signature does not verify"),
    "other words": (_body(0, TOM, "Tim Adeyemi"), "it is not the event that it names"),
    "number as text": (_value(2, seq="3"), "it can't be read"),
    "more members": (_value(2, more="3"), "it can't be read"),
    "no JSON": (_lines(lambda lines: lines.insert(2, b"[" * 5000 + b"\n")), "it can't be read"),
    "long line": (_lines(lambda lines: lines.insert(2, b" " * 200_000)), "it can't be read"),
    "end cut off": (_lines(lambda lines: lines.__delitem__(slice(4, None))), "is not recorded"),
    "log gone": (lambda bundle: shutil.rmtree(_piece(bundle).parent), "is not recorded in it"),
    "all logs gone": (
        lambda bundle: shutil.rmtree(bundle / "data/history/events"),
        "names entries of log",
    ),
    "log renamed": (
        lambda bundle: _piece(bundle).parent.rename(_piece(bundle).parent.with_name("f" * 32)),
        "does not follow the one before",
    ),
    "piece renamed": (
        lambda bundle: _piece(bundle).rename(_piece(bundle).with_name("00000002.jsonl")),
        "it is missing",
    ),
    "another file": (
        lambda bundle: (bundle / "data/history/more.txt").write_text("x"),
        "does not belong in it",
    ),
    "another text": (lambda bundle: _text(bundle).write_text("{}"), "is not the text with this"),
    "a text of nobody": (
        lambda bundle: (
            bundle / f"data/history/texts/{hashlib.sha256(b'{}').hexdigest()}.json"
        ).write_text("{}"),
        "is a text that nothing names",
    ),
}  # fmt: skip


def test_history_that_was_changed_is_refused_whoever_signs(bundle: Path, tmp_path: Path) -> None:
    """The lists fit again, as somebody would make them who signs or exports without a key."""
    found = {}
    for name, (change, _reason) in ATTACKS.items():
        target = tmp_path / name / "bag"
        shutil.copytree(bundle, target)
        change(target)
        reseal(target)
        found[name] = problems(verify_edition(target))
    missed = {name: found[name] for name in ATTACKS if ATTACKS[name][1] not in found[name]}
    assert missed == {}


def test_exports_remember_nothing_that_the_history_needs(
    newsroom: Newsroom, bundle: Path, tmp_path: Path
) -> None:
    """What is kept of entries and texts may be lost at any time."""
    before = {p.relative_to(bundle): p.read_bytes() for p in bundle.rglob("*") if p.is_file()}
    newsroom.desk.exports.close()
    shutil.rmtree(tmp_path / "bag")
    newsroom.export(tmp_path / "bag")
    assert before == {
        p.relative_to(bundle): p.read_bytes() for p in bundle.rglob("*") if p.is_file()
    }
    assert isinstance(newsroom.desk.exports, ExportMemory)
