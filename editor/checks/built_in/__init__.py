"""Every check that comes with Stonehand, one a file named for its id."""

from __future__ import annotations

from editor.checks.base import Check
from editor.checks.built_in.footnotes import Footnotes
from editor.checks.built_in.key_points import KeyPointCount
from editor.checks.built_in.length import Length
from editor.checks.built_in.links import LinksLead
from editor.checks.built_in.minimum import Minimum
from editor.checks.built_in.mixed_quotes import MixedQuotes
from editor.checks.built_in.money_style import MoneyStyle
from editor.checks.built_in.picture_file import PictureFile
from editor.checks.built_in.picture_text import PictureText
from editor.checks.built_in.picture_usage import PictureUsage
from editor.checks.built_in.quotation_in_body import QuotationInBody
from editor.checks.built_in.stray_spaces import StraySpaces
from editor.checks.built_in.unbalanced_marks import UnbalancedMarks
from editor.checks.built_in.unused_footnote import UnusedFootnote

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
    Footnotes(),
    UnusedFootnote(),
    StraySpaces(),
)
"""Every built-in check, in the order of its findings."""
