"""An export proves itself, is the same every time, and marks what is no edition on every page."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey

from editor.errors import NotAllowed
from editor.formats.edition_document import EditionDocument
from editor.formats.export import describe
from editor.formats.exporters import all_exporters, find_exporter
from editor.formats.output import MemoryOutput
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.resources import resource
from editor.trust.log_tip import token_hash
from tests.formats.proven import EDITOR, WRITER, ProvenDesk


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", [exporter.name for exporter in all_exporters()])
def test_same_desk_time_and_signer_give_the_same_bytes(
    name: str, desk: ProvenDesk, tmp_path: Path
) -> None:
    made = desk.edition()
    reports = [desk.export(tmp_path / folder, made, name=name) for folder in ("a", "b")]
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert reports[0].files == len(tree(tmp_path / "a"))
    assert reports[0].signed_by == EDITOR


@pytest.mark.skipif(which("sha256sum") is None, reason="needs sha256sum")
@pytest.mark.parametrize("name", [exporter.name for exporter in all_exporters()])
def test_list_is_read_by_sha256sum(name: str, desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / name, name=name)
    command = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(command, cwd=tmp_path / name, check=False).returncode == 0
    (tmp_path / name / EDITION).write_text("{}")
    run = subprocess.run(command, cwd=tmp_path / name, check=False, capture_output=True)
    assert run.returncode == 1


def test_signature_is_a_plain_jws_of_the_list(desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site")
    token = (tmp_path / "site" / SIGNATURE).read_text().strip()
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": desk.keys[EDITOR].public.x})
    payload = json.loads(jws.deserialize_compact(token, key, algorithms=["Ed25519"]).payload)
    assert payload["type"] == "edition"
    assert payload["by"] == EDITOR


def test_key_that_is_not_on_the_masthead_signs_nothing(desk: ProvenDesk, tmp_path: Path) -> None:
    stranger = ProvenDesk(desk.desk, mastheads=[])
    with pytest.raises(NotAllowed):
        stranger.export(tmp_path / "site", desk.edition())
    assert not (tmp_path / "site").exists()
    with pytest.raises(NotAllowed):
        replace(desk, keys={**desk.keys, WRITER: desk.keys[EDITOR]}, mastheads=[]).export(
            tmp_path / "site", desk.edition(), by=WRITER
        )


@pytest.mark.parametrize("name", [exporter.name for exporter in all_exporters()])
def test_document_reads_back(name: str, desk: ProvenDesk) -> None:
    document = describe(desk.edition(), find_exporter(name), EDITOR)
    assert EditionDocument.parse(document.data()) == document
    assert len(document.data().splitlines()) < 40


def test_export_without_a_proof_cannot_be_signed(desk: ProvenDesk, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mastheads"):
        desk.export(tmp_path / "site", replace(desk.edition(), proof=None))


def program_of_the_help() -> str:
    """The lines of Python in the help's section about checking an edition."""
    page = resource("help", "4-export.md").read_text(encoding="utf-8")
    lines = page.partition("    import hashlib, json\n")
    program = (lines[1] + lines[2]).splitlines()
    end = next(i for i, line in enumerate(program) if line and not line.startswith("    "))
    return "\n".join(line.removeprefix("    ") for line in program[:end])


@pytest.mark.parametrize("name", ["site", "bundle"])
def test_program_of_the_help_checks_an_edition(
    name: str, desk: ProvenDesk, tmp_path: Path, python: str
) -> None:
    pytest.importorskip("jwcrypto")
    site = tmp_path / "site"
    newsroom = replace(desk, mastheads=[*desk.mastheads])
    newsroom.issue()
    newsroom.export(site, name=name)

    def run() -> subprocess.CompletedProcess[str]:
        command = [python, "-c", program_of_the_help()]
        return subprocess.run(command, cwd=site, check=False, capture_output=True, text=True)

    done = run()
    assert done.returncode == 0, done.stderr
    assert f"old-lighthouse approved by {EDITOR}" in done.stdout
    assert f"signed by {EDITOR}" in done.stdout
    assert done.stdout.endswith(token_hash(newsroom.mastheads[0]) + "\n")
    (site / SUMS).write_bytes((site / SUMS).read_bytes() + b"\n")
    assert "AssertionError" in run().stderr
    ProvenDesk(desk.desk).export(tmp_path / "other")
    (site / SUMS).write_bytes((tmp_path / "other" / SUMS).read_bytes())
    (site / SIGNATURE).write_bytes((tmp_path / "other" / SIGNATURE).read_bytes())
    assert run().returncode != 0, "signed by somebody who is not on the masthead"


# -- what-if ------------------------------------------------------------------------


def test_every_page_of_a_site_that_is_no_edition_says_so(desk: ProvenDesk, tmp_path: Path) -> None:
    desk.export(tmp_path / "site", replace(desk.edition(), what_if=True))
    desk.export(tmp_path / "real")
    files = tree(tmp_path / "site")
    pages = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
    assert len(pages) > 8
    for path, page in pages.items():
        assert page.count('<p class="what-if" role="note">') == 1, path
        assert "noindex" in page
        assert page.index("what-if") < page.index("<header")
    english = "Not an edition: how this site would be on 4 March 2026, 06:00 UTC"
    assert english in pages["index.html"]
    assert "ليست نسخة منشورة" in pages["stories/manara.html"]
    assert "feed.xml" not in files
    assert "feed.xml" not in pages["index.html"]
    assert files["robots.txt"].endswith(b"Disallow: /\n")
    assert all(b'class="what-if"' not in data for path, data in tree(tmp_path / "real").items()
               if path.endswith(".html"))  # fmt: skip


def test_every_document_of_an_api_that_is_no_edition_says_so(
    desk: ProvenDesk, tmp_path: Path
) -> None:
    desk.export(tmp_path / "api", replace(desk.edition(), what_if=True), name="api")
    seen = 0
    for path, data in tree(tmp_path / "api").items():
        value = json.loads(data) if path.endswith(".json") else {}
        if "data" in value and "/examples/" not in path:  # those are of no paper
            assert value["NOT_AN_EDITION"] == "2026-03-04T06:00:00Z"
            assert data.startswith(b'{"NOT_AN_EDITION"')
            seen += 1
    assert seen > 10


def test_memory_output_knows_its_hashes(desk: ProvenDesk) -> None:
    with MemoryOutput() as output:
        output.write("a.html", b"1")
    assert list(output.sums.hashes) == ["a.html"]
