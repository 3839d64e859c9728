"""Documents of a stranger are read in little memory, and byte for byte."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from editor.formats.edition_document import EditionDocument
from editor.formats.paths import EDITION, SIGNATURE
from editor.formats.verify.report import EditionReport
from editor.formats.verify.verifier import verify_edition
from tests.formats.proven import ProvenDesk
from tests.formats.verify.test_verifier import problems, reseal

MOST_MEMORY = 150 << 20
NOT_OURS = "edition.json or edition.jws is not one that Stonehand wrote."


@pytest.fixture
def site(desk: ProvenDesk, tmp_path: Path) -> Path:
    desk.export(tmp_path / "site")
    return tmp_path / "site"


def measured(site: Path) -> EditionReport:
    """Verify, and fail where more memory was used at once than a check may."""
    tracemalloc.start()
    report = verify_edition(site)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY, f"{peak >> 20} MiB"
    return report


_VALUES = ["{},", "0,", "[[]],", '"\\ud83d\\ude00",', " ", '{"":{}},']
_LISTED_AND_READ = [(value, 15 << 20, True) for value in _VALUES]
_NOT_READ = [
    (value, size, is_listed)
    for value in _VALUES
    for size, is_listed in ((60 << 20, False), (60 << 20, True), (15 << 20, False))
]
"""Too large, or signed by nobody: whatever is in it is not looked at; the first is enough."""


@pytest.mark.parametrize(
    ("value", "size", "is_listed"),
    [
        *(_LISTED_AND_READ + _NOT_READ[:3]),
        *(pytest.param(*other, marks=pytest.mark.slow) for other in _NOT_READ[3:]),
    ],
)
def test_hostile_document_takes_little_memory(
    value: str, size: int, is_listed: bool, site: Path
) -> None:
    text = '{"stories": [' + value * (size // len(value))
    (site / EDITION).write_text(text.rstrip(",") + "]}")
    if is_listed:
        reseal(site)
    found = problems(measured(site))
    assert (NOT_OURS if is_listed else "nothing in it is believed") in found


def test_long_text_with_rare_letters_takes_little_memory(site: Path) -> None:
    document = json.loads((site / EDITION).read_text(encoding="utf-8"))
    document["desk"] = "x" * (15 << 20) + "\U0001f4f0"
    (site / EDITION).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    reseal(site)
    assert NOT_OURS in problems(measured(site))


def test_document_of_two_thousand_stories_is_read(site: Path) -> None:
    document = json.loads((site / EDITION).read_text(encoding="utf-8"))
    [first, *_others] = document["stories"]
    page = (site / first["path"]).read_bytes()
    for number in range(2000):
        path = f"stories/copy-{number}.html"
        (site / path).write_bytes(page)
        document["stories"].append({**first, "id": f"c{number}", "slug": str(number), "path": path})
    (site / EDITION).write_text(json.dumps(document), encoding="utf-8")
    reseal(site)
    report = measured(site)
    assert NOT_OURS not in problems(report)
    assert len(report.facts.stories) == len(document["stories"])
    data = (site / EDITION).read_bytes()
    assert EditionDocument.parse(data).stories[-1].slug == "1999"


@pytest.mark.parametrize("more", [b"\n", b" ", b"\t\n", b"\r\n", b"\x0b"])
@pytest.mark.parametrize("is_before", [False, True])
def test_signature_with_more_than_a_token_is_refused(
    more: bytes, is_before: bool, site: Path
) -> None:
    whole = (site / SIGNATURE).read_bytes()
    assert whole.endswith(b"\n")
    assert problems(verify_edition(site)) == ""
    (site / SIGNATURE).write_bytes(more + whole if is_before else whole + more)
    assert NOT_OURS in problems(verify_edition(site))
    (site / SIGNATURE).write_bytes(whole.rstrip())
    assert NOT_OURS in problems(verify_edition(site))
