"""An export of texts that were typed piece by piece has the bytes of each text read at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from editor.core.brief import Banner
from editor.core.edition import Edition
from editor.core.story import Story
from editor.formats.base import Exporter
from editor.formats.export import write_files
from editor.formats.exporters import all_exporters
from editor.formats.output import MemoryOutput
from editor.progress import Progress
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.parse import Parser
from tests import editions
from tests.formats.site.edition import AT, HOUSE, MemoryPictures, item
from tests.text import documents


def edition_with(texts: list[str]) -> Edition:
    stories = [
        Story(id=f"s{n}", slug=f"b-{'c' * (n + 1)}", headline="Ferry", section="world", body=text)
        for n, text in enumerate(texts)
    ]
    return editions.edition_of(HOUSE, tuple(map(item, stories)), Banner(), MemoryPictures(), AT)


def export(exporter: Exporter, made: Edition) -> dict[str, bytes]:
    with MemoryOutput() as out:
        write_files(made, exporter, out, Progress())
    return out.files


@pytest.mark.parametrize("exporter", all_exporters(), ids=lambda exporter: exporter.name)
@settings(deadline=None, max_examples=6)
@given(texts=documents.typed)
def test_export_of_typed_texts_has_the_bytes_of_texts_read_at_once(
    exporter: Exporter, texts: list[str]
) -> None:
    made = edition_with(texts)
    typed = export(exporter, made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            DocumentCache, "_parse", lambda _cache, body: Document.of((Parser().read(body),))
        )
        assert export(exporter, made) == typed
