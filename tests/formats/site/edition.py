"""An invented paper for the tests of pages and exports: stories, pictures, briefs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from editor.core.brief import Banner, Brief
from editor.core.dateline import SEED_TEMPLATE, Dateline
from editor.core.edition import Edition, Item
from editor.core.house import House, Section
from editor.core.rendition import Rendition
from editor.core.story import Picture, Story
from editor.errors import NotFound
from editor.proof.pictures import render
from tests.editions import edition_of

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)

HOUSE = House(
    name="Harbour Post",
    url="https://harbourpost.example/",
    dateline_template=SEED_TEMPLATE,
    sections=(
        Section("world", "World"),
        Section("business", "Business"),
        Section("sport", "Sport"),
    ),
)

BRIEFS = (
    Brief("b1", "Ferry line orders 3 ships", "The yard will lay the first keel in May.", "s2"),
    Brief("b2", "Pilots settle for 4 percent", "The new contract runs for two years."),
    Brief("b3", "Chart maker bought for $1.3 bn", "The buyer keeps the staff in Bergen."),
    Brief("b4", "Tides office opens its data", "Readings since 1911 are free to use."),
    Brief("b5", "Old crane becomes a hotel", "It will have seven rooms and a lift."),
    Brief("b6", "Yesterday’s brief", "It is gone by now.", expires="2026-03-04T05:00:00Z"),
)

BODY = """\
A lighthouse that nobody has tended for thirty years will shine again, the harbour board said
on Tuesday, and “every ship will see it from twenty miles away”.

The board will pay for a new lamp & lens. It costs less than **one buoy** a year, said its
*chair*, Ingrid Solberg <the harbour master>.

## What comes next

- Divers inspect the rock in April.
- The lamp arrives in May.

> “We have waited long enough,” Solberg said.

More about [the new ferries](new-ferries) and [a story that is not out](kept-back) is at
[the board](https://board.example/?a=1&b=2).

| Light | Range |
| --- | --- |
| Old | 12 miles |
| New | 20 miles |

    keep  the  spaces
"""

ARABIC = """\
أعلنت هيئة الميناء يوم الثلاثاء أن المنارة القديمة ستضيء من جديد.
وقالت إن شركة Solberg AS ستورّد المصباح.

وقالت رئيسة الهيئة: «انتظرنا طويلًا». وسيكلف المشروع 1.3 مليون دولار.

- يصل المصباح في مايو.
- يبدأ الغواصون العمل في أبريل.
"""


_ENCODED: dict[tuple[bytes, Rendition], bytes] = {}
"""By file and rendition: the same few pictures are in many tests."""


class MemoryPictures:
    """Pictures by name, as a desk would give them."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def add(self, data: bytes, suffix: str = "jpg") -> str:
        name = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
        self._files[name] = data
        return name

    def read(self, file: str) -> bytes:
        if file not in self._files:
            raise NotFound(f"There is no picture “{file}”.")
        return self._files[file]

    def encoded(self, file: str, wanted: Rendition, siblings: tuple[Rendition, ...] = ()) -> bytes:
        data = self.read(file)
        if (data, wanted) not in _ENCODED:
            batch = (wanted, *siblings)
            _ENCODED.update(zip(((data, size) for size in batch), render(data, batch), strict=True))
        return _ENCODED[data, wanted]


@cache
def harbour_picture(width: int = 1800, height: int = 1200, hue: int = 0) -> bytes:
    """Draw a lighthouse at dusk."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        t = y / height
        draw.line(
            ((0, y), (width, y)),
            fill=(int(40 + 190 * t), int(60 + 90 * t + hue), int(110 - 20 * t + hue)),
        )
    draw.rectangle((0, int(height * 0.72), width, height), fill=(26, 44 + hue, 62 + hue))
    x, base = int(width * 0.7), int(height * 0.74)
    w = width // 40
    top = int(height * 0.3)
    draw.polygon(
        ((x - w, base), (x + w, base), (x + w // 2, top), (x - w // 2, top)), fill=(238, 232, 220)
    )
    draw.rectangle((x - w // 2, top - w, x + w // 2, top), fill=(255, 226, 130))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def picture(source: MemoryPictures, hue: int = 0, **values: Any) -> Picture:
    width, height = values.pop("size", (1800, 1200))
    file = source.add(harbour_picture(width, height, hue))
    return Picture(**{"file": file, "width": width, "height": height, **values})


def lighthouse(source: MemoryPictures) -> Story:
    """The story with every field filled in."""
    return Story(
        id="s1",
        slug="old-lighthouse",
        section="world",
        kicker="Seafaring",
        headline="Old lighthouse to shine again after thirty dark years",
        key_points=(
            "The harbour board pays for a lamp that is seen “from twenty miles away”",
            "Divers inspect the rock in April, and the light returns in May",
        ),
        bylines=("Mara Lindqvist", "يوسف حداد"),
        dateline=Dateline(city="Bergen", country="Norway"),
        body=BODY,
        pictures=(
            picture(
                source,
                caption="The lighthouse off Bergen’s harbour at dusk.",
                credit="Harbour Post/M. Lindqvist",
                alt="A white lighthouse on a rock, with the sun low behind it",
                focus=(0.7, 0.4),
            ),
        ),
        keywords=("lighthouse", "harbour"),
        related=("s2", "gone"),
    )


def stories(source: MemoryPictures) -> list[Story]:
    arabic = Story(
        id="s3",
        slug="manara",
        language="ar",
        section="world",
        kicker="بحار",
        headline="منارة قديمة تضيء من جديد بعد ثلاثين عامًا",
        key_points=("هيئة الميناء تدفع ثمن المصباح", "شركة Solberg AS تورّد العدسة"),
        bylines=("يوسف حداد", "Mara Lindqvist"),
        dateline=Dateline(city="بيرغن", country="النرويج"),
        body=ARABIC,
        pictures=(
            picture(source, 20, caption="المنارة عند الغروب.", credit="هاربر بوست", alt="منارة"),
        ),
        related=("s1",),
    )
    ferries = Story(
        id="s2",
        slug="new-ferries",
        section="business",
        headline="Ferry line orders three ships that run on wind",
        key_points=("The first keel is laid in May", "Two more follow next year"),
        bylines=("Tom Achterberg",),
        body="The line has ordered three ships.\n\nThey have sails; see [it](old-lighthouse).",
        pictures=(
            picture(source, 40, size=(700, 900), caption="A model of the ship.", focus=(0.7, 0.2)),
        ),
    )
    bare = Story(id="s4", slug="bare", section="sport", headline="A regatta without wind", body="")
    return [lighthouse(source), arabic, ferries, bare]


def item(story: Story, published: str = "2026-03-03T14:02:00Z", updated: str = "") -> Item:
    return Item(story, 1, story.hash, published, updated or published)


def edition(
    extra: Sequence[Story] = (), source: MemoryPictures | None = None, **house: Any
) -> Edition:
    """Four stories of the Harbour Post, and any others after them."""
    source = source or MemoryPictures()
    first, *others = [*stories(source), *extra]
    items = (
        item(first, updated="2026-03-04T05:00:00Z"),
        *(item(story, f"2026-03-02T{23 - i % 24:02}:00:00Z") for i, story in enumerate(others)),
    )
    return edition_of(replace(HOUSE, **house), items, Banner(BRIEFS), source, AT)
