"""What software centres show of Stonehand: AppStream metadata, with the changelog's releases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree

from file_types import media_types
from identity import APP_ID, COMMAND, HOMEPAGE, NAME, ROOT, SUMMARY

CHANGELOG = ROOT / "CHANGELOG.md"
PICTURES = {
    "window": "A story in the form, beside the page as readers get it",
    "review": "What changed since the last version, in colour",
    "checks": "What a sub-editor would change",
    "export": "Approved stories on their way out",
}
"""Pictures of the help, with captions."""
MOST_NOTES = 12
"""Of a release: its whole story is in the changelog."""

DESCRIPTION = {
    "en": (
        "Stonehand is an editor for newsrooms. A journalist drafts a story offline in a form, "
        "beside a live preview that is exactly the page readers will get. An editor sees what "
        "changed, returns it with a note or approves it. Someone exports the approved stories: "
        "a static news site, or a JSON API.",
        "What is typed is on disk within two seconds. Approvals are signatures on one exact "
        "text. Nothing is sent anywhere unless a person says so.",
    ),
    "ar": (
        "Stonehand محرّر لغرف الأخبار. يكتب الصحفي المادة في نموذج دون اتصال بالشبكة، وبجانبه "
        "معاينة حيّة هي الصفحة التي سيقرؤها القراء تمامًا. ويرى المحرر ما تغيّر، فيعيدها مع "
        "ملاحظة أو يعتمدها. ثم تُصدَّر المواد المعتمدة: موقعًا إخباريًا ثابتًا أو واجهة JSON.",
        "ما يُكتب محفوظ على القرص خلال ثانيتين. والاعتماد توقيع على نص بعينه. ولا يُرسَل شيء "
        "إلى أي مكان ما لم يطلب ذلك أحد.",
    ),
}


def component(moment: int, homepage: str = HOMEPAGE) -> bytes:
    """Return the metadata as an XML document; `moment` dates a release that has no date yet."""
    root = ElementTree.Element("component", type="desktop-application")
    _texts(root, ("id", APP_ID), ("metadata_license", "CC0-1.0"), ("project_license", "MIT"))
    _texts(root, ("name", NAME))
    _in_languages(root, "summary", SUMMARY)
    developer = ElementTree.SubElement(root, "developer", id="org.stonehand")
    _texts(developer, ("name", "The Stonehand authors"))
    description = ElementTree.SubElement(root, "description")
    for language, paragraphs in DESCRIPTION.items():
        for paragraph in paragraphs:
            _in_languages(description, "p", {language: paragraph})
    launchable = ElementTree.SubElement(root, "launchable", type="desktop-id")
    launchable.text = f"{APP_ID}.desktop"
    _texts(ElementTree.SubElement(root, "categories"), ("category", "Office"))
    if homepage:
        ElementTree.SubElement(root, "url", type="homepage").text = homepage
        _add_pictures(ElementTree.SubElement(root, "screenshots"), homepage)
    provides = ElementTree.SubElement(root, "provides")
    _texts(provides, ("binary", COMMAND), *(("mediatype", kind) for kind in media_types()))
    ElementTree.SubElement(root, "content_rating", type="oars-1.1")
    requires = ElementTree.SubElement(root, "requires")
    ElementTree.SubElement(requires, "display_length", compare="ge").text = "600"
    _add_releases(ElementTree.SubElement(root, "releases"), moment)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def releases(changelog: str) -> list[tuple[str, str, str, list[str]]]:
    """Return the releases of a changelog: version, date or nothing, first paragraph, its list."""
    found = []
    for section in re.split(r"^## ", changelog, flags=re.M)[1:]:
        title, _, text = section.partition("\n")
        version, _, when = title.partition(" ")
        parts = text.strip().split("\n\n")
        about = " ".join(parts[0].split())
        listed = parts[1] if len(parts) > 1 and parts[1].startswith("- ") else ""
        notes = [" ".join(note.split()) for note in re.split(r"^- ", listed, flags=re.M)[1:]]
        date = re.search(r"\d{4}-\d\d-\d\d", when)
        found.append((version, date.group() if date else "", about, notes))
    return found


def _add_releases(parent: ElementTree.Element, moment: int) -> None:
    for version, date, about, notes in releases(CHANGELOG.read_text(encoding="utf-8")):
        built = datetime.fromtimestamp(moment, UTC).date().isoformat()
        kind = "stable" if date else "development"
        release = ElementTree.SubElement(
            parent, "release", version=version, date=date or built, type=kind
        )
        description = ElementTree.SubElement(release, "description")
        _texts(description, ("p", _plain(about)))
        if notes:
            listed = ElementTree.SubElement(description, "ul")
            _texts(listed, *(("li", _plain(note)) for note in notes[:MOST_NOTES]))


def _add_pictures(parent: ElementTree.Element, homepage: str) -> None:
    for number, (name, caption) in enumerate(PICTURES.items()):
        kind = {"type": "default"} if number == 0 else {}
        screenshot = ElementTree.SubElement(parent, "screenshot", kind)
        _texts(screenshot, ("caption", caption))
        image = ElementTree.SubElement(screenshot, "image", type="source")
        image.text = f"{homepage.rstrip('/')}/pictures/{name}.webp"


def _plain(text: str) -> str:
    """Return a sentence of the changelog without its Markdown."""
    return re.sub(r"[`*]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))


def _in_languages(parent: ElementTree.Element, tag: str, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        element = ElementTree.SubElement(parent, tag)
        element.text = text
        if language != "en":
            element.set("xml:lang", language)


def _texts(parent: ElementTree.Element, *pairs: tuple[str, str]) -> None:
    for tag, text in pairs:
        ElementTree.SubElement(parent, tag).text = text
