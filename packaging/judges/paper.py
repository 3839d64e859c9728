"""The edition that the judges read: 300 stories in English and Arabic, made of the same values.

It has every kind of page, and on each kind whatever may be on it. No clock and no chance is
in it, so two runs judge the same pages; only the keys that sign its masthead are new.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from paper_texts import ARABIC, ENGLISH, FULL_ARABIC, FULL_ENGLISH

from editor.core.brief import Banner, Brief
from editor.core.dateline import Dateline
from editor.core.edition import Edition, FormerSlug, Item, Proof, Withdrawn
from editor.core.house import House, Section
from editor.core.listing import Listing
from editor.core.people import Person, Role
from editor.core.publisher import Digits, PolicyKind, PublishedPolicy
from editor.core.story import Correction, Picture, Story
from editor.core.times import instant_text
from editor.proof.bodies import body_of
from editor.proof.listing import listing_of
from editor.resources import resource
from editor.store.pictures import Pictures
from editor.text.parse import parse
from editor.trust.keys import PrivateKey
from editor.trust.masthead import Masthead, Member

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
STORIES = 300
NAME = "Harbour Post"
SECTIONS = (
    Section("world", "World", (("ar", "العالم"),)),
    Section("business", "Business", (("ar", "أعمال"),)),
    Section("science", "Science & Space"),
    Section("sport", "Sport"),
)
SUBJECTS = ("medtop:20000739", "medtop:20000343", "medtop:20000260", "medtop:15000000")


class Texts:
    """The texts of an edition, by story."""

    def __init__(self, items: list[Item]) -> None:
        self._stories = {item.story.id: item.story for item in items}

    def read(self, listing: Listing) -> Story:
        """Return the text of a listing."""
        return self._stories[listing.id]


def make_edition(folder: Path, theme: str) -> Edition:
    """Return the edition; its pictures are put into a folder."""
    pictures = Pictures(folder)
    items = [
        Item(
            story, 1 + len(story.corrections), story.hash, published(number), updated(story, number)
        )
        for number, story in enumerate(make_stories(added_pictures(pictures)))
    ]
    return Edition(
        replace(house(pictures), theme=theme),
        tuple(map(listed, items)),
        banner(),
        Texts(items),
        pictures,
        AT,
        withdrawn=(
            Withdrawn("killed-en", "sunk-ship", "en", instant_text(AT - timedelta(days=3))),
            Withdrawn("killed-ar", "ghariqa", "ar", instant_text(AT - timedelta(days=4))),
        ),
        proof=Proof("desk-judges", (masthead(),), ""),
        former_slugs=(
            FormerSlug("lighthouse-shines", "s0", was_public=True),
            FormerSlug("manara-qadima", "s1", was_public=True),
            FormerSlug("ship-sinks", "killed-en", was_public=True),
        ),
        front=("s8", "s0", "s2", "s4", "s1", "s3"),
    )


def listed(item: Item) -> Listing:
    """Return the listing of an item."""
    return listing_of(item, body_of(parse(item.story.body), item.story.slug))


def house(pictures: Pictures) -> House:
    """Return a house that says everything of itself."""
    logo = pictures.add(resource("samples", "pictures", "jetty.jpg"))
    text = (
        "Who finds a mistake tells the desk, and hears from it the same day.\n\n"
        "- We say what was wrong.\n- We say what is right.\n\nSee [the lighthouse](old-lighthouse)."
    )
    policies = (PublishedPolicy(kind, text) for kind in PolicyKind)
    elsewhere = PublishedPolicy(PolicyKind.DIVERSITY, "https://owner.example/diversity")
    return House(
        name=NAME,
        url="https://harbourpost.example/",
        sections=SECTIONS,
        timezone="Europe/Oslo",
        rights="© {year} Harbour Post. All rights reserved.",
        licence="https://harbourpost.example/about.html#publishing-principles",
        contact="desk@harbourpost.example",
        about=f"The *Harbour Post* is an invented paper.\n\n## Where we are\n\n{text}",
        policies=(*(made for made in policies if made.kind is not elsewhere.kind), elsewhere),
        show_masthead=True,
        logo=logo.file,
        digits=Digits.NATIVE,
        founded=1911,
        accounts=("https://x.com/harbourpost", "https://social.example/@harbourpost"),
        memberships=("https://association.example/",),
        controlled_by="https://owner.example/",
        controls=("https://weekly.example/",),
    )


def masthead() -> str:
    """Return a signed masthead with someone of each role."""
    people = (
        Person("Mara Quill", Role.CHIEF),
        Person("Theo Marsh", Role.EDITOR),
        Person("ليلى منصور", Role.EDITOR),
        Person("Ines Vale", Role.JOURNALIST),
    )
    keys = [PrivateKey.generate() for _person in people]
    members = (Member(person, (key.public,)) for person, key in zip(people, keys, strict=True))
    return Masthead("desk-judges", 1, tuple(members), at=instant_text(AT)).signed(keys[0])


def banner() -> Banner:
    """Return briefs with and without a story and a summary, and one that has expired."""
    return Banner(
        (
            Brief("b1", "Ferry line orders 3 ships", "The first keel is laid in May.", "s2"),
            Brief("b2", "المنارة القديمة تضيء من جديد", "يصل المصباح في مايو.", "s1"),
            Brief("b3", "Pilots settle for 4 percent", "The new contract runs for two years."),
            Brief("b4", "Tides office opens its data", "", "s6"),
            Brief("b5", "Old crane becomes a hotel", "It will have seven rooms and a lift."),
            Brief("b6", "Yesterday’s brief", "It is gone.", expires="2026-03-04T05:00:00Z"),
        )
    )


def added_pictures(pictures: Pictures) -> list[Picture]:
    """Return the sample's pictures, with captions, credits and points of focus."""
    found = []
    for number, path in enumerate(sorted(resource("samples", "pictures").glob("*.jpg"))):
        words = path.stem.replace("-", " ")
        found.append(
            replace(
                pictures.add(path),
                caption=f"The {words} on a quiet morning, seen from the east quay.",
                credit="Harbour Post/M. Lindqvist",
                alt=f"A {words} against grey-blue hills",
                rights="© 2026 Harbour Post",
                focus=(0.2 + number / 10, 0.5),
            )
        )
    return found


def make_stories(pictures: list[Picture]) -> list[Story]:
    """Return all stories, newest first; each third is in Arabic."""
    special = _special_stories(pictures)
    return [
        *special,
        *(_plain_story(number, pictures) for number in range(len(special), STORIES)),
    ]


def published(number: int) -> str:
    """Return when a story was published: the newer, the closer together."""
    return instant_text(AT - timedelta(hours=2 + number * 5 + number * number // 20))


def updated(story: Story, number: int) -> str:
    """Return when its last version was: later where it was corrected or was written on."""
    if story.corrections:
        return story.corrections[-1].at
    instant = AT - timedelta(hours=1 + number * 5 + number * number // 20)
    return instant_text(instant) if number % 4 == 0 else published(number)


def _special_stories(pictures: list[Picture]) -> list[Story]:
    """Return the stories that have what is rare, the two with every field first."""
    full = _full(pictures)
    from_agency = Dateline(city="Geneva", country="Switzerland", agency="Reuters")
    alone = replace(pictures[2], decorative=True, alt="", caption="", credit="")
    return [
        full,
        _full_arabic(pictures),
        replace(
            _plain_story(2, pictures), dateline=from_agency, slug="wire-copy", bylines=("Jane Doe",)
        ),
        replace(_plain_story(3, pictures), slug="mudun", bylines=("Mara Lindqvist", "يوسف حداد")),
        replace(_plain_story(4, pictures), pictures=(alone,), slug="decorative", kicker=""),
        replace(_plain_story(5, pictures), slug="no-byline", bylines=(), pictures=()),
        replace(
            _plain_story(6, pictures), slug="in-pictures", pictures=tuple(pictures),
            picture_story=True, body="", key_points=(), standfirst="",
        ),
        replace(_plain_story(7, pictures), slug="no-section", section=""),
        replace(_plain_story(8, pictures), slug="bare", headline="A regatta without wind",
                standfirst="", key_points=(), bylines=(), pictures=(), keywords=(), subjects=(),
                kicker="", corrections=(), body="Nothing moved."),
        replace(_plain_story(9, pictures), slug="british", language="en-GB"),
    ]  # fmt: skip


def _full(pictures: list[Picture]) -> Story:
    return Story(
        id="s0",
        slug="old-lighthouse",
        section="world",
        kicker="Seafaring",
        headline="Old lighthouse to shine again after thirty dark years, and all ships will see it",
        standfirst="The board pays for a lamp that costs less than one buoy a year.",
        key_points=(
            "The harbour board pays for a lamp that is seen “from twenty miles away”",
            "Divers inspect the rock in April, and the light returns in May",
            "شركة Solberg AS تورّد العدسة",
        ),
        bylines=("Mara Lindqvist", "Tom Achterberg", "يوسف حداد"),
        dateline=Dateline(city="Bergen", country="Norway", date="2026-03-03"),
        body=FULL_ENGLISH,
        pictures=(
            pictures[2],
            replace(pictures[0], credit=""),
            replace(pictures[1], file="", width=0, height=0),
            replace(pictures[3], caption=""),
        ),
        keywords=("lighthouse", "harbour & port", "Bergen"),
        subjects=SUBJECTS,
        related=("s2", "s1", "s4"),
        corrections=(
            Correction("The lamp is seen from twenty miles, not thirty.", "2026-03-03T20:00:00Z"),
            Correction("The chair is Ingrid Solberg.", "2026-03-04T05:00:00Z"),
        ),
    )


def _full_arabic(pictures: list[Picture]) -> Story:
    return Story(
        id="s1",
        slug="manara",
        language="ar",
        section="world",
        kicker="بحار",
        headline="منارة قديمة تضيء من جديد بعد ثلاثين عامًا من الظلام",
        standfirst="تدفع هيئة الميناء ثمن مصباح يُرى من عشرين ميلًا.",
        key_points=("هيئة الميناء تدفع ثمن المصباح", "شركة Solberg AS تورّد العدسة"),
        bylines=("يوسف حداد", "ليلى منصور", "Mara Lindqvist"),
        dateline=Dateline(city="بيرغن", country="النرويج", date="2026-03-03"),
        body=FULL_ARABIC,
        pictures=(
            replace(pictures[4], caption="المنارة عند الغروب.", credit="هاربر بوست", alt="منارة"),
            replace(pictures[5], caption="قارب المرشدين.", credit="", alt="قارب في الميناء"),
        ),
        keywords=("منارة", "ميناء", "Bergen"),
        subjects=SUBJECTS,
        related=("s0", "s3"),
        corrections=(Correction("يُرى المصباح من عشرين ميلًا.", "2026-03-04T05:00:00Z"),),
    )


def _plain_story(number: int, pictures: list[Picture]) -> Story:
    """Return a story of the many: what it has follows from its number."""
    is_arabic = number % 3 == 1
    words = ARABIC if is_arabic else ENGLISH
    section = SECTIONS[0 if number % 2 else number // 2 % len(SECTIONS)].slug
    more: dict[str, Any] = {}
    if number % 5 != 2:
        picture = pictures[number % len(pictures)]
        caption, alt = words.caption, words.alt
        more["pictures"] = (replace(picture, caption=caption, alt=alt),)
    if number % 2 == 0:
        at = instant_text(AT - timedelta(hours=1, minutes=7 * number))
        more["corrections"] = (Correction(f"{words.correction} ({number})", at),)
    return Story(
        id=f"s{number}",
        slug=f"{'khabar' if is_arabic else 'story'}-{number}",
        language="ar" if is_arabic else "en",
        section=section,
        kicker=words.kickers[number % len(words.kickers)] if number % 3 else "",
        headline=f"{_turned(words.subjects, number)} {_turned(words.events, number // 5)}",
        standfirst=_turned(words.standfirsts, number) if number % 4 else "",
        key_points=tuple(islice(cycle(words.points), number % 4, number % 4 + 3)),
        bylines=(_turned(words.authors, number // 3),),
        dateline=Dateline(city=_turned(words.cities, number), country=words.country),
        body="\n\n".join(islice(cycle(words.paragraphs), number % 5, number % 5 + 6)),
        keywords=tuple(islice(cycle(words.keywords), number % 3, number % 3 + 2)),
        subjects=(SUBJECTS[number % 3],),
        related=(f"s{number - 3}", f"s{number - 1}") if number > 12 else (),
        **more,
    )


def _turned(texts: tuple[str, ...], number: int) -> str:
    return texts[number % len(texts)]
