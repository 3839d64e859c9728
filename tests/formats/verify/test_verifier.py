"""An edition is whole or says which file is not; whatever is in it gets a sentence."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editor.core.edition import Edition, FormerSlug
from editor.core.front import Front
from editor.core.people import Role
from editor.core.policy import FourEyes, Policy
from editor.core.times import parse_instant
from editor.errors import BadInput, Cancelled
from editor.formats.paths import EDITION, SIGNATURE, SUMS, UNFINISHED
from editor.formats.sums import parse_sums, sums_data
from editor.formats.verify.before import VerifiedBefore
from editor.formats.verify.report import Alteration, Conclusion, EditionReport, Severity
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from editor.serving.served_zip import ServedZip
from editor.trust.edition import EditionStatement
from editor.trust.keys import PrivateKey
from editor.trust.known_mastheads import Trust
from editor.trust.log_tip import token_hash
from tests.formats.proven import CHIEF, EDITOR, WRITER, ProvenDesk


@pytest.fixture(scope="module")
def exported(desk: ProvenDesk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    for name in ("site", "api"):
        desk.export(folder / name, name=name)
        desk.export(folder / f"{name}.zip", name=name)
    return folder


@pytest.fixture
def site(exported: Path, tmp_path: Path) -> Path:
    shutil.copytree(exported / "site", tmp_path / "site")
    return tmp_path / "site"


def problems(report: EditionReport) -> str:
    found = [
        conclusion.sentence
        for conclusion in report.conclusions()
        if conclusion.severity is Severity.PROBLEM
    ]
    found += [story.problem for story in report.facts.stories if story.problem]
    return "\n".join([*found, *(file.sentence for file in report.altered)])


def sentences(report: EditionReport) -> str:
    return "\n".join(conclusion.sentence for conclusion in report.conclusions())


def reseal(site: Path) -> None:
    """List the files as they are now, as somebody without a key would to hide a change."""
    files = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.name not in (SUMS, SIGNATURE)
    ]
    hashes = {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in files}
    (site / SUMS).write_bytes(sums_data(hashes))


def resign(site: Path, newsroom: ProvenDesk, key: str = EDITOR, **changes: object) -> None:
    """Sign what is in a folder now, as an exporter who cheats could."""
    reseal(site)
    statement = EditionStatement(
        desk=newsroom.desk,
        format="site",
        generated_at="2026-03-04T06:00:00Z",
        by=EDITOR,
        masthead=token_hash(newsroom.mastheads[-1]),
        sums=hashlib.sha256((site / SUMS).read_bytes()).hexdigest(),
    )
    statement = replace(statement, **changes)  # type: ignore[arg-type]
    (site / SIGNATURE).write_bytes(statement.signed(newsroom.keys[key]).encode() + b"\n")


def rewrite(site: Path, change: Callable[[Any], object]) -> None:
    document = json.loads((site / EDITION).read_text(encoding="utf-8"))
    change(document)
    (site / EDITION).write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("name", ["site", "site.zip", "api", "api.zip"])
def test_sound_edition_is_whole_signed_and_approved(name: str, exported: Path) -> None:
    report = verify_edition(exported / name)
    assert problems(report) == ""
    facts = report.facts
    assert (facts.signed_by, facts.role, facts.format) == (EDITOR, "editor", name[:4].rstrip("."))
    assert [story.approved_by for story in facts.stories] == [EDITOR, EDITOR, EDITOR, CHIEF]
    assert [story.self_approved for story in facts.stories] == [False, False, False, True]
    assert "wrote some of it" in facts.stories[-1].sentence
    assert report.headline(Trust.TRUSTED).severity is Severity.OK
    assert report.headline(Trust.UNCONFIRMED).severity is Severity.NOTE
    assert report.headline(Trust.DIFFERENT).severity is Severity.PROBLEM


def test_expired_story_is_named_where_its_address_says_so(exported: Path) -> None:
    for path in (exported / "site").rglob("*"):
        assert path.is_dir() or b"old-regatta" not in path.read_bytes()
    document = json.loads((exported / "api" / EDITION).read_text(encoding="utf-8"))
    (gone,) = document["expired"]
    assert (gone["id"], gone["path"]) == ("s10", "v1/stories/old-regatta.json")
    assert "1 expired story is marked as gone." in sentences(verify_edition(exported / "api"))


def test_embargoed_story_is_counted_and_not_named(exported: Path) -> None:
    for path in (exported / "site").rglob("*"):
        assert path.is_dir() or b"secret-merger" not in path.read_bytes()
    document = json.loads((exported / "site" / EDITION).read_text(encoding="utf-8"))
    assert document["withheld"] == {"embargo": 1}
    assert document["withdrawn"][0]["slug"] == "sunk-ship"
    assert "1 approved story was left out" in sentences(verify_edition(exported / "site"))


def test_approver_who_has_left_since_is_named(tmp_path: Path) -> None:
    newsroom = ProvenDesk()
    made = newsroom.edition()
    newsroom.issue(without=EDITOR)
    assert made.proof
    proof = replace(made.proof, mastheads=tuple(newsroom.mastheads))
    newsroom.export(tmp_path / "site", replace(made, proof=proof), by=CHIEF)
    report = verify_edition(tmp_path / "site")
    assert problems(report) == ""
    assert "3 were approved by somebody who has left the masthead since" in sentences(report)
    assert f"; {EDITOR} has left the masthead since" in report.facts.stories[0].sentence
    assert f"UTC. {EDITOR} has left the masthead since." in sentences(report)  # the banner


def exported_under_next(newsroom: ProvenDesk, made: Edition, site: Path) -> EditionReport:
    """Export what was approved under an earlier masthead than the last, and verify it."""
    assert made.proof
    proof = replace(made.proof, mastheads=tuple(newsroom.mastheads))
    newsroom.export(site, replace(made, proof=proof), by=CHIEF)
    return verify_edition(site)


def test_approver_with_another_role_since_is_named(tmp_path: Path) -> None:
    newsroom = ProvenDesk()
    made = newsroom.edition()
    newsroom.issue(roles={EDITOR: Role.JOURNALIST})
    report = exported_under_next(newsroom, made, tmp_path / "site")
    assert problems(report) == ""
    [stories] = [found for found in report.conclusions() if "every approval" in found.sentence]
    assert stories.severity is Severity.NOTE
    assert "3 were approved in a role, with a key or under a policy" in stories.sentence
    change = "; approved under masthead 1 as an editor; a journalist since"
    assert report.facts.stories[0].sentence.endswith(change)
    assert "since" not in report.facts.stories[-1].sentence
    [banner] = [found for found in report.conclusions() if "trends banner" in found.sentence]
    assert banner.severity is Severity.NOTE
    assert banner.sentence.endswith(change + ".")


def test_approver_with_another_key_since_is_named(tmp_path: Path) -> None:
    newsroom = ProvenDesk()
    made = newsroom.edition()
    newsroom.keys[EDITOR] = PrivateKey.generate()
    newsroom.issue()
    report = exported_under_next(newsroom, made, tmp_path / "site")
    assert problems(report) == ""
    assert "masthead 1 with a key that was removed since" in report.facts.stories[0].sentence


@pytest.mark.parametrize(
    ("policy", "count"),
    [
        (Policy(FourEyes.ALWAYS), 1),
        (Policy(FourEyes.NEVER, gates=("notes",)), 4),
        (Policy(FourEyes.NEVER, (("world", (CHIEF,)),)), 3),
        (Policy(FourEyes.NEVER, (("sport", (CHIEF,)),)), 0),
    ],
)
def test_approval_that_a_policy_since_would_refuse_is_named(
    policy: Policy, count: int, tmp_path: Path
) -> None:
    newsroom = ProvenDesk()
    made = newsroom.edition()
    newsroom.issue(policy)
    report = exported_under_next(newsroom, made, tmp_path / "site")
    assert problems(report) == ""
    change = "approved under masthead 1; the policy since asks for more"
    assert [story.changed_since for story in report.facts.stories].count(change) == count


def test_any_role_may_export_and_the_role_is_named(desk: ProvenDesk, tmp_path: Path) -> None:
    report = desk.export(tmp_path / "site", by=WRITER)
    assert report.signed_by == WRITER
    assert "Ines Vale (journalist) signed it" in sentences(verify_edition(tmp_path / "site"))


def test_unsigned_edition_says_so_and_its_approvals_still_verify(
    desk: ProvenDesk, tmp_path: Path
) -> None:
    assert desk.export(tmp_path / "site", by="").signed_by == ""
    assert not (tmp_path / "site" / SIGNATURE).exists()
    report = verify_edition(tmp_path / "site")
    assert report.is_whole
    assert problems(report) == ""
    assert "Nobody signed it" in sentences(report)
    assert report.headline(Trust.TRUSTED).sentence.startswith("Unsigned")
    assert len(report.facts.stories) == 4


def test_what_if_is_no_edition(desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site", replace(desk.edition(), what_if=True))
    report = verify_edition(tmp_path / "site")
    assert problems(report) == ""
    assert report.headline(Trust.TRUSTED).sentence.startswith("Not an edition")
    assert report.headline(Trust.TRUSTED).severity is Severity.PROBLEM


def test_edition_without_mastheads_proves_nothing(desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site", replace(desk.edition(), proof=None), by="")
    assert "no masthead" in problems(verify_edition(tmp_path / "site"))


# -- the files ----------------------------------------------------------------------


def test_export_that_was_ended_in_the_middle_is_called_unfinished(
    desk: ProvenDesk, site: Path
) -> None:
    """The list is as it is while files are moved one after another; see `FolderOutput`."""
    hashes = parse_sums((site / SUMS).read_bytes())
    (site / SUMS).write_bytes(sums_data({**hashes, UNFINISHED: "0" * 64}))
    report = verify_edition(site)
    assert not report.is_whole
    assert [file.how for file in report.altered] == [Alteration.INTERRUPTED]
    headline = report.headline(Trust.UNCONFIRMED)
    assert headline.severity is Severity.PROBLEM
    assert headline.sentence.startswith("Unfinished: the export was ended before its end.")
    assert "was ended before all its files were in place" in report.altered[0].sentence
    desk.export(site)
    assert verify_edition(site).is_whole


def test_changed_missing_and_added_files_are_named(site: Path) -> None:
    page = site / "stories" / "bare.html"
    page.write_bytes(page.read_bytes().replace(b"regatta", b"scandal"))
    (site / "index.html").unlink()
    (site / "stories" / ".htaccess").write_text("Redirect / https://elsewhere.example/")
    report = verify_edition(site)
    assert {(file.path, file.how) for file in report.altered} == {
        ("stories/bare.html", Alteration.CHANGED),
        ("index.html", Alteration.MISSING),
        ("stories/.htaccess", Alteration.ADDED),
    }
    assert "stories/bare.html was changed after the export." in problems(report)
    assert report.headline(Trust.TRUSTED).sentence.startswith("Altered")


def test_folders_that_no_export_makes_are_named(site: Path) -> None:
    (site / "stories" / "more" / "and more").mkdir(parents=True)
    (site / "news").mkdir()
    assert [(file.path, file.how) for file in verify_edition(site).altered] == [
        (name, Alteration.FOLDER) for name in ("news/", "stories/more/", "stories/more/and more/")
    ]
    (site / "stories" / "more" / "and more" / "x").write_text("x")
    found = problems(verify_edition(site))
    assert "news/ is a folder without a file of the export in it." in found
    assert "stories/more/and more/x was added" in found


def test_list_of_far_more_files_than_are_there_is_never_in_memory(site: Path) -> None:
    with (site / SUMS).open("ab") as file:
        file.truncate(60 << 20)
    tracemalloc.start()
    with pytest.raises(BadInput, match="names far more files than are there"):
        verify_edition(site)
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()


def test_change_hidden_in_the_list_breaks_the_signature(site: Path) -> None:
    page = site / "stories" / "bare.html"
    page.write_bytes(page.read_bytes().replace(b"regatta", b"scandal"))
    reseal(site)
    report = verify_edition(site)
    assert report.is_whole
    assert f"changed after {EDITOR} signed" in problems(report)


def test_removed_signature_is_missed(site: Path) -> None:
    (site / SIGNATURE).unlink()
    assert f"The signature of {EDITOR} is missing" in problems(verify_edition(site))


def test_changed_document_is_not_believed(site: Path) -> None:
    rewrite(site, lambda document: document.update(signed_by=None))
    report = verify_edition(site)
    assert "edition.json was changed" in problems(report)
    assert "nothing in it is believed" in problems(report)
    assert not report.facts.stories


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes as Unix has them")
def test_links_and_pipes_are_named_and_never_opened(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    shutil.copy(site / "index.html", tmp_path / "outside" / "index.html")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "outside" / "index.html")
    (site / "loop").symlink_to(site)
    os.mkfifo(site / "pipe")
    found = problems(verify_edition(site))
    for name in ("index.html", "loop", "pipe"):
        assert f"{name} is a link or a device" in found


@pytest.mark.skipif(os.name != "posix", reason="needs a name that no other system has")
def test_names_are_shown_without_what_steers_a_terminal(site: Path) -> None:
    (site / "a\x1b[2Jb").write_text("x")
    (site / os.fsdecode(b"\xff\xfe")).write_text("x")
    report = verify_edition(site)
    assert len(report.altered) == 2
    assert all(file.sentence.isprintable() for file in report.altered)


# -- the proof ----------------------------------------------------------------------


def story(document: Any) -> Any:
    return document["stories"][0]


CHEATS: dict[str, tuple[Callable[[Any], object], str]] = {
    "another text": (lambda d: story(d).update(hash="0" * 64), "for another text"),
    "another story": (lambda d: story(d).update(id="s7"), "for another story"),
    "no approval": (lambda d: story(d).update(approval=""), "It is not approved"),
    "banner's approval": (
        lambda d: story(d).update(approval=d["banner"]["approval"]),
        "for something else",
    ),
    "altered approval": (
        lambda d: story(d).update(approval=story(d)["approval"][:-6] + "AAAAAA"),
        "signature does not verify",
    ),
    "rubbish": (lambda d: story(d).update(approval="a.b.c"), "not a signature"),
    "killed story": (lambda d: story(d).update(id="s9"), "was killed"),
    "expired story": (
        lambda d: d["expired"].append({"id": story(d)["id"], "slug": "x", "path": "x", "at": ""}),
        "has expired",
    ),
    "tombstone elsewhere": (
        lambda d: d["expired"].append({"id": "s7", "slug": "x", "path": "x.html", "at": ""}),
        "x.html is not in the list of files",
    ),
    "twice": (lambda d: d["stories"].append(story(d)), "twice"),
    "page elsewhere": (lambda d: story(d).update(path="x.html"), "not in the list"),
    "a story less": (lambda d: d["stories"].pop(0), "not the page of an approved story"),
    "picture": (
        lambda d: d["pictures"][0]["renditions"].append("media/x.jpg"),
        "media/x.jpg is not in the list",
    ),
    "house": (lambda d: d["house"].update(hash="1" * 64), "The house"),
    "no house": (lambda d: d["house"].update(approval=""), "The house"),
    "banner": (lambda d: d["banner"].update(approval=""), "The trends banner"),
    "front": (lambda d: d["front"].update(hash="2" * 64), "The order of the front page"),
    "front by the banner": (
        lambda d: d.update(front=d["banner"]),
        "The order of the front page is not proven. Its approval is for something else.",
    ),
    "desk": (lambda d: d.update(desk="desk-2"), "another desk"),
    "mastheads": (lambda d: d.update(mastheads=[]), "no masthead"),
    "version": (lambda d: d.update(stonehand=2), "not one that Stonehand wrote"),
    "terminal": (lambda d: story(d).update(slug="a\x1b[2J"), "not one that Stonehand wrote"),
    "member": (lambda d: story(d).update(extra=1), "not one that Stonehand wrote"),
    "number": (lambda d: story(d).update(version="1"), "not one that Stonehand wrote"),
    "lists": (lambda d: d.update(stories={}), "not one that Stonehand wrote"),
    "nothing": (lambda d: d.clear(), "not one that Stonehand wrote"),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_exporter_cannot_sign_what_was_not_approved(
    cheat: str, site: Path, desk: ProvenDesk
) -> None:
    change, sentence = CHEATS[cheat]
    rewrite(site, change)
    resign(site, desk)
    report = verify_edition(site)
    assert sentence in problems(report)
    assert report.headline(Trust.TRUSTED).severity is Severity.PROBLEM


@pytest.mark.parametrize("at", ["", "yesterday", "2026-02-30T06:00:00Z", "2026-03-04"])
def test_edition_without_a_date_that_can_be_read_is_none(
    at: str, site: Path, desk: ProvenDesk
) -> None:
    rewrite(site, lambda document: document.update(generated_at=at))
    resign(site, desk, generated_at=at)
    assert "not one that Stonehand wrote" in problems(verify_edition(site))


def test_approval_without_a_date_that_can_be_read_is_refused(
    site: Path, desk: ProvenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = json.loads((site / EDITION).read_text(encoding="utf-8"))["banner"]
    monkeypatch.setattr("tests.formats.proven.AT", "yesterday")
    token = desk.approve("banner", banner["hash"])
    rewrite(site, lambda document: document["banner"].update(approval=token))
    resign(site, desk)
    assert "no date that can be read" in problems(verify_edition(site))


def ordered(desk: ProvenDesk, by: str) -> Edition:
    """An edition whose last story leads, as somebody signed; another of the list is held."""
    made = desk.edition()
    token = desk.approve("front", Front((made.items[-1].story.id, "secret")).hash, by=by)
    assert made.proof is not None
    proof = replace(made.proof, front=token)
    return replace(made, front=(made.items[-1].story.id,), proof=proof)


def test_order_of_the_front_is_proven_by_the_editor_who_signed_it(
    tmp_path: Path, desk: ProvenDesk
) -> None:
    site = tmp_path / "ordered"
    desk.export(site, ordered(desk, EDITOR))
    report = verify_edition(site)
    assert not report.facts.problems
    sentence = f"{EDITOR} ordered the front page on 2026-03-03 12:00 UTC."
    assert Conclusion(Severity.OK, sentence) in report.conclusions()
    document = (site / EDITION).read_text(encoding="utf-8")
    assert json.loads(document)["front"]["hash"] != Front().hash
    assert '"secret"' not in document, "what does not go out is not named"


def test_journalist_can_not_prove_an_order_of_the_front(tmp_path: Path, desk: ProvenDesk) -> None:
    site = tmp_path / "ordered"
    desk.export(site, ordered(desk, WRITER))
    assert "journalists don't approve" in problems(verify_edition(site))


def date_edition(site: Path, newsroom: ProvenDesk, at: str) -> EditionReport:
    rewrite(site, lambda document: document.update(generated_at=at))
    resign(site, newsroom, generated_at=at)
    return verify_edition(site)


@pytest.mark.parametrize(
    ("at", "is_named"),
    [
        ("0001-01-01T00:00:00Z", True),
        ("2026-03-03T11:57:59Z", True),
        ("2026-03-03T11:58:00Z", False),  # clocks may differ by two minutes
        ("2026-03-03T12:00:00Z", False),
    ],
)
def test_edition_dated_before_an_approval_in_it_says_so(
    at: str, is_named: bool, site: Path, desk: ProvenDesk
) -> None:
    report = date_edition(site, desk, at)
    assert problems(report) == ""
    sentence = f"before an approval in it: {EDITOR} approved on 2026-03-03 12:00 UTC."
    found = [row for row in report.conclusions() if sentence in row.sentence]
    assert [row.severity for row in found] == [Severity.NOTE] * is_named


def test_edition_dated_ahead_says_so_until_then(
    site: Path, desk: ProvenDesk, before: VerifiedBefore, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = "2026-03-04T06:00:00Z"
    for clock, is_ahead in (("2026-03-04T05:57:59Z", True), ("2026-03-04T05:58:00Z", False)):
        instant = parse_instant(clock)
        monkeypatch.setattr("editor.formats.verify.verifier.now", lambda instant=instant: instant)
        report = verify_edition(site, before=before)
        assert report.is_ahead == is_ahead
        assert report.to_json()["ahead"] == is_ahead
        sentence = "which the clock of this computer has not reached yet"
        found = [row for row in report.conclusions() if sentence in row.sentence]
        assert [row.severity for row in found] == [Severity.NOTE] * is_ahead
    assert report.read == 0
    assert date_edition(site, desk, "9999-12-31T23:59:59Z").is_ahead
    assert not date_edition(site, desk, at).is_ahead


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"by": CHIEF}, "not on the masthead with this key"),
        ({"masthead": "0" * 64}, "never had"),
        ({"desk": "desk-2"}, "another desk"),
        ({"format": "api"}, "does not say what"),
        ({"generated_at": "2026-03-05T06:00:00Z"}, "does not say what"),
        ({"what_if": True}, "does not say what"),
        ({"sums": "0" * 64}, "list of files was changed"),
    ],
)
def test_signature_says_what_the_edition_says(
    changes: dict[str, object], sentence: str, site: Path, desk: ProvenDesk
) -> None:
    resign(site, desk)
    assert problems(verify_edition(site)) == ""
    resign(site, desk, EDITOR, **changes)
    assert sentence in problems(verify_edition(site))


def test_strangers_signature_is_refused(site: Path) -> None:
    resign(site, ProvenDesk())
    assert "not on the masthead" in problems(verify_edition(site))
    for text in ("", " ", "rubbish", "a.b.c", "é", "." * 70_000):
        (site / SIGNATURE).write_text(text, encoding="utf-8")
        found = problems(verify_edition(site))
        assert "signature" in found or "edition.jws" in found


def test_signature_under_an_earlier_masthead_is_refused(tmp_path: Path) -> None:
    desk = ProvenDesk()
    desk.issue(Policy(FourEyes.NEVER, gates=("notes",)))
    site = tmp_path / "site"
    made = desk.edition()
    desk.export(site, replace(made, listings=()))
    assert "gates" not in problems(verify_edition(site))
    resign(site, desk, masthead=token_hash(desk.mastheads[0]))
    assert "another masthead than the last" in problems(verify_edition(site))


# -- hostile files ------------------------------------------------------------------


def zip_of(site: Path, target: Path) -> zipfile.ZipFile:
    packed = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
    for path in sorted(site.rglob("*")):
        packed.write(path, path.relative_to(site).as_posix())
    return packed


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_zip_made_by_another_program_is_checked(site: Path, tmp_path: Path) -> None:
    zip_of(site, tmp_path / "a.zip").close()
    assert problems(verify_edition(tmp_path / "a.zip")) == ""


def test_odd_entries_of_a_zip_are_named(site: Path, tmp_path: Path) -> None:
    with zip_of(site, tmp_path / "a.zip") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packed.writestr("index.html", "another")
        packed.writestr("../outside.html", "x")
        packed.writestr("/etc/cron.d/x", "x")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    found = problems(verify_edition(tmp_path / "a.zip"))
    assert "index.html is in the zip file twice" in found
    assert "../outside.html was added" in found
    assert "/etc/cron.d/x was added" in found
    assert "link is a link" in found


@pytest.mark.parametrize(
    "name", ["stories/new/", "stories/../../outside/", "../", "/etc/", "./", "stories//", "con/"]
)
def test_folder_that_no_export_wrote_is_named(name: str, site: Path, tmp_path: Path) -> None:
    with zip_of(site, tmp_path / "a.zip") as packed:
        packed.writestr(name, b"")
    found = problems(verify_edition(tmp_path / "a.zip"))
    assert f"{name} is a folder without a file of the export in it." in found
    with pytest.raises(BadInput, match="is a folder without a file"):
        ServedZip(tmp_path / "a.zip")


def test_folders_of_files_may_be_entries(site: Path, tmp_path: Path) -> None:
    with zip_of(site, tmp_path / "a.zip") as packed:
        assert "stories/" in packed.namelist()
    assert problems(verify_edition(tmp_path / "a.zip")) == ""


def test_zip_bomb_is_refused_before_it_is_unpacked(site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(site / SUMS, SUMS)
        packed.writestr("index.html", bytes(150 << 20))
    with pytest.raises(BadInput, match="unpacks to far more"):
        verify_edition(tmp_path / "a.zip")


def test_encrypted_or_oddly_packed_entries_cannot_be_read(site: Path, tmp_path: Path) -> None:
    with zip_of(site, tmp_path / "a.zip") as packed:
        pass
    data = bytearray((tmp_path / "a.zip").read_bytes())
    listed = data.rindex(b"PK\x01\x02", 0, data.rindex(b"stories/bare.html"))
    own = data.rindex(b"PK\x03\x04", 0, data.index(b"stories/bare.html"))
    for offset, value in ((8, 1), (10, 14)):  # the flag of encryption, LZMA
        other = bytearray(data)
        other[listed + offset] = other[own + offset - 2] = value
        (tmp_path / "b.zip").write_bytes(other)
        assert "stories/bare.html can't be read" in problems(verify_edition(tmp_path / "b.zip"))
    assert packed.fp is None


@pytest.mark.parametrize("name", ["site.zip", "api.zip"])
def test_damaged_zip_gets_a_sentence(name: str, exported: Path, tmp_path: Path) -> None:
    data = (exported / name).read_bytes()
    damaged = tmp_path / "damaged.zip"
    for number in range(60):
        place = number * len(data) // 60
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with suppress(BadInput):
            if not problems(verify_edition(damaged)):
                assert contents(damaged) == contents(exported / name), place
    damaged.write_bytes(data[: len(data) // 2])
    with pytest.raises(BadInput):
        verify_edition(damaged)


def test_what_is_no_edition_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    for path in (tmp_path, tmp_path / "letter.txt", tmp_path / "missing"):
        with pytest.raises(BadInput) as caught:
            verify_edition(path)
        assert caught.value.hint
    (tmp_path / SUMS).write_text("rubbish\n")
    with pytest.raises(BadInput):
        verify_edition(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"stonehand": 1}',
        b"[]",
        b"null",
        b"\xff\xfe",
        b"",
        b'{"stonehand": ' + b"9" * 10_000 + b"}",
    ],
)
def test_absurd_document_gets_a_sentence(text: bytes, site: Path) -> None:
    (site / EDITION).write_bytes(text)
    reseal(site)
    assert "not one that Stonehand wrote" in problems(verify_edition(site))


@pytest.mark.parametrize("name", [EDITION, SUMS, SIGNATURE])
def test_any_flipped_byte_is_noticed(name: str, site: Path) -> None:
    data = (site / name).read_bytes()
    for number in range(75):
        place = number * len(data) // 75
        flipped = data[place] ^ (1 << number % 8)
        (site / name).write_bytes(data[:place] + bytes([flipped]) + data[place + 1 :])
        with suppress(BadInput):
            assert problems(verify_edition(site)), (place, data[place], flipped)


def test_any_flipped_byte_of_a_listed_document_gets_a_sentence(
    site: Path, desk: ProvenDesk
) -> None:
    """Whatever an exporter signs, its mastheads and approvals are what they were or refused."""
    data = (site / EDITION).read_bytes()
    whole = {story.slug for story in verify_edition(site).facts.stories}
    for number in range(100):
        place = number * len(data) // 100
        flipped = data[place] ^ (1 << number % 7)
        (site / EDITION).write_bytes(data[:place] + bytes([flipped]) + data[place + 1 :])
        resign(site, desk)
        report = verify_edition(site)
        assert problems(report) or len(report.facts.stories) == len(whole)


def test_path_that_leaves_the_folder_is_refused(site: Path) -> None:
    hashes = parse_sums((site / SUMS).read_bytes())
    (site.parent / "outside").write_bytes(b"x")
    hashes["../outside"] = hashlib.sha256(b"x").hexdigest()
    (site / SUMS).write_bytes(sums_data(hashes))
    with pytest.raises(BadInput):
        verify_edition(site)


def test_cancelled_verification_stops(site: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        verify_edition(site, progress)


# -- verified before ----------------------------------------------------------------


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VerifiedBefore:
    # Nothing sets the time of change back, so the two seconds of waiting are set to none.
    monkeypatch.setattr("editor.formats.verify.verifier._SETTLED", -10_000_000_000)
    return VerifiedBefore(tmp_path / "verified")


@pytest.mark.parametrize("name", ["site", "site.zip"])
def test_second_verification_reads_no_file_and_says_the_same(
    name: str, exported: Path, before: VerifiedBefore
) -> None:
    first = verify_edition(exported / name, before=before)
    second = verify_edition(exported / name, before=before)
    assert first.read == first.files
    assert second.read == 0
    assert second.facts == first.facts
    assert second.conclusions() == first.conclusions()


def test_file_that_was_touched_is_read_again(site: Path, before: VerifiedBefore) -> None:
    verify_edition(site, before=before)
    page = site / "stories" / "bare.html"
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"regatta", b"scandal"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))  # as somebody would to hide it
    report = verify_edition(site, before=before)
    assert report.read == 1
    assert "stories/bare.html was changed" in problems(report)
    (site / "new.html").write_text("x")
    (site / "404.html").unlink()
    found = problems(verify_edition(site, before=before))
    assert "new.html was added" in found
    assert "404.html is missing" in found


def test_new_signature_or_list_is_verified_again(
    site: Path, before: VerifiedBefore, desk: ProvenDesk
) -> None:
    verify_edition(site, before=before)
    (site / SIGNATURE).write_bytes(b"rubbish\n")
    assert "signature" in problems(verify_edition(site, before=before))
    rewrite(site, lambda document: document.update(signed_by=CHIEF))
    resign(site, desk, CHIEF, by=CHIEF)
    assert verify_edition(site, before=before).facts.signed_by == CHIEF


def test_altered_edition_is_not_kept(site: Path, before: VerifiedBefore, tmp_path: Path) -> None:
    (site / "index.html").unlink()
    verify_edition(site, before=before)
    assert not (tmp_path / "verified").exists()


def test_file_changed_a_moment_ago_is_read_again(exported: Path, tmp_path: Path) -> None:
    before = VerifiedBefore(tmp_path / "verified")
    shutil.copytree(exported / "site", tmp_path / "site")
    verify_edition(tmp_path / "site", before=before)
    assert verify_edition(tmp_path / "site", before=before).read > 0


@pytest.mark.parametrize("text", [b"", b"{}", b"[" * 100_000, b'{"version": "0.1.0"}'])
def test_damaged_memory_is_no_proof(
    text: bytes, site: Path, before: VerifiedBefore, tmp_path: Path
) -> None:
    verify_edition(site, before=before)
    [file] = (tmp_path / "verified").iterdir()
    file.write_bytes(text)
    report = verify_edition(site, before=before)
    assert report.read == report.files


def test_memory_is_of_the_last_twenty_editions(
    site: Path, before: VerifiedBefore, tmp_path: Path
) -> None:
    for number in range(22):
        shutil.copytree(site, tmp_path / f"copy-{number}")
        verify_edition(tmp_path / f"copy-{number}", before=before)
    assert len([*(tmp_path / "verified").iterdir()]) == 20


def test_a_page_at_a_former_address_belongs_to_the_edition(tmp_path: Path) -> None:
    desk = ProvenDesk()
    made = desk.edition()
    story = made.items[0].story.id
    former = (FormerSlug("old-address", story, was_public=True),)
    desk.export(tmp_path / "site", replace(made, former_slugs=former))
    assert (tmp_path / "site" / "stories" / "old-address.html").is_file()
    assert not problems(verify_edition(tmp_path / "site"))
