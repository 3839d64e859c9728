"""A bundle that anybody touched is refused with the reason, and outside tools agree."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tracemalloc
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import bagit
import pytest
from jwcrypto import jwk, jws

from editor.core.edition import Expired
from editor.errors import BadInput
from editor.formats.bundle import bag
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.sums import parse_sums, sums_data
from editor.formats.verify.report import Severity
from editor.formats.verify.verifier import verify_edition
from editor.progress import Progress
from editor.trust.compact import SignedDocument
from editor.trust.edition import EditionStatement
from editor.trust.known_mastheads import KnownMastheads, Trust
from editor.trust.seen_editions import SeenEditions
from tests.formats.proven import EDITOR, WRITER, ProvenDesk
from tests.formats.verify.test_verifier import problems, sentences

Attack = Callable[[Path], object]
STORY = "data/stories/bare.md"
LISTED = [
    "data/site/index.html",
    "data/site/stories/bare.html",
    "data/api/v1/stories/bare.json",
    STORY,
    bag.README,
    bag.DECLARATION,
    bag.INFO,
    bag.MANIFEST,
    bag.TAG_MANIFEST,
    EDITION,
]
"""A file of each kind that is in the list of files."""


@pytest.fixture(scope="module")
def exported(desk: ProvenDesk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    for name in ("bundle", "bundle.zip", "unsigned"):
        desk.export(folder / name, name="bundle", by="" if name == "unsigned" else EDITOR)
    return folder


@pytest.fixture
def bundle(exported: Path, tmp_path: Path) -> Path:
    shutil.copytree(exported / "bundle", tmp_path / "in" / "bundle")
    return tmp_path / "in" / "bundle"


def is_sound(path: Path) -> bool:
    try:
        report = verify_edition(path)
    except BadInput:
        return False
    return report.is_whole and not problems(report)


def is_bag(path: Path) -> bool:
    try:
        return bool(bagit.Bag(str(path)).is_valid())
    except bagit.BagError:
        return False


def sums_are_right(path: Path) -> bool:
    command = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    return subprocess.run(command, cwd=path, check=False, capture_output=True).returncode == 0


def is_signed(path: Path, desk: ProvenDesk) -> bool:
    """Whether jwcrypto takes the signature, and it is of the list that is there."""
    token = jws.JWS()
    key = jwk.JWK(kty="OKP", crv="Ed25519", x=desk.keys[EDITOR].public.x)
    try:
        token.deserialize((path / SIGNATURE).read_text().strip())
        token.allowed_algs = ["Ed25519", "EdDSA"]
        token.verify(key)
    except (jws.InvalidJWSObject, jws.InvalidJWSSignature, OSError, ValueError):
        return False
    sums = hashlib.sha256((path / SUMS).read_bytes()).hexdigest()
    return bool(json.loads(token.payload)["sums"] == sums)


def flip(path: Path, part: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    data[int((len(data) - 1) * part)] ^= 1
    path.write_bytes(data)


# -- files that were touched ------------------------------------------------------------


@pytest.mark.parametrize("part", [0, 0.5, 1])
@pytest.mark.parametrize("name", LISTED)
def test_flipped_byte_of_any_kind_of_file_is_found_by_all(
    name: str, part: float, bundle: Path
) -> None:
    flip(bundle / name, part)
    assert f"{name} was changed" in problems(verify_edition(bundle))
    assert not sums_are_right(bundle)
    assert not is_bag(bundle) or name == bag.TAG_MANIFEST


@pytest.mark.parametrize("name", [SUMS, SIGNATURE])
def test_flipped_byte_of_what_is_in_no_list_is_found(
    name: str, bundle: Path, desk: ProvenDesk
) -> None:
    flip(bundle / name)
    assert not is_sound(bundle)
    assert not is_signed(bundle, desk)


def _twin(bundle: Path, name: str) -> None:
    shutil.copy(bundle / STORY, bundle / "data" / "stories" / name)


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


ATTACKS: dict[str, tuple[Attack, str]] = {
    "removed": (lambda b: (b / STORY).unlink(), f"{STORY} is missing"),
    "renamed": (
        lambda b: (b / STORY).rename(b / "data/stories/bear.md"),
        "data/stories/bear.md was added",
    ),
    "added to the payload": (lambda b: _twin(b, "new.md"), "data/stories/new.md was added"),
    "added beside it": (lambda b: (b / "fetch.txt").write_text(""), "fetch.txt was added"),
    "another manifest": (
        lambda b: (b / "manifest-md5.txt").write_text(""),
        "manifest-md5.txt was added",
    ),
    "letter case": (lambda b: _twin(b, "Bare.md"), "data/stories/Bare.md was added"),
    "unicode": (
        lambda b: _twin(b, unicodedata.normalize("NFD", "bäre.md")),
        "was added",
    ),
    "link": (
        lambda b: _link(b / STORY),
        f"{STORY} is a link",
    ),
    "linked folder": (
        lambda b: (b / "data" / "more").symlink_to("/etc"),
        "data/more is a link",
    ),
    "no declaration": (lambda b: (b / bag.DECLARATION).unlink(), "bagit.txt is missing"),
    "signature stripped": (
        lambda b: (b / SIGNATURE).unlink(),
        f"The signature of {EDITOR} is missing",
    ),
}


@pytest.mark.skipif(os.name != "posix", reason="needs links as Unix has them")
@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_was_done_to_the_files_is_named(attack: str, bundle: Path) -> None:
    change, reason = ATTACKS[attack]
    change(bundle)
    assert reason in problems(verify_edition(bundle))
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]


def test_files_of_another_day_are_refused(bundle: Path, desk: ProvenDesk, tmp_path: Path) -> None:
    made = desk.edition()
    made = replace(made, listings=made.listings[1:])
    desk.export(tmp_path / "other", made, name="bundle")
    for name in (bag.MANIFEST, bag.TAG_MANIFEST, EDITION, SUMS, SIGNATURE):
        before = (bundle / name).read_bytes()
        (bundle / name).write_bytes((tmp_path / "other" / name).read_bytes())
        assert not is_sound(bundle), name
        (bundle / name).write_bytes(before)
    assert is_sound(bundle)


@pytest.mark.parametrize("name", [bag.MANIFEST, bag.TAG_MANIFEST, bag.DECLARATION])
def test_manifest_that_says_something_else_than_the_list_is_refused(
    name: str, exported: Path, tmp_path: Path
) -> None:
    """Nobody signed it, so its list can be made to fit: a program for bags would still refuse."""
    target = tmp_path / "unsigned"
    shutil.copytree(exported / "unsigned", target)
    assert is_sound(target)
    lines = (target / name).read_bytes().splitlines(keepends=True)
    (target / name).write_bytes(b"".join(lines[1:]))
    hashes = parse_sums((target / SUMS).read_bytes())
    hashes[name] = hashlib.sha256((target / name).read_bytes()).hexdigest()
    (target / SUMS).write_bytes(sums_data(hashes))
    assert sums_are_right(target)
    assert "does not say what a bundle of these files has" in problems(verify_edition(target))


def reseal(target: Path) -> None:
    """Write the manifests and the list for the files as they are now, without a key."""
    files = [path for path in target.rglob("*") if path.is_file()]
    names = {path.relative_to(target).as_posix(): path for path in files}
    hashes: dict[str, str] = {}

    def add(name: str) -> None:
        hashes[name] = hashlib.sha256((target / name).read_bytes()).hexdigest()

    payload = [path.stat().st_size for name, path in names.items() if name.startswith("data/")]
    info = (target / bag.INFO).read_bytes()
    oxum = f"Payload-Oxum: {sum(payload)}.{len(payload)}"
    (target / bag.INFO).write_bytes(re.sub(rb"Payload-Oxum: [\d.]*", oxum.encode(), info))
    for name in names.keys() - {bag.MANIFEST, bag.TAG_MANIFEST, SUMS, SIGNATURE}:
        add(name)
    (target / bag.MANIFEST).write_bytes(bag.manifest(hashes))
    add(bag.MANIFEST)
    (target / bag.TAG_MANIFEST).write_bytes(bag.tag_manifest(hashes))
    add(bag.TAG_MANIFEST)
    (target / SUMS).write_bytes(sums_data(hashes))


@pytest.mark.parametrize(
    "name",
    ["data/site/stories/x.html", "data/api/v1/stories/x.json", "data/stories/x.md"],
)
def test_story_that_the_edition_does_not_name_is_refused_in_any_part(
    name: str, exported: Path, tmp_path: Path
) -> None:
    target = tmp_path / "unsigned"
    shutil.copytree(exported / "unsigned", target)
    reseal(target)
    assert is_sound(target)
    (target / name).write_text("Invented.")
    reseal(target)
    assert f"{name} is not the page of an approved story" in problems(verify_edition(target))


@pytest.mark.parametrize(
    "name",
    ["data/site/stories/bare.html", "data/api/v1/stories/bare.json", STORY,
     "data/api/v1/stories/sunk-ship.json"],
)  # fmt: skip
def test_story_that_is_missing_in_any_part_is_missed(
    name: str, exported: Path, tmp_path: Path
) -> None:
    """Whoever rewrites the lists can't leave it out where nobody signed: edition.json names it."""
    target = tmp_path / "unsigned"
    shutil.copytree(exported / "unsigned", target)
    (target / name).unlink()
    reseal(target)
    found = problems(verify_edition(target))
    assert f"{Path(name).stem} is in the edition, and has no file in data/" in found or (
        "Its page is not in the list of files" in found
    )


@pytest.mark.parametrize("line", ["Payload-Oxum: 1.1", "", "Payload-Oxum: 1.1\nPayload-Oxum: 2.2"])
def test_size_that_the_bag_does_not_have_is_refused(
    line: str, exported: Path, tmp_path: Path
) -> None:
    target = tmp_path / "unsigned"
    shutil.copytree(exported / "unsigned", target)
    info = (target / bag.INFO).read_text(encoding="utf-8")
    changed = re.sub("Payload-Oxum: .*", line, info)
    hashes = parse_sums((target / SUMS).read_bytes())
    for name, data in ((bag.INFO, changed.encode),
                       (bag.TAG_MANIFEST, lambda: bag.tag_manifest(hashes))):  # fmt: skip
        (target / name).write_bytes(data())
        hashes[name] = hashlib.sha256((target / name).read_bytes()).hexdigest()
    (target / SUMS).write_bytes(sums_data(hashes))
    assert sums_are_right(target)
    assert "bag-info.txt does not say how large its files are" in problems(verify_edition(target))


def test_words_in_the_place_of_a_story_that_is_gone_are_found_whoever_signs(
    exported: Path, tmp_path: Path
) -> None:
    assert "says more than" not in problems(verify_edition(exported / "bundle"))
    api, text = "data/api/v1/stories/sunk-ship.json", "data/stories/sunk-ship.md"
    expired = "data/api/v1/stories/by-id/s10.json"
    sayings = [
        (api, b'"status"', b'"note":"The captain was drunk.","status"'),
        (api, b'"status"', b'"the captain was drunk":1,"status"'),
        (api, b"s9", b"s8"),
        (expired, b'"status"', b'"more":["He lied."],"status"'),
        (text, b"\n---\n", b"\n---\n\nThe captain was drunk.\n"),
        (text, b'status: "withdrawn"', b'status: "withdrawn, as he was drunk"'),
        (text, b'"s9"', b'"s8"'),
    ]
    for number, (name, old, new) in enumerate(sayings):
        target = tmp_path / str(number)
        shutil.copytree(exported / "unsigned", target)
        data = (target / name).read_bytes()
        assert old in data, name
        (target / name).write_bytes(data.replace(old, new, 1))
        reseal(target)
        assert f"{name} says more than that the story is gone" in problems(verify_edition(target))


# -- whose it is ------------------------------------------------------------------------


def test_signature_of_a_stranger_or_of_another_desk_is_refused(
    bundle: Path, desk: ProvenDesk, tmp_path: Path
) -> None:
    stranger = ProvenDesk(desk.desk)
    stranger.export(tmp_path / "theirs", name="bundle")
    token = SignedDocument.of((bundle / SIGNATURE).read_text().strip())
    statement = EditionStatement.from_json(json.loads(token.payload))
    for key in (stranger.keys[EDITOR], desk.keys[WRITER]):
        (bundle / SIGNATURE).write_text(statement.signed(key) + "\n", newline="\n")
        assert "The signature of the edition is not valid" in problems(verify_edition(bundle))
    (bundle / SIGNATURE).write_bytes((tmp_path / "theirs" / SIGNATURE).read_bytes())
    assert "The signature of the edition is not valid" in problems(verify_edition(bundle))


def test_masthead_in_the_place_of_the_real_one_is_refused(
    bundle: Path, desk: ProvenDesk, tmp_path: Path
) -> None:
    """With the approvals of the real one nothing is proven; with its own it is another desk."""
    known = KnownMastheads(tmp_path / "known.json")
    facts = verify_edition(bundle).facts
    known.confirm(facts.desk, facts.mastheads)
    stranger = ProvenDesk(desk.desk)
    stranger.export(tmp_path / "theirs", name="bundle")
    report = verify_edition(tmp_path / "theirs")
    assert problems(report) == ""
    trust = known.trust(report.facts.desk, report.facts.mastheads)
    assert report.headline(trust).sentence.startswith("Not to be trusted")
    document = json.loads((bundle / EDITION).read_text(encoding="utf-8"))
    document["mastheads"] = stranger.mastheads
    (bundle / EDITION).write_text(json.dumps(document), encoding="utf-8")
    reseal(bundle)
    found = problems(verify_edition(bundle))
    assert "stories are not proven to be approved" in found
    assert "The signature of the edition is not valid" in found


def test_old_bundle_that_is_handed_on_again_is_named(
    bundle: Path, desk: ProvenDesk, tmp_path: Path
) -> None:
    made = desk.edition()
    later = replace(made, generated_at=made.generated_at + timedelta(days=1))
    desk.export(tmp_path / "later", later, name="bundle")
    seen = SeenEditions(tmp_path / "seen.json")
    old, new = verify_edition(bundle), verify_edition(tmp_path / "later")
    assert new.remembered(Trust.UNCONFIRMED, seen).newer_seen == ""
    assert old.remembered(Trust.TRUSTED, seen).newer_seen == "", "only of whom one trusts"
    assert new.remembered(Trust.TRUSTED, seen).newer_seen == ""
    again = old.remembered(Trust.TRUSTED, seen)
    assert again.headline(Trust.TRUSTED).severity is Severity.NOTE
    assert "older than an edition that you have seen" in again.headline(Trust.TRUSTED).sentence
    assert "of the same desk and format you have seen a newer one, of 2026-03-05" in sentences(
        again
    )
    (tmp_path / "seen.json").write_text("[" * 9999)
    assert old.remembered(Trust.TRUSTED, seen).newer_seen == ""


# -- zip files --------------------------------------------------------------------------


def packed(
    bundle: Path, target: Path, top: str = "bundle/", kind: int = zipfile.ZIP_DEFLATED
) -> zipfile.ZipFile:
    made = zipfile.ZipFile(target, "w", kind)
    for path in sorted(bundle.rglob("*")):
        if path.is_file():
            made.writestr(zipfile.ZipInfo(top + path.relative_to(bundle).as_posix()),
                          path.read_bytes())  # fmt: skip
    return made


@pytest.mark.parametrize("top", ["../", "./", "/", "C:/", "a/b/", "..\\x/", "con/"])
def test_folder_that_no_bundle_has_is_no_edition(top: str, bundle: Path, tmp_path: Path) -> None:
    packed(bundle, tmp_path / "a.zip", top).close()
    with pytest.raises(BadInput, match="no list of files"):
        verify_edition(tmp_path / "a.zip")


def test_two_bundles_in_one_file_are_no_edition(bundle: Path, tmp_path: Path) -> None:
    with packed(bundle, tmp_path / "a.zip") as made:
        made.writestr("other/SHA256SUMS", (bundle / SUMS).read_bytes())
    with pytest.raises(BadInput, match="no list of files"):
        verify_edition(tmp_path / "a.zip")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (f"bundle/{STORY}", f"{STORY} is in the zip file twice"),
        ("bundle/data/stories/BARE.md", "data/stories/BARE.md was added"),
        ("bundle/data/stories/ba\u0301re.md", "was added"),
        (f"BUNDLE/{STORY}", f"BUNDLE/{STORY} was added"),
        (STORY, f"{STORY} was added"),
        ("README.html", "README.html was added"),
        ("bundle/../outside", "../outside was added"),
        ("../outside", "../outside was added"),
        ("/etc/cron.d/x", "/etc/cron.d/x was added"),
        ("bundle\\data\\x", "was added"),
        ("bundle/", "was added"),
    ],
)
def test_odd_entry_of_a_zip_is_named(name: str, reason: str, bundle: Path, tmp_path: Path) -> None:
    with packed(bundle, tmp_path / "in" / "a.zip") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr(zipfile.ZipInfo(name), "x")
    assert reason in problems(verify_edition(tmp_path / "in" / "a.zip"))
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["a.zip", "bundle"]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_link_in_a_zip_is_named(bundle: Path, tmp_path: Path) -> None:
    with packed(bundle, tmp_path / "a.zip") as made:
        link = zipfile.ZipInfo("bundle/data/link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert "data/link is a link" in problems(verify_edition(tmp_path / "a.zip"))


def test_zip_bomb_is_refused_before_it_is_unpacked(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.write(bundle / SUMS, f"bundle/{SUMS}")
        made.writestr("bundle/data/site/index.html", bytes(150 << 20))
    with pytest.raises(BadInput, match="unpacks to far more"):
        verify_edition(tmp_path / "a.zip")


def test_entry_that_is_larger_than_it_says_is_never_unpacked(bundle: Path, tmp_path: Path) -> None:
    """Its header says one byte, and it unpacks to a hundred million."""
    large = bytes(100 << 20)
    with packed(bundle, tmp_path / "a.zip") as made:
        made.writestr(zipfile.ZipInfo("bundle/data/bomb"), large, zipfile.ZIP_DEFLATED)
    data = (tmp_path / "a.zip").read_bytes()
    size, claim = len(large).to_bytes(4, "little"), (1).to_bytes(4, "little")
    assert data.count(size) == 2
    (tmp_path / "a.zip").write_bytes(data.replace(size, claim))
    tracemalloc.start()
    assert "data/bomb was added" in problems(verify_edition(tmp_path / "a.zip"))
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


def contents(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as made:
        return [(name, made.read(name)) for name in made.namelist()]


def test_flipped_byte_anywhere_in_a_zip_is_found_unless_its_files_are_the_same(
    desk: ProvenDesk, tmp_path: Path
) -> None:
    with output_for(tmp_path / "a.zip") as output:
        exporter = find_exporter("bundle", ("stories",))
        write_edition(desk.edition(), exporter, output, Progress(), desk.keys[EDITOR], EDITOR)
    data, before = (tmp_path / "a.zip").read_bytes(), contents(tmp_path / "a.zip")
    found = 0
    for number in range(300):
        place = number * len(data) // 300
        flipped = bytes([data[place] ^ (1 << number % 8)])
        (tmp_path / "a.zip").write_bytes(data[:place] + flipped + data[place + 1 :])
        if is_sound(tmp_path / "a.zip"):
            assert contents(tmp_path / "a.zip") == before, place
        else:
            found += 1
    assert found > 200, "what is left are dates, and what zip files say twice"
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_large_file_is_never_in_memory(exported: Path, tmp_path: Path) -> None:
    target = tmp_path / "unsigned"
    shutil.copytree(exported / "unsigned", target)
    with (target / "data" / "site" / "large.bin").open("wb") as file:
        file.truncate(128 << 20)
    reseal(target)
    with packed(target, tmp_path / "a.zip", kind=zipfile.ZIP_STORED):
        pass
    for path in (target, tmp_path / "a.zip"):
        tracemalloc.start()
        assert is_sound(path)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
        tracemalloc.stop()


# -- sound ones -------------------------------------------------------------------------


def test_all_judges_take_a_sound_bundle(bundle: Path, desk: ProvenDesk) -> None:
    assert is_sound(bundle)
    assert is_bag(bundle)
    assert sums_are_right(bundle)
    assert is_signed(bundle, desk)
    assert "It is a BagIt bag" in sentences(verify_edition(bundle))


def test_expired_story_is_named_in_the_part_that_says_so(desk: ProvenDesk, tmp_path: Path) -> None:
    gone = Expired("s7", "old-tide", "en", "2026-03-03T12:00:00Z")
    desk.export(tmp_path / "bag", replace(desk.edition(), expired=(gone,)), name="bundle")
    assert problems(verify_edition(tmp_path / "bag")) == ""
    [entry] = json.loads((tmp_path / "bag" / EDITION).read_text(encoding="utf-8"))["expired"]
    assert entry["path"] == "data/api/v1/stories/old-tide.json"
    assert {path.parent.name for path in (tmp_path / "bag").rglob("old-tide*")} == {"stories"}


@pytest.mark.parametrize("top", ["bundle/", "", "Another name/"])
def test_zip_made_by_another_program_is_checked(top: str, bundle: Path, tmp_path: Path) -> None:
    with packed(bundle, tmp_path / "a.zip", top) as made:
        if top:
            made.mkdir(top)
    assert is_sound(tmp_path / "a.zip")


def test_zip_of_an_export_says_what_its_folder_says(exported: Path) -> None:
    whole, zipped = verify_edition(exported / "bundle"), verify_edition(exported / "bundle.zip")
    assert problems(zipped) == ""
    assert zipped.facts.stories == whole.facts.stories
    assert {story.path.rpartition("/")[0] for story in whole.facts.stories} == {"data/site/stories"}
