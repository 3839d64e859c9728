"""What readers read of a story goes out in every export for readers; private fields in none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core.fields import Field
from editor.core.paths import leaf_values
from editor.core.story import Story
from editor.formats.base import Exporter
from editor.formats.export import write_files
from editor.formats.exporters import EXPORTERS
from editor.formats.output import MemoryOutput
from editor.progress import Progress
from tests.core.filled import filled, token
from tests.formats.site.edition import MemoryPictures, edition, picture

TEMPLATE = "{city}, {state}, {country} ({agency})–"
SOURCE = MemoryPictures()
LEAVES = [(path, field) for path, field, _value in leaf_values(filled())]
READ = [(path, field) for path, field in LEAVES if field.reader]
PRIVATE = [(path, field) for path, field in LEAVES if field.private]

exporters = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)


def story() -> Story:
    """The story with a token in each text, and with what an address and a picture need."""
    full = filled(slug="all-fields", section="world")
    photo = picture(SOURCE)
    shown = replace(
        full.pictures[0], file=photo.file, width=photo.width, height=photo.height, decorative=False
    )
    return replace(full, pictures=(shown,))


def exported(exporter: Exporter, story: Story) -> bytes:
    output = MemoryOutput()
    with output:
        made = edition([story], SOURCE, dateline_template=TEMPLATE)
        write_files(made, exporter, output, Progress())
    return b"\n".join(output.files.values())


@pytest.fixture(scope="module")
def bytes_of() -> dict[str, bytes]:
    return {exporter.name: exported(exporter, story()) for exporter in EXPORTERS}


@exporters
@pytest.mark.parametrize(("path", "field"), READ, ids=[path for path, _field in READ])
def test_readers_get_it(
    bytes_of: dict[str, bytes], exporter: Exporter, path: str, field: Field
) -> None:
    text = token(f"{path}/0" if field.many else path)
    assert text.encode() in bytes_of[exporter.name]


@exporters
def test_nothing_private_leaves(bytes_of: dict[str, bytes], exporter: Exporter) -> None:
    for path, field in PRIVATE:
        assert token(f"{path}/0" if field.many else path).encode() not in bytes_of[exporter.name]


@exporters
def test_no_field_of_a_later_version_leaves(exporter: Exporter) -> None:
    """Nobody here knows whether it is private."""
    plain = story().to_json()
    unknown = Story.from_json(
        {
            **plain,
            "hologram": "tokunknown",
            "dateline": {"city": "Oslo", "venue": "tokunknown"},
            "pictures": [{**story().pictures[0].to_json(), "loupe": "tokunknown"}],
            "corrections": [{**story().corrections[0].to_json(), "signed": "tokunknown"}],
        }
    )
    assert b"tokunknown" in unknown.canonical()
    assert b"tokunknown" not in exported(exporter, unknown)
