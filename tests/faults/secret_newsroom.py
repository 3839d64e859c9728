"""A newsroom with secrets in every place where somebody can write or bring something."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from editor.core.brief import Banner, Brief
from editor.core.bundle_parts import PARTS
from editor.core.commands import (
    AddNote,
    Correct,
    ImportItems,
    Kill,
    OrderFront,
    Publish,
    RecordDelivery,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    SaveTargets,
    SaveTheme,
    Spike,
    Submit,
    Update,
)
from editor.core.dateline import Dateline
from editor.core.delivery import Delivery, Target, Targets
from editor.core.edition import Edition
from editor.core.export_memory import TargetStore
from editor.core.fields import FIELDS, Kind
from editor.core.front import Front
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Picture, Story
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.importers import read_incoming
from editor.formats.output import output_for
from editor.formats.report import Report
from editor.media_topics import topics
from editor.progress import Progress
from editor.proof.theme import copied, shipped_theme
from editor.store.desk import Desk
from tests.faults.canaries import SECRET, public, secret
from tests.faults.secret_pictures import secret_jpeg, secret_png, secret_webp
from tests.people import approving, approving_banner, joining
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quist", "Tom Adeyemi", "Lina Haddad"
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 12, tzinfo=UTC)
NEVER = "2090-01-01T00:00:00Z"

COLOURS = {"ferry": "blue", "quay": "teal", "tide": "gray", "wreck": "orange"}
"""The stories that readers have, and the colours of their pictures."""

THUMBNAIL = "fuchsia"
HIDDEN = {
    "draft": "red", "review": "red", "embargoed": "lime", "scheduled": "lime",
    "expired": "lime", "spiked": "yellow", "returned": "yellow",
}  # fmt: skip
"""The stories that readers must not have, and the colours of pictures that only they have."""


@dataclass
class SecretNewsroom:
    """A desk whose readers have `ferry`, `quay`, `tide` and `wreck`; all else is secret."""

    desk: Desk
    folder: Path
    stories: dict[str, str] = field(default_factory=dict)
    """The ids of those stories."""

    def save(self, story: Story) -> str:
        """Save a new story; its id."""
        new = SaveStory(story, new_id=id_of(story.slug))
        return self.desk.do(new, WRITER).ids("story")[0]

    def edit(self, id: str, **changes: Any) -> None:
        stored = reading(self.desk).stored(id)
        self.desk.do(SaveStory(replace(stored.story, **changes), stored.version), WRITER)

    def write(self, id: str, story: Story) -> None:
        """Save another text of a story."""
        version = reading(self.desk).row(id).version
        self.desk.do(SaveStory(replace(story, id=id), version), WRITER)

    def approve(self, id: str, note: str = "") -> int:
        """Submit and approve the latest version; its number."""
        version = reading(self.desk).row(id).version
        self.desk.do(Submit(id, version), WRITER)
        self.desk.do(approving(self.desk, id, note=note), EDITOR)
        return version

    def release(self, id: str, note: str = "") -> None:
        self.desk.do(Publish(id, self.approve(id, note)), EDITOR)

    def update(self, id: str, **changes: Any) -> None:
        """Open a live story for new facts, and save some; readers keep what they have."""
        version = reading(self.desk).row(id).version
        self.desk.do(Update(id, version, secret("updatenote")), WRITER)
        self.edit(id, **changes)

    def kill(self, id: str) -> None:
        version = reading(self.desk).row(id).version
        self.desk.do(Kill(id, version, secret("whykilled")), EDITOR)

    def set_banner(self, *briefs: Brief, is_approved: bool = True) -> None:
        self.desk.do(SaveBanner(Banner(briefs), reading(self.desk).banner().hash), WRITER)
        if is_approved:
            self.desk.do(approving_banner(self.desk), EDITOR)

    def set_about(self, text: str) -> None:
        house = reading(self.desk).house()
        self.desk.do(SaveHouse(replace(house, about=text), house.hash), CHIEF)

    def picture(self, name: str, data: bytes, **texts: Any) -> Picture:
        """A picture from a file whose name is secret."""
        file = self.folder / f"{SECRET}path{name}" / f"{SECRET}file{name}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        # What readers get is as somebody wrote it; the terms of use stay those of the file.
        words = {**dict.fromkeys(("caption", "credit", "alt", "rights"), ""), **texts}
        return replace(self.desk.pictures.add(file), **words)

    def save_front(self, *ids: str) -> None:
        self.desk.do(OrderFront(Front(ids), Front().hash), EDITOR)

    def export(self, format: str, to: Path, at: datetime = NOW, *, known: bool = False) -> Report:
        """Export on a computer whose clock says so; with `known` over what it remembers."""
        with Desk.open(self.desk.path, clock=lambda: at) as desk:
            edition = reading(desk).edition(None, at)
            return write(desk, edition, format, to, desk.exports.targets if known else None)


def id_of(slug: str) -> str:
    """The id that a story gets which begins with this slug."""
    return sha256(slug.encode()).hexdigest()[:32]


def write(
    desk: Desk, edition: Edition, format: str, to: Path, known: TargetStore | None = None
) -> Report:
    """Write an edition as its editor signs it; `history` is a bundle with every part."""
    with output_for(to, targets=known) as output:
        is_all = format == "history"
        exporter = find_exporter("bundle", PARTS) if is_all else find_exporter(format)
        key = desk.signing_key(EDITOR)
        return write_edition(edition, exporter, output, Progress(), key, EDITOR)


def secret_slug(kind: str) -> str:
    return f"{SECRET.lower()}-{kind}"


def make_newsroom(folder: Path) -> SecretNewsroom:
    """A desk in a folder with a secret name, and what its readers have."""
    house = House("Harbour Post", url="https://harbourpost.example/", rights="© {year} Harbour")
    path = folder / f"{SECRET}desk" / "Post.desk"
    path.parent.mkdir()
    desk = Desk.create(path, house, Person(CHIEF, Role.CHIEF), clock=lambda: NOW)
    desk.do(joining(EDITOR, Role.EDITOR), CHIEF)
    desk.do(joining(WRITER, Role.JOURNALIST), CHIEF)
    room = SecretNewsroom(desk, folder)
    logo = room.picture("logo", secret_png("navy"))
    desk.do(SaveHouse(replace(house, logo=logo.file), house.hash), CHIEF)
    for kind in HIDDEN:  # there are so many drafts from the start: others lead to them
        room.save(Story(slug=secret_slug(kind), headline=secret(kind)))
    drawing = (secret_jpeg, secret_png, secret_webp, secret_jpeg)
    for draw, (name, colour) in zip(drawing, COLOURS.items(), strict=True):
        _publish(room, name, draw(colour))
    room.set_banner(
        Brief("b1", public("brief"), "It stays.", story=id_of(secret_slug("embargoed"))),
        Brief("b2", public("shortbrief"), "Until the 8th.", expires="2026-03-08T00:00:00Z"),
        Brief("b3", secret("expiredbrief"), secret("b3"), expires="2026-03-01T00:00:00Z"),
        Brief("b4", secret("futurebrief"), secret("b4"), starts=NEVER),
    )
    return room


def _publish(room: SecretNewsroom, name: str, data: bytes) -> None:
    """Bring a story to readers, whose first version is secret in the slug as well."""
    texts = {text: public(f"{name}{text}") for text in ("caption", "credit", "alt")}
    pictures = (room.picture(name, data, **texts),)
    expires = "2026-03-08T00:00:00Z" if name == "tide" else ""
    story = _public_story(name, pictures=pictures, expires=expires)
    if name == "quay":
        items = ImportItems((story,), (), f"/home/{SECRET}/wire.txt")
        id = room.desk.do(items, WRITER).ids("story")[0]
    else:
        id = room.save(secret_story(f"renamed-{name}", language="en"))
        room.write(id, story)
    room.release(id, secret("approvalnote"))
    room.stories[name] = id


def _public_story(name: str, **more: Any) -> Story:
    """A story of which readers have every field, but for those that never leave."""
    private: Any = {
        spec.name: (secret(spec.name),) if spec.many else secret(spec.name)
        for spec in FIELDS
        if spec.private and spec.kind is not Kind.FLAG
    }
    slugs = [secret_slug(kind) for kind in (*HIDDEN, "renamed-ferry", "nothing")]
    return Story(
        slug=name,
        section="world",
        kicker=public(f"{name}kicker"),
        headline=public(f"{name}headline"),
        standfirst=public(f"{name}standfirst"),
        key_points=(public(f"{name}point"), "Another"),
        bylines=(public(f"{name}byline"),),
        dateline=Dateline(city=public(f"{name}city")),
        body=f"{public(f'{name}body')}.\n\n" + " ".join(f"[It]({slug})." for slug in slugs),
        keywords=(public(f"{name}keyword"),),
        related=tuple(id_of(secret_slug(kind)) for kind in HIDDEN),
        **private,
        **more,
    )


def secret_story(kind: str, **more: Any) -> Story:
    """A story that has words in every field, none of which any reader may have."""
    texts: Any = {
        "slug": secret_slug(kind),
        "section": "sport",
        "language": "tr",  # so that a site would have another tree, were it not secret
        "kicker": secret(f"{kind}kicker"),
        "headline": secret(f"{kind}headline"),
        "standfirst": secret(f"{kind}standfirst"),
        "key_points": (secret(f"{kind}point"), secret(f"{kind}pointtwo")),
        "bylines": (f"{secret(kind)} {SECRET}@harbourpost.example",),
        "dateline": Dateline(city=secret(f"{kind}city"), agency=secret(f"{kind}agency")),
        "body": f"{secret(f'{kind}body')} +44 20 7946 0123 {SECRET}@harbourpost.example",
        "keywords": (secret(f"{kind}keyword"),),
        "subjects": (next(iter(topics())),),
        "ed_note": secret(f"{kind}ednote"),
    }
    return Story(**(texts | more))


def hide_secrets(room: SecretNewsroom) -> None:
    """Put a secret wherever there can be one."""
    desk = room.desk
    for kind, colour in HIDDEN.items():
        _hide(room, kind, colour)
    _edit_without_approval(room)
    wire = f"From: {secret('sender')} <{SECRET}@wire.example>\n\n{secret('wirehead')}\n\nText."
    incoming = read_incoming(wire.encode(), f"{SECRET}wire.txt")
    desk.do(ImportItems(incoming.stories, (), f"/home/{SECRET}/wire.txt"), WRITER)
    theme = copied(shipped_theme("tabloid"), "mine", secret("theme"))
    desk.do(SaveTheme(theme.with_file("site.css", f"/* {SECRET}css */".encode()), ""), CHIEF)
    _deliver(room)


def _deliver(room: SecretNewsroom) -> None:
    """Name a target, and say that a story which readers have was delivered there."""
    name, ferry = f"{SECRET}target", room.stories["ferry"]
    address = f"sftp://{SECRET}user@{SECRET.lower()}.example/{SECRET}folder"
    room.desk.do(SaveTargets(Targets((Target(name, address),)), Targets().hash), EDITOR)
    text = reading(room.desk).stored(ferry).hash
    times = NOW.isoformat().replace("+00:00", "Z")
    delivery = Delivery(name, "site", (), "e" * 64, times, 1, 0, 1, ((ferry, text),))
    room.desk.do(RecordDelivery(delivery), WRITER)


def _hide(room: SecretNewsroom, kind: str, colour: str) -> None:
    """Make a story that readers must not have, with a picture of its own and one that they have."""
    times = {"embargoed": {"embargo": NEVER}, "scheduled": {"publish_at": NEVER},
             "expired": {"expires": "2026-03-02T00:00:00Z"}}  # fmt: skip
    texts: Any = {name: secret(kind + name) for name in ("caption", "credit", "alt", "rights")}
    own = room.picture(kind, secret_jpeg(colour), **texts)
    shared = reading(room.desk).stored(room.stories["ferry"]).story.pictures[0]
    pictures = (own, replace(shared, **texts))
    desk, id = room.desk, id_of(secret_slug(kind))
    story = secret_story(kind, pictures=pictures, **times.get(kind, {}))
    room.write(id, story)
    if kind in times:
        room.approve(id, secret("approvalnote"))
    elif kind != "draft":
        desk.do(Submit(id, 2), WRITER)
    if kind == "spiked":
        desk.do(Spike(id, 2), EDITOR)
    if kind == "returned":
        desk.do(Return(id, 2, secret("returnnote")), EDITOR)


def _edit_without_approval(room: SecretNewsroom) -> None:
    """Write notes, type, and save edits of live stories, one of which is rejected."""
    desk, ferry, quay = room.desk, room.stories["ferry"], room.stories["quay"]
    desk.do(AddNote(ferry, secret("note"), "body", 2, 9), WRITER)
    desk.do(AddNote(ferry, secret("answer"), answers=reading(desk).notes(ferry)[0].id), EDITOR)
    room.update(ferry, kicker=secret("edit"), slug=secret_slug("new-slug"))
    desk.do(Correct(quay, reading(desk).row(quay).version, secret("correction")), WRITER)
    room.edit(quay, body=secret("rejected"))
    version = reading(desk).row(quay).version
    desk.do(Submit(quay, version), WRITER)
    desk.do(Return(quay, version, secret("returnnote")), EDITOR)
    desk.journal.write(f"story:{ferry}", {"body": secret("unsaved")})
    desk.journal.write("banner", {"briefs": [secret("unsavedbanner")]})
