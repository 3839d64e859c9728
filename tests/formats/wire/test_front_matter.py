"""What pages and agencies write above a story, line by line."""

from __future__ import annotations

import pytest

from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, paragraphs, read, read_story

CAPTION = "The new quay on Monday."
STANDFIRST = "The town waited long for it."


def test_headline_and_standfirst_above_a_credited_caption_are_no_brief() -> None:
    incoming = read(
        HEADLINE,
        STANDFIRST,
        "Copy Link",
        f"{CAPTION} | Jo Shutter/AP",
        "October 23, 2025 5:50 pm CET",
        f"SEACLIFF — {FIRST}",
        SECOND,
    )
    (story,) = incoming.stories
    assert incoming.briefs == ()
    assert (story.headline, story.standfirst) == (HEADLINE, STANDFIRST)
    assert [(p.caption, p.credit) for p in story.pictures] == [(CAPTION, "Jo Shutter/AP")]
    assert story.dateline.city == "SEACLIFF"
    assert paragraphs(story) == [FIRST, SECOND]
    assert incoming.ignored == ("Copy Link", "October 23, 2025 5:50 pm CET")


def test_list_story_keeps_its_numbered_crossheads_in_the_body() -> None:
    title = "Five things to know about the new quay"
    one, two = "1. It took two years", "2. It cost $30m"
    incoming = read(title, "", FIRST, "", one, "", SECOND, "", two, "", SECOND)
    (story,) = incoming.stories
    assert (incoming.briefs, story.key_points) == ((), ())
    assert story.headline == title
    written = [paragraph.replace("\\", "") for paragraph in paragraphs(story)]
    assert written == [FIRST, one, SECOND, two, SECOND]


def test_list_story_with_plain_crossheads_has_no_briefs() -> None:
    incoming = read(HEADLINE, "", FIRST, "", "It took two years", "", SECOND, "", "It cost", SECOND)
    assert incoming.briefs == ()
    assert incoming.stories[0].headline == HEADLINE
    assert len(paragraphs(incoming.stories[0])) == 5


@pytest.mark.parametrize("dateline", ["SEACLIFF, Ore., Oct. 23, 2025 /PRNewswire/ -- ", ""])
def test_press_release_names_its_sender_in_no_field(dateline: str) -> None:
    sender = ("NEWS PROVIDED BY", "Harbour Co.", "Oct 23, 2025, 09:00 ET", "SHARE THIS ARTICLE")
    incoming = read(
        HEADLINE, "", *sender, "", dateline + FIRST, "", SECOND, "", "SOURCE Harbour Co."
    )
    (story,) = incoming.stories
    assert (incoming.briefs, story.headline, story.standfirst) == ((), HEADLINE, "")
    assert paragraphs(story) == [FIRST, SECOND]
    assert incoming.ignored == (*sender, "SOURCE Harbour Co.")


@pytest.mark.parametrize("label", ["Trends banner", "In brief", "Latest news", "أهم الأخبار"])
def test_one_pair_under_a_label_is_a_brief(label: str) -> None:
    incoming = read(
        label, "Fog closes airport", "Flights resumed at noon.", HEADLINE, FIRST, SECOND
    )
    assert [brief.title for brief in incoming.briefs] == ["Fog closes airport"]
    assert incoming.stories[0].headline == HEADLINE
    assert paragraphs(incoming.stories[0]) == [FIRST, SECOND]


@pytest.mark.parametrize("headline", ["Quay opens", "Quay opens at last", HEADLINE])
@pytest.mark.parametrize("dateline", ["SEACLIFF — ", ""])
def test_first_line_is_the_headline_however_short(headline: str, dateline: str) -> None:
    below = "The new quay in Seacliff on Monday"
    story = read_story(headline, below, dateline + FIRST, SECOND)
    assert (story.headline, story.standfirst) == (headline, below)
    assert paragraphs(story) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "above",
    [
        ("Home > News > Harbour",),
        ("Home / News / Harbour",),
        ("News » Harbour and sea » Quays",),
        ("REFILE", "1ST LEAD"),
        ("UPDATE 2", "2nd Ld-Writethru"),
        ("American Football/NFL/",),
        ("Skip to main content", "Sign in", "Harbour Post Weekly"),
        (f"{HEADLINE} | Harbour Post",),
    ],
)
@pytest.mark.parametrize("dateline", ["SEACLIFF, Jan 2 (Reuters) - ", ""])
def test_line_above_the_headline_is_not_taken_for_it(above: tuple[str, ...], dateline: str) -> None:
    incoming = read(*above, HEADLINE, "", dateline + FIRST, "", SECOND)
    assert incoming.stories[0].headline == HEADLINE
    assert paragraphs(incoming.stories[0]) == [FIRST, SECOND]
    assert incoming.ignored == above


@pytest.mark.parametrize("end", ["?", "!", "”", ".”", "?”", "’"])
@pytest.mark.parametrize("dateline", ["SEACLIFF — ", ""])
def test_long_headline_may_end_as_a_sentence_does(end: str, dateline: str) -> None:
    headline = (
        "Will the new quay in the old harbour of Seacliff be opened by the mayor on Monday "
        "after two years of work"
    ) + end
    story = read_story(headline, "", dateline + FIRST, "", SECOND)
    assert len(headline) > 90
    assert (story.headline, paragraphs(story)) == (headline, [FIRST, SECOND])


@pytest.mark.parametrize("dateline", ["SEACLIFF — ", ""])
def test_headline_that_is_there_twice_is_not_a_caption(dateline: str) -> None:
    incoming = read(HEADLINE, "By Ann Bold", HEADLINE, dateline + FIRST, SECOND)
    (story,) = incoming.stories
    assert (story.headline, story.standfirst, story.pictures) == (HEADLINE, "", ())
    assert paragraphs(story) == [FIRST, SECOND]
    assert incoming.ignored == (HEADLINE,)


@pytest.mark.parametrize(
    "date",
    [
        "الثلاثاء 3 مارس 2026 - 14:05 بتوقيت غرينتش",
        "الثلاثاء 03 رمضان 1447هـ - 3 مارس 2026م",
        "آخر تحديث: 3 آذار 2026 الساعة 2:05 مساء",
    ],
)
def test_date_line_of_an_arabic_page_is_not_its_headline(date: str) -> None:
    headline = "رئيسة البلدية تبحث فتح المرفأ القديم أمام السباحين"
    first = "بحثت رئيسة البلدية ومدير المرفأ فتح المرفأ القديم أمام السباحين، بحسب ما قال مكتبها."
    incoming = read(date, headline, f"القاهرة (وكالة) - {first}", "وقالت إن المياه نظيفة.")
    (story,) = incoming.stories
    assert (story.headline, story.standfirst) == (headline, "")
    assert paragraphs(story)[0] == first
    assert incoming.ignored == (date,)


def test_head_of_a_page_without_a_dateline_is_not_in_the_body() -> None:
    incoming = read(
        HEADLINE,
        STANDFIRST,
        "By Ann Bold",
        "Published 23 October 2025",
        "Image source, PA",
        "Image caption,",
        CAPTION,
        FIRST,
        SECOND,
    )
    (story,) = incoming.stories
    assert (story.headline, story.standfirst, story.bylines) == (
        HEADLINE,
        STANDFIRST,
        ("Ann Bold",),
    )
    assert [(p.caption, p.credit) for p in story.pictures] == [(CAPTION, "PA")]
    assert paragraphs(story) == [FIRST, SECOND]
    assert incoming.ignored == ("Published 23 October 2025", "Image caption,")


@pytest.mark.parametrize("gap", ["", None])
@pytest.mark.parametrize(
    ("above", "caption", "credit"),
    [
        (("By Ann Bold",), "", ""),
        (("Published 23 October 2025",), "", ""),
        (("3 min read",), "", ""),
        (("Ann Bold", "Harbour correspondent", "@annbold"), "", ""),
        (("Ann Bold", "Harbour correspondent", "23 October 2025, 14:30 BST"), "", ""),
        ((f"1 of 5 | {CAPTION} (AP Photo/Jo Shutter)",), CAPTION, "AP Photo/Jo Shutter"),
        ((f"[1/3]{CAPTION} (AP Photo/Jo Shutter)",), CAPTION, "AP Photo/Jo Shutter"),
        (("CNN —",), "", ""),
        (("(AP Photo/Jo Shutter)",), "", "AP Photo/Jo Shutter"),
        ((CAPTION, "(AP Photo/Jo Shutter)"), CAPTION, "AP Photo/Jo Shutter"),
        ((f"{CAPTION} (AP Photo/Jo Shutter)",), CAPTION, "AP Photo/Jo Shutter"),
        (
            (CAPTION, "Photograph: Jo Shutter/The Guardian"),
            CAPTION,
            "Photograph: Jo Shutter/The Guardian",
        ),
        (("Image source, PA", f"Image caption, {CAPTION}"), CAPTION, "PA"),
    ],
)
def test_byline_time_caption_and_credit_are_never_paragraphs(
    above: tuple[str, ...], caption: str, credit: str, gap: str | None
) -> None:
    lines = [HEADLINE, *above, FIRST, SECOND]
    story = read_story(*(lines if gap is None else "\n\n".join(lines).split("\n")))
    assert story.headline == HEADLINE
    pictures = [(picture.caption, picture.credit) for picture in story.pictures]
    assert pictures == ([(caption, credit)] if credit else [])
    assert paragraphs(story) == [FIRST, SECOND]


@pytest.mark.parametrize("status", ["REFILE-", "UPDATE 2-", "RPT-UPDATE 1-", "CORRECTED - "])
def test_headline_begins_after_an_agency_s_word_for_newsrooms(status: str) -> None:
    story = read_story(f"{status}{HEADLINE}", "", f"SEACLIFF, March 5 (Reuters) - {FIRST}", SECOND)
    assert story.headline == HEADLINE
    assert story.slug.startswith("harbour-opens")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Anna Berg", ("Anna Berg",)),
        ("Par Anne Le Gall et Jean de La Tour", ("Anne Le Gall", "Jean de La Tour")),
        ("Por Ana Gil y José María Pérez", ("Ana Gil", "José María Pérez")),
        ("Di Marco Rossi", ("Marco Rossi",)),
    ],
)
def test_byline_of_other_languages(line: str, names: tuple[str, ...]) -> None:
    story = read_story(HEADLINE, "", line, "Temps de lecture : 3 min", "", FIRST, SECOND)
    assert (story.bylines, paragraphs(story)) == (names, [FIRST, SECOND])


@pytest.mark.parametrize(
    "headline", ["Von Kopf bis Fuß eine neue Stadt", "Von Berlin nach Rom", "Por fin el muelle"]
)
def test_headline_that_begins_like_a_byline_is_the_headline(headline: str) -> None:
    story = read_story(headline, "", FIRST, SECOND)
    assert (story.headline, story.bylines) == (headline, ())


def test_wrapped_copy_without_a_dateline_keeps_its_byline_out_of_the_body() -> None:
    wrapped = ("The new quay in the old harbour of Seacliff was", "opened on Monday by the mayor.")
    story = read_story(HEADLINE, "", "By Ann Bold", "", *wrapped)
    assert (story.bylines, story.body) == (("Ann Bold",), " ".join(wrapped))


def test_line_under_the_headline_is_the_standfirst_and_no_caption() -> None:
    story = read_story(HEADLINE, STANDFIRST, f"SEACLIFF — {FIRST}", SECOND)
    assert (story.standfirst, story.pictures) == (STANDFIRST, ())


def test_two_lines_under_the_headline_are_standfirst_and_caption() -> None:
    story = read_story(HEADLINE, STANDFIRST, CAPTION, f"SEACLIFF — {FIRST}", SECOND)
    assert (story.standfirst, story.pictures[0].caption) == (STANDFIRST, CAPTION)


@pytest.mark.parametrize("words", ["The mayor (L) at the quay.", "The quay, pictured in May."])
def test_line_that_speaks_of_a_picture_is_its_caption(words: str) -> None:
    story = read_story(HEADLINE, words, f"SEACLIFF — {FIRST}", SECOND)
    assert (story.standfirst, story.pictures[0].caption) == ("", words)


def test_paragraphs_above_a_credit_in_the_story_stay_paragraphs() -> None:
    credit = "Photograph: Jo Shutter/The Guardian"
    story = read_story(HEADLINE, "", FIRST, "", credit, "", SECOND)
    assert paragraphs(story) == [FIRST, credit, SECOND]


MARKS = [(mark, mark) for mark in ("➤", "►", "+", "✔", "→", "»", "o", "•", "-")] + [
    ("1.", "2."),
    ("1)", "2)"),
    ("a)", "b)"),
    ("(1)", "(2)"),
    ("①", "②"),
    ("א.", "ב."),
    *((mark, mark) for mark in ("⇒", "❯", "✅", "★", "‒", "🔴", "✔\ufe0f")),
]


@pytest.mark.parametrize(("one", "two"), MARKS)
@pytest.mark.parametrize("dateline", ["SEACLIFF — ", ""])
@pytest.mark.parametrize("after_mark", [" ", "\n"])
def test_key_points_with_any_mark_beside_them_or_on_the_line_above(
    one: str, two: str, dateline: str, after_mark: str
) -> None:
    points = ("The quay took two years", "It cost thirty million")
    marked = f"{one}{after_mark}{points[0]}\n{two}{after_mark}{points[1]}"
    incoming = read(HEADLINE, *marked.split("\n"), dateline + FIRST, SECOND)
    (story,) = incoming.stories
    assert (story.headline, story.key_points) == (HEADLINE, points)
    assert paragraphs(story) == [FIRST, SECOND]
    assert incoming.ignored == ()


@pytest.mark.parametrize(
    ("written", "bylines"),
    [
        ("By Ann Bold", ("Ann Bold",)),
        ("By Ann Bold, Associated Press", ("Ann Bold",)),
        ("By ANN BOLD and Martin King, Jr.", ("ANN BOLD", "Martin King, Jr.")),
        ("By Ann Bold, Bo Ray and Cy Dee, Reuters", ("Ann Bold", "Bo Ray", "Cy Dee")),
    ],
)
def test_byline_names_people_and_no_agency(written: str, bylines: tuple[str, ...]) -> None:
    assert read_story(HEADLINE, written, FIRST, SECOND).bylines == bylines


@pytest.mark.parametrize(("one", "two"), MARKS)
@pytest.mark.parametrize("after_mark", [" ", "\n"])
def test_key_points_above_wrapped_copy(one: str, two: str, after_mark: str) -> None:
    points = ("The quay took two years", "It cost thirty million")
    marked = f"{one}{after_mark}{points[0]}\n{two}{after_mark}{points[1]}"
    story = read_story(
        HEADLINE, *marked.split("\n"), "SEACLIFF (AP) — The new quay was", "    opened on Monday."
    )
    assert (story.headline, story.key_points) == (HEADLINE, points)
