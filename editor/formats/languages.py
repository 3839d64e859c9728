"""The language a text is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

FEWEST_WORDS = 20
"""Below this a guess is often wrong."""

_LONGEST = 2_000
"""How many characters are read: more take time and make no guess surer."""
_SURE = 0.9
_SEED = 0
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d[\d.,/-]*")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_OWN_LETTERS = {"ckb": "ڕڵێ", "ps": "ټډړږښڼۍ", "sr": "ђћ", "yi": "ײװױ"}
"""Letters of languages that the detector does not know; it takes them for a neighbour's."""
_FEWEST_OWN = 0.01
_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "no": "nb"}


def detect_language(texts: Sequence[str]) -> str:
    """Return the BCP 47 tag of the language of some texts; empty where nothing is sure.

    A few words in Arabic letters are Arabic, since they can't be what most desks write.
    """
    lines = (line for text in texts for line in text[:_LONGEST].splitlines())
    text = "\n".join(line for line in lines if not _is_figures(line))[:_LONGEST]
    words = len(_WORD.findall(text)) + len(_UNSPACED.findall(text)) // 2
    if words >= FEWEST_WORDS and (tag := _find_by_letters(text) or _detect(text)):
        return tag
    letters = len(_LETTER.findall(text))
    return "ar" if letters and len(_ARABIC.findall(text)) > letters / 2 else ""


def _find_by_letters(text: str) -> str:
    """Return the language of which a text has letters that only this one is written with."""
    least = _FEWEST_OWN * len(_LETTER.findall(text))
    return next(
        (
            tag
            for tag, letters in _OWN_LETTERS.items()
            if sum(map(text.casefold().count, letters)) > least
        ),
        "",
    )


def _is_figures(line: str) -> bool:
    """Return whether a line is of a table or of results: a quarter of its words are numbers."""
    return 3 * len(_NUMBER.findall(line)) > len(_WORD.findall(line))


def _detect(text: str) -> str:
    # Copy in capitals would be taken for a language of the profiles' capitals.
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 - see _factory

    detector = _factory().create()
    detector.append(text.lower())
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        # No letters of any language that is known.
        return ""
    sure = [guess.lang for guess in found if guess.prob >= _SURE]
    return _TAGS.get(sure[0], sure[0]) if sure else ""


@cache
def _factory() -> DetectorFactory:
    """Load langdetect's profiles: half a second, so only when a text comes in."""
    from langdetect.detector_factory import (  # noqa: PLC0415 - slow, see above
        PROFILES_DIRECTORY,
        DetectorFactory,
    )

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(_SEED)
    return factory
