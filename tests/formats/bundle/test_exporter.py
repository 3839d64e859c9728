"""A bundle is a BagIt bag of what other exporters make, the same every time."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from editor.core.edition import Edition
from editor.core.export_memory import MemoryParts
from editor.errors import BadValue, NotOurs
from editor.formats.bundle import bag
from editor.formats.edition_document import EditionDocument
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.report import ExportDifference, Report
from editor.progress import Progress
from tests.formats.proven import EDITOR, ProvenDesk
from tests.formats.site.edition import edition
from tests.formats.test_incremental import MemoryTargets, Newsroom, tree

ALL = ("site", "api", "pictures", "stories")


def export(
    path: Path, made: Edition, parts: Sequence[str] = (), targets: MemoryTargets | None = None
) -> Report:
    with output_for(path, targets=targets) as output:
        return write_edition(made, find_exporter("bundle", parts), output, Progress(), None, "")


def payload(path: Path, part: str) -> dict[str, bytes]:
    return tree(path / "data" / part)


@pytest.mark.parametrize(
    ("name", "parts"), [("site", ("site",)), ("bundle", ("pdf",)), ("bundle", ("pictures",))]
)
def test_parts_that_there_are_not_are_refused(name: str, parts: Sequence[str]) -> None:
    with pytest.raises(BadValue):
        find_exporter(name, parts)


@pytest.mark.parametrize("parts", [(), ALL, ("stories",), ("api", "pictures")], ids=",".join)
def test_bag_has_the_chosen_parts_and_judges_accept_it(
    parts: Sequence[str], tmp_path: Path
) -> None:
    report = export(tmp_path / "bag", edition(), parts)
    found = {path.name for path in (tmp_path / "bag" / "data").iterdir()}
    assert found == set(parts or ("site", "api", "stories"))
    assert report.files == len(tree(tmp_path / "bag"))
    made = bagit.Bag(str(tmp_path / "bag"))
    made.validate()
    assert made.version_info == (1, 0)
    assert made.info["Bagging-Date"] == "2026-03-04"
    assert made.info["Source-Organization"] == "Harbour Post"
    files = payload(tmp_path / "bag", "")
    assert made.info["Payload-Oxum"] == f"{sum(map(len, files.values()))}.{len(files)}"


def test_parts_have_the_bytes_of_their_own_exports(tmp_path: Path) -> None:
    export(tmp_path / "bag", edition())
    for name in ("site", "api"):
        with output_for(tmp_path / name) as output:
            write_edition(edition(), find_exporter(name), output, Progress(), None, "")
        own = tree(tmp_path / name)
        for path in (EDITION, SUMS):
            del own[path]
        assert payload(tmp_path / "bag", name) == own


def test_tag_manifest_lists_all_but_the_payload_and_what_covers_it(
    desk: ProvenDesk, tmp_path: Path
) -> None:
    desk.export(tmp_path / "bag", name="bundle")
    files = tree(tmp_path / "bag")
    lines = files[bag.TAG_MANIFEST].decode().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    others = {path for path in files if not path.startswith("data/")}
    assert listed.keys() == others - {bag.TAG_MANIFEST, SUMS, SIGNATURE}
    assert {bag.README, bag.INFO, bag.DECLARATION, bag.MANIFEST} <= listed.keys()
    assert all(hashlib.sha256(files[path]).hexdigest() == hash for path, hash in listed.items())


@pytest.mark.parametrize(
    ("parts", "folder"),
    [((), "data/site/stories"), (("api", "stories"), "data/api/v1/stories"),
     (("pictures", "stories"), "data/stories")],
)  # fmt: skip
def test_stories_of_the_edition_lead_to_the_main_part(
    parts: Sequence[str], folder: str, tmp_path: Path
) -> None:
    export(tmp_path / "bag", edition(), parts)
    document = EditionDocument.parse((tmp_path / "bag" / EDITION).read_bytes())
    assert document.format == "bundle"
    assert {Path(story.path).parent.as_posix() for story in document.stories} == {folder}
    named = [path for paths in document.pictures.values() for path in paths]
    for path in (*(story.path for story in document.stories), *named):
        assert (tmp_path / "bag" / path).is_file()
    assert bool(named) == (parts != ("stories",))


@pytest.mark.parametrize("parts", [ALL, ("api", "stories"), ("site", "stories")], ids=",".join)
def test_text_names_a_picture_that_is_there(parts: Sequence[str], tmp_path: Path) -> None:
    export(tmp_path / "bag", edition(), parts)
    text = (tmp_path / "bag/data/stories/old-lighthouse.md").read_text(encoding="utf-8")
    [file] = [line.split('"')[1] for line in text.splitlines() if "file:" in line]
    assert (tmp_path / "bag/data/stories" / file).is_file()


def test_readme_says_what_is_in_it_and_has_no_script(tmp_path: Path) -> None:
    house = replace(edition().house, name="<script>alert(1)</script> & Söhne: $what")
    export(tmp_path / "bag", replace(edition(), house=house), ("stories",))
    page = (tmp_path / "bag" / bag.README).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne: $what</h1>" in page
    assert 'href="data/stories/"' in page
    assert 'href="data/site' not in page
    for word in ("stonehand verify .", "bagit.py --validate .", "sha256sum -c SHA256SUMS", "JWS"):
        assert word in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert hashlib.sha256(style.encode()).digest().hex()
    info = (tmp_path / "bag" / bag.INFO).read_text(encoding="utf-8")
    assert info.startswith("Source-Organization: <script>alert(1)</script> & Söhne: $what\n")


def test_what_if_is_marked_in_every_place(tmp_path: Path) -> None:
    export(tmp_path / "bag", replace(edition(), what_if=True))
    files = tree(tmp_path / "bag")
    assert b"This is not an edition" in files[bag.README]
    assert b"External-Description: Not an edition" in files[bag.INFO]
    assert b"not_an_edition" in files["data/stories/bare.md"]


# -- as a zip file --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Post 4 March.zip", "Post 4 March"),
        ("a.b.ZIP", "a.b"),
        ("Müller.zip", "Müller"),
        ("Mu\u0308ller.zip", "Müller"),
        ("..zip", "bundle"),
        ("...zip", "bundle"),
        ("con.zip", "bundle"),
        ("a .zip", "bundle"),
        ("a\nb.zip", "bundle"),
        ("a\\b.zip", "bundle"),
    ],
)
def test_zip_has_one_folder_called_like_it(name: str, folder: str, tmp_path: Path) -> None:
    made = replace(edition(), listings=edition().listings[-1:])
    export(tmp_path / name, made, ("stories",))
    with zipfile.ZipFile(tmp_path / name) as packed:
        assert {entry.partition("/")[0] for entry in packed.namelist()} == {folder}
        assert packed.namelist() == sorted(packed.namelist())
        packed.extractall(tmp_path / "out")
    bagit.Bag(str(tmp_path / "out" / folder)).validate()


def test_zip_and_folder_have_the_same_files(desk: ProvenDesk, tmp_path: Path) -> None:
    made = desk.edition()
    desk.export(tmp_path / "bag", made, name="bundle")
    desk.export(tmp_path / "bag.zip", made, name="bundle")
    with zipfile.ZipFile(tmp_path / "bag.zip") as packed:
        inside = {entry.removeprefix("bag/"): packed.read(entry) for entry in packed.namelist()}
    assert inside == tree(tmp_path / "bag")
    first = (tmp_path / "bag.zip").read_bytes()
    report = desk.export(tmp_path / "bag.zip", made, name="bundle")
    assert (tmp_path / "bag.zip").read_bytes() == first
    assert (report.difference.is_nothing, report.signed_by) == (True, EDITOR)


def test_zip_of_another_format_is_not_replaced(tmp_path: Path) -> None:
    with output_for(tmp_path / "a.zip") as output:
        write_edition(edition(), find_exporter("site"), output, Progress(), None, "")
    before = (tmp_path / "a.zip").read_bytes()
    with pytest.raises(NotOurs, match="another format"):
        export(tmp_path / "a.zip", edition())
    assert (tmp_path / "a.zip").read_bytes() == before


# -- again and again ------------------------------------------------------------------


def test_each_export_is_that_of_a_whole_one(tmp_path: Path) -> None:
    room, targets = Newsroom(5), MemoryTargets()
    parts = ("pictures", "stories")
    export(tmp_path / "bag", room.edition, parts, targets)
    for number in range(25):
        action = room.step()
        export(tmp_path / "bag", room.edition, parts, targets)
        export(tmp_path / "whole", replace(room.edition, parts=MemoryParts()), parts)
        assert tree(tmp_path / "bag") == tree(tmp_path / "whole"), (number, action)
        shutil.rmtree(tmp_path / "whole")


def test_unchanged_bundle_stays_with_its_dates_and_other_parts_are_written(tmp_path: Path) -> None:
    made, targets = edition(), MemoryTargets()
    export(tmp_path / "bag", made, ("stories",), targets)
    before = tree(tmp_path / "bag")
    later = replace(made, generated_at=made.generated_at.replace(minute=59))
    found: ExportDifference = export(tmp_path / "bag", later, ("stories",), targets).difference
    assert (found.is_nothing, found.unchanged) == (True, len(before))
    assert tree(tmp_path / "bag") == before
    found = export(tmp_path / "bag", made, ("pictures", "stories"), targets).difference
    assert all(path.startswith("data/pictures/") for path in found.new)
    assert found.new
    bagit.Bag(str(tmp_path / "bag")).validate()
