"""Holds one Hunspell dictionary and answers about words.

Runs in a process of its own (`dictionary`), which has a limit of memory and may crash.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import BinaryIO

from hunspell import Hunspell

from editor.proof.process_limits import leave_no_core, limit_memory

_SAMPLES = 200
"""How many of its own words a dictionary is asked for before it is used."""
_KNOWN_AT_LEAST = 0.5
"""Some words of a dictionary are only parts of others, and are no words by themselves."""
_THERE_AT_LEAST = 0.8


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Load the dictionary that the first line names, then answer line by line.

    `["wrong", [words]]` gives the numbers of those that are not in it, `["suggest", word]`
    a list of words. The answer to the first line is whether it is a dictionary at all.
    """
    leave_no_core()
    limit_memory()
    folder, name = json.loads(requests.readline())
    dictionary = Hunspell(name, hunspell_data_dir=folder, system_encoding="UTF-8")
    _answer(answers, _knows_its_words(dictionary, Path(folder, f"{name}.dic")))
    for line in requests:
        question, about = json.loads(line)
        if question == "wrong":
            wrong = [n for n, word in enumerate(about) if not _is_right(dictionary, word)]
            _answer(answers, wrong)
        else:
            _answer(answers, _suggestions(dictionary, about))


def _answer(answers: BinaryIO, value: object) -> None:
    answers.write(json.dumps(value).encode() + b"\n")
    answers.flush()


def _is_right(dictionary: Hunspell, word: str) -> bool:
    try:
        return bool(dictionary.spell(word))
    except UnicodeEncodeError:
        return False  # it has no word with such a letter


def _suggestions(dictionary: Hunspell, word: str) -> list[str]:
    try:
        return [found for found in dictionary.suggest(word) if found]
    except UnicodeEncodeError:
        return []


def _knows_its_words(dictionary: Hunspell, path: Path) -> bool:
    """Whether it knows words of its own file: a broken one loads without a complaint.

    The first line says how many there are, more or less; one that was cut off has fewer.
    """
    text = path.read_bytes().decode(dictionary._dic_encoding, "replace")
    count, _end, rest = text.removeprefix("\ufeff").partition("\n")
    words = [word for line in rest.splitlines() if (word := _word(line))]
    declared = re.match(r"\s*(\d+)\b", count)
    if declared is None or len(words) < int(declared[1]) * _THERE_AT_LEAST:
        return False
    samples = words[:: max(1, len(words) // _SAMPLES)]
    known = sum(_is_right(dictionary, word) for word in samples)
    return bool(samples) and known >= _KNOWN_AT_LEAST * len(samples)


def _word(line: str) -> str:
    return line.partition("\t")[0].partition("/")[0].strip()
