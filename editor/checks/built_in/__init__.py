"""Every check that comes with Stonehand, one a file named for its id."""

from __future__ import annotations

from editor.checks.base import Check
from editor.checks.built_in.acronym import Acronym
from editor.checks.built_in.alt_text import AltText
from editor.checks.built_in.broken_markdown import BrokenMarkdown
from editor.checks.built_in.byline_form import BylineForm
from editor.checks.built_in.caption_style import CaptionStyle
from editor.checks.built_in.clock_time import ClockTime
from editor.checks.built_in.crosshead import Crosshead
from editor.checks.built_in.dash_style import DashStyle
from editor.checks.built_in.dateline_form import DatelineForm
from editor.checks.built_in.digit_groups import DigitGroups
from editor.checks.built_in.doubled_mark import DoubledMark
from editor.checks.built_in.exclamation_mark import ExclamationMark
from editor.checks.built_in.figures_in_body import FiguresInBody
from editor.checks.built_in.first_mention import FirstMention
from editor.checks.built_in.footnotes import Footnotes
from editor.checks.built_in.headline_style import HeadlineStyle
from editor.checks.built_in.key_points import KeyPointCount
from editor.checks.built_in.leftover_tk import LeftoverTk
from editor.checks.built_in.leftover_wire import LeftoverWire
from editor.checks.built_in.length import Length
from editor.checks.built_in.link_words import LinkWords
from editor.checks.built_in.links import LinksLead
from editor.checks.built_in.loaded_words import LoadedWords
from editor.checks.built_in.long_sentence import LongSentence
from editor.checks.built_in.minimum import Minimum
from editor.checks.built_in.missing_rights import MissingRights
from editor.checks.built_in.mixed_direction import MixedDirection
from editor.checks.built_in.mixed_quotes import MixedQuotes
from editor.checks.built_in.money_style import MoneyStyle
from editor.checks.built_in.name_variants import NameVariants
from editor.checks.built_in.number_style import NumberStyle
from editor.checks.built_in.percent_style import PercentStyle
from editor.checks.built_in.picture_file import PictureFile
from editor.checks.built_in.picture_in_text import PictureInText
from editor.checks.built_in.picture_text import PictureText
from editor.checks.built_in.picture_usage import PictureUsage
from editor.checks.built_in.quotation_in_body import QuotationInBody
from editor.checks.built_in.real_date import RealDate
from editor.checks.built_in.relative_day import RelativeDay
from editor.checks.built_in.repeated_field import RepeatedField
from editor.checks.built_in.repeated_paragraph import RepeatedParagraph
from editor.checks.built_in.repeated_word import RepeatedWord
from editor.checks.built_in.sentence_figure import SentenceFigure
from editor.checks.built_in.space_before_mark import SpaceBeforeMark
from editor.checks.built_in.spelling_variants import SpellingVariants
from editor.checks.built_in.stray_spaces import StraySpaces
from editor.checks.built_in.time_style import TimeStyle
from editor.checks.built_in.unattributed_quotation import UnattributedQuotation
from editor.checks.built_in.unbalanced_marks import UnbalancedMarks
from editor.checks.built_in.unfinished_paragraph import UnfinishedParagraph
from editor.checks.built_in.unused_footnote import UnusedFootnote
from editor.checks.built_in.weekday_date import WeekdayDate

CHECKS: tuple[Check, ...] = (
    QuotationInBody(),
    MixedQuotes(),
    MoneyStyle(),
    PictureFile(),
    PictureText(),
    PictureUsage(),
    UnbalancedMarks(),
    Minimum(),
    Length(),
    KeyPointCount(),
    LinksLead(),
    PictureInText(),
    Footnotes(),
    UnusedFootnote(),
    StraySpaces(),
    WeekdayDate(),
    RealDate(),
    FiguresInBody(),
    FirstMention(),
    NameVariants(),
    Acronym(),
    UnattributedQuotation(),
    RelativeDay(),
    LoadedWords(),
    RepeatedWord(),
    RepeatedParagraph(),
    RepeatedField(),
    UnfinishedParagraph(),
    LeftoverTk(),
    LeftoverWire(),
    LongSentence(),
    SpellingVariants(),
    PercentStyle(),
    NumberStyle(),
    DigitGroups(),
    SentenceFigure(),
    ClockTime(),
    TimeStyle(),
    DashStyle(),
    DoubledMark(),
    SpaceBeforeMark(),
    ExclamationMark(),
    HeadlineStyle(),
    Crosshead(),
    BylineForm(),
    DatelineForm(),
    CaptionStyle(),
    AltText(),
    MissingRights(),
    LinkWords(),
    BrokenMarkdown(),
    MixedDirection(),
)
"""Every built-in check, in the order of its findings."""
