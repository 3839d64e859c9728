"""What is no plain text of a story is named, so that it can be refused."""

from __future__ import annotations

import codecs

import pytest

from editor.errors import UnreadableText
from editor.formats.importers import read_incoming
from editor.formats.sniff import detect_kind

MAIL = "From: Ann Bold <ann@paper.example>\r\nSubject: New quay\r\n\r\nThe quay opens.\r\n"
TABLE = "headline,body,author\nQuay opens,It opened.,Ann\nFog,Flights resumed.,Bo\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<div>Harbour opens</div><p>It opened.</p>", "XML or HTML"),
        ("<p>Harbour opens", "XML or HTML"),
        ("<br>Harbour opens", "XML or HTML"),
        ("<!-- saved --><b>Harbour</b>", "XML or HTML"),
        ("<results><story>Harbour opens</story></results>", "XML or HTML"),
        ("{\\rtf1\\ansi Harbour}", "a rich text document"),
        (MAIL, "a mail message"),
        ("\n \n" + MAIL, "a mail message"),
        ("Subject: Quay\nTo: desk@paper.example\n\nThe quay opens.", "a mail message"),
        ("Received: from a\n by b;\nX-Mailer: c\nDate: Mon\n\nThe quay.", "a mail message"),
        ("From ann@paper.example Mon Mar  3 14:02:00 2026\nStatus: RO\n", "a mail message"),
        ("From: Ann\nSent: Monday\nTo: Bo\nSubject: Quay\n\nThe quay opens.", "a mail message"),
        (TABLE, "a table of values (CSV)"),
        (TABLE.replace(",", ";"), "a table of values (CSV)"),
        (TABLE.replace(",", "\t"), "a table of values (CSV)"),
        ('title,text\n"A, b","C\nd"\ne,f\ng,h\n', "a table of values (CSV)"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "a calendar"),
        ("BEGIN:VCARD\r\nFN:Ann Bold\r\nEND:VCARD\r\n", "an address card"),
        ("Von: ann@paper.example\nBetreff: Kai\n\nEr ist offen.", "a mail message"),
        ("De : ann@paper.example\nObjet : Quai\n\nIl est ouvert.", "a mail message"),
        ("1\n00:00:01,000 --> 00:00:04,000\nIt opens.", "a file of subtitles"),
        ("WEBVTT\n\n00:01.000 --> 00:04.000\nIt opens.", "a file of subtitles"),
    ],
)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_kind_is_named_and_refused_with_a_hint(text: str, kind: str, mark: bytes) -> None:
    data = mark + text.encode()
    assert detect_kind(data) == kind
    with pytest.raises(UnreadableText) as refusal:
        read_incoming(data, "wire/story.txt")
    assert refusal.value.sentence == f"story.txt is {kind}, not plain text."
    assert "paste" in refusal.value.hint
    with pytest.raises(UnreadableText) as refusal:
        read_incoming(data)
    assert refusal.value.sentence == f"This is {kind}, not plain text."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_kind_is_named_in_wide_encodings(encoding: str) -> None:
    assert detect_kind(MAIL.encode(encoding)) == "a mail message"
    assert detect_kind(TABLE.encode(encoding)) == "a table of values (CSV)"


@pytest.mark.parametrize(
    "text",
    [
        "<HARBOUR LTD> 4TH QTR NET\n    SEACLIFF, Feb 26 - The board met.\n",
        "From: the harbour, with love\n\nIt opened on Monday, the mayor said.",
        "Da: ein Kai\nAn: der Kueste\n\nEr ist offen.",
        "Date: a fruit for all seasons\n\nIt is sweet.",
        "Quay, boats, people\n\nThe quay, boats, people.\n\nOne, two, three.",
        "One, two\nThree, four\nFive, six\n",
        "Team          P    W\nSeacliff     10    8\nNorrby        9    5\n",
        "Harbour opens\n\nIt cost 3 < 4, the <b>mayor</b> said.",
    ],
)
def test_text_of_a_story_has_no_other_kind(text: str) -> None:
    assert detect_kind(text.encode()) == ""
