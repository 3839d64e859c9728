"""Make a desk of many stories in minutes, with events that are signed as a newsroom's are.

Run: python tests/bench/fill.py STORIES DESK [PICTURES]. The people's keys, and what this computer
remembers of the desk, are in `keys`, `data` and `config` beside it, unless the environment
names other folders; the passphrase is `bench`. `stonehand audit` proves what was made.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from editor.core.brief import Banner, Brief
from editor.core.commands import AddPerson, ApproveBanner, SaveBanner
from editor.core.dateline import Dateline
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.story import Picture, Story, slug_from
from editor.core.workflow import Action
from editor.store.desk import Desk
from editor.store.pictures import Pictures
from editor.trust.keyring import KeyFolder, KeyStore, ensure_key
from tests.bench.filler import STEP, Draft, Filler
from tests.bench.photographs import photographs
from tests.bench.words import Prose

PASSPHRASE = "bench"
CHIEF = Person("Mara Quist", Role.CHIEF)
EDITOR = Person("Edda Lund", Role.EDITOR)
WRITERS = tuple(
    Person(name, Role.JOURNALIST)
    for name in (
        *("Lina Haddad", "Omar Hassan", "Anna Petrova", "Li Wei"),
        *("José García", "Zoë Novak", "Ivan Okafor", "Amina Diallo"),
    )
)
SECTIONS = tuple(
    Section(title.lower().replace(" ", "-"), title)
    for title in (
        *("World", "Americas", "Eurasia", "Africa", "South Asia", "Global Economy"),
        *("Energy", "Markets", "Tech", "Society", "Culture", "Sport"),
    )
)
CITIES = (("Cairo", "Egypt"), ("Warsaw", "Poland"), ("Nairobi", "Kenya"), ("Ankara", "Türkiye"))


def make_desk(path: Path, at: datetime, keys: KeyStore) -> None:
    """Make a desk with a chief, an editor and eight writers, and an approved banner."""
    house = House("Example Newsroom", url="https://news.example.org/", sections=SECTIONS)
    with Desk.create(path, house, CHIEF, clock=lambda: at, keys=keys) as desk:
        for person in (EDITOR, *WRITERS):
            key = ensure_key(keys, person.name).public
            desk.do(AddPerson(person, key.line(person.name)), CHIEF.name)
        with desk.read() as snapshot:
            base = snapshot.banner().hash
        briefs = tuple(
            Brief(title=f"Trend {number}", summary=f"Something happened {number} times.")
            for number in range(1, 6)
        )
        desk.do(SaveBanner(Banner(briefs), base), WRITERS[0].name)
        with desk.read() as snapshot:
            hash = snapshot.banner().hash
        desk.do(ApproveBanner(hash), EDITOR.name)


def invented(count: int) -> Iterator[Draft]:
    """Yield stories of about 500 words, each with its writer."""
    chance = random.Random(3)
    prose = Prose(chance)
    for number in range(count):
        headline = prose.headline()
        city, country = chance.choice(CITIES)
        writer, body = WRITERS[number % len(WRITERS)], prose.body()
        story = Story(
            id=f"{chance.getrandbits(128):032x}",
            slug=f"{slug_from(headline)}-{number}",
            section=SECTIONS[int(chance.random() ** 1.3 * len(SECTIONS))].slug,
            headline=headline,
            standfirst=prose.sentence(),
            key_points=tuple(prose.sentence() for _ in range(chance.randint(2, 4))),
            bylines=(writer.name,),
            dateline=Dateline(city=city, country=country),
            body=body.markdown,
            keywords=tuple(prose.headline(1) for _ in range(3)),
        )
        yield Draft(story, writer, body)


def work_on(filler: Filler, draft: Draft, number: int) -> None:
    """Take a story as far as its number says: a draft, in review, approved, published, killed."""
    kind = number % 20
    filler.save(draft, draft.writer)
    if kind == 7 and number % 3 == 0:
        filler.note(draft, EDITOR, "Who says so?", draft.writer)
    if kind == 0:
        return
    filler.decide(draft, draft.writer, Action.SUBMIT)
    if kind == 1:
        return
    filler.approve(draft, EDITOR)
    if kind % 2:
        filler.decide(draft, EDITOR, Action.PUBLISH)
    if kind == 9 and number % 40 == 9:
        _rename(filler, draft)
    elif number % 500 == 13:
        filler.decide(draft, EDITOR, Action.KILL, "The source withdrew what it had told us.")


def _rename(filler: Filler, draft: Draft) -> None:
    """Give what readers have another slug: they keep the address that they know."""
    filler.decide(draft, draft.writer, Action.UPDATE)
    draft.story = replace(draft.story, slug=f"new-{draft.story.slug}")
    filler.save(draft, draft.writer)
    filler.decide(draft, draft.writer, Action.SUBMIT)
    filler.approve(draft, EDITOR)
    filler.decide(draft, EDITOR, Action.PUBLISH)


def with_pictures(
    drafts: Iterable[Draft], pictures: tuple[Picture, ...], count: int
) -> Iterator[Draft]:
    """Put each picture on one of the stories that get approved, all over the desk."""
    approved = [number for number in range(count) if number % 20 > 1 and number % 500 != 13]
    places = {
        approved[place * len(approved) // len(pictures)]: picture
        for place, picture in enumerate(pictures)
    }
    for number, draft in enumerate(drafts):
        if number in places:
            draft.story = replace(draft.story, pictures=(places[number],))
        yield draft


def _add(folder: Path, photograph: bytes, number: int) -> Picture:
    """Add a photograph to a desk, with the words that go with it."""
    return replace(
        Pictures(folder / "pictures").add(photograph),
        caption=f"What happened, as it was seen from place {number}.",
        credit="Example Pictures",
        alt="Light and shade without shapes.",
    )


def fill(path: Path, count: int, pictures: int = 0) -> None:
    """Make a desk of so many stories at a path, so many of them with a picture of its own."""
    at = datetime.now(UTC).replace(microsecond=0) - STEP * (count * 4 + 100)
    # Their files open at once: they protect nothing.
    keys = KeyFolder(Path(os.environ["STONEHAND_KEYS"]), os.environ["STONEHAND_PASSPHRASE"], cost=1)
    make_desk(path, at, keys)
    filler = Filler(path, (CHIEF, EDITOR, *WRITERS), at, keys)
    added = tuple(_add(path, data, n) for n, data in enumerate(photographs(pictures), start=1))
    for number, draft in enumerate(with_pictures(invented(count), added, count)):
        work_on(filler, draft, number)
        filler.finish(draft)
    filler.close()


def keep_beside(path: Path) -> None:
    """Keep the keys and what is remembered of desks beside a desk, unless told otherwise."""
    for name in ("KEYS", "DATA", "CONFIG"):
        os.environ.setdefault(f"STONEHAND_{name}", str(path.absolute().parent / name.lower()))
    os.environ.setdefault("STONEHAND_PASSPHRASE", PASSPHRASE)


def main() -> None:
    """Make the desk that is asked for."""
    if len(sys.argv) not in {3, 4}:
        sys.exit("python tests/bench/fill.py STORIES DESK [PICTURES]")
    count, path, start = int(sys.argv[1]), Path(sys.argv[2]), perf_counter()
    keep_beside(path)
    fill(path, count, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    print(f"{count} stories in {perf_counter() - start:.1f} s: {path}")


if __name__ == "__main__":
    main()
