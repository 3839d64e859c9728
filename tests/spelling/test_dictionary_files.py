"""Which dictionary a language gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.resources import resource
from editor.spelling.dictionary_files import dictionary_folders, find_dictionary
from tests.spelling.small_dictionaries import write_dictionary


def name_for(language: str, folder: Path, *regions: str) -> str:
    found = find_dictionary(language, [folder], regions)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("language", "names", "found"),
    [
        ("en-GB", ["en", "en_GB", "en_US"], "en_GB"),
        ("en-GB", ["en-GB"], "en-GB"),
        ("en-GB", ["en", "en_US"], "en"),
        ("en-AU", ["en_GB", "en_US"], "en_GB"),
        ("en", ["en_AU", "en_GB", "en_US"], "en_US"),
        ("ar-EG", ["ar", "ar_SA"], "ar"),
        ("ar-EG", ["ar", "ar_EG"], "ar_EG"),
        ("de-DE", ["de_AT_frami", "de_DE_frami"], "de_DE_frami"),
        ("fr", ["fr_BE", "fr_FR"], "fr_FR"),
        ("fr-CH", ["fr_FR"], "fr_FR"),
        ("sr", ["sr", "sr_Latn"], "sr"),
        ("sr-Latn", ["sr", "sr_Latn"], "sr_Latn"),
        ("sr-Latn", ["sr"], ""),
        ("fr", ["hyph_fr", "fro", "en"], ""),
    ],
)
def test_the_nearest_dictionary_is_found(
    tmp_path: Path, language: str, names: list[str], found: str
) -> None:
    for name in names:
        write_dictionary(tmp_path, name, "word")
    assert name_for(language, tmp_path) == found


def test_a_language_without_region_takes_that_of_the_paper(tmp_path: Path) -> None:
    for name in ("en_GB", "en_US", "en_ZA"):
        write_dictionary(tmp_path, name, "word")
    assert name_for("en", tmp_path, "ZA", "GB") == "en_ZA"
    assert name_for("en", tmp_path, "GB") == "en_GB"


def test_a_dictionary_needs_both_its_files(tmp_path: Path) -> None:
    write_dictionary(tmp_path, "fr", "word")
    (tmp_path / "fr.aff").unlink()
    assert name_for("fr", tmp_path) == ""
    assert name_for("fr", tmp_path / "missing") == ""


def test_the_desk_and_the_person_come_before_the_system(tmp_path: Path) -> None:
    own, second = dictionary_folders(tmp_path)[0], dictionary_folders()[0]
    assert own == tmp_path / "dictionaries"
    assert second == dictionary_folders(tmp_path)[1]
    first = write_dictionary(tmp_path / "first", "fr", "word")
    write_dictionary(tmp_path / "last", "fr", "word")
    found = find_dictionary("fr", [first, tmp_path / "last"])
    assert found is not None
    assert found.folder == first


@pytest.mark.parametrize("language", ["en", "en-GB", "en-US"])
def test_english_is_there_on_every_computer(language: str) -> None:
    system = ("/usr", "/Library", "/Applications")
    ours = [folder for folder in dictionary_folders() if not str(folder).startswith(system)]
    ours = [folder for folder in dictionary_folders() if folder in (*ours, *_own())]
    assert find_dictionary(language, ours) is not None


def _own() -> list[Path]:
    """What comes with Stonehand, wherever that is installed."""
    return [resource("dictionaries"), dictionary_folders()[-1]]
