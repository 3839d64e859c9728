"""The language of what comes in: found from twenty words on, else the desk's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from editor.formats.importers import read_incoming
from editor.formats.languages import FEWEST_WORDS, detect_language

TEXTS = {
    "en": "The mayor said the town had waited long for this day, and that the new quay in the old "
    "harbour would be open to every boat before the summer.",
    "fr": "La maire a déclaré que la ville attendait ce jour depuis longtemps et que le nouveau "
    "quai du vieux port serait ouvert à tous les bateaux avant l’été.",
    "de": "Die Bürgermeisterin sagte, die Stadt habe lange auf diesen Tag gewartet, und der neue "
    "Kai im alten Hafen werde noch vor dem Sommer für alle Boote geöffnet.",
    "es": "La alcaldesa dijo que la ciudad había esperado mucho tiempo este día y que el nuevo "
    "muelle del puerto viejo estaría abierto a todos los barcos antes del verano.",
    "ru": "Мэр сказала, что город долго ждал этого дня и что новый причал в старой гавани будет "
    "открыт для всех лодок ещё до начала лета, как и было обещано жителям города.",
    "fa": "شهردار گفت که شهر مدت‌ها منتظر این روز بوده است و اسکله جدید در بندر قدیمی پیش از "
    "تابستان برای همه قایق‌ها باز خواهد شد و همه مردم می‌توانند از آن استفاده کنند.",
    "he": "ראשת העיר אמרה שהעיר חיכתה זמן רב ליום הזה ושהרציף החדש בנמל הישן ייפתח לכל הסירות "
    "עוד לפני הקיץ כפי שהובטח לתושבים לפני שנתיים ושכולם מוזמנים לבוא.",
    "ar": "قالت رئيسة البلدية إن المدينة انتظرت هذا اليوم طويلا وإن الرصيف الجديد في المرفأ القديم "
    "سيفتح أمام جميع القوارب قبل الصيف كما وعدت السكان قبل عامين.",
    "ckb": "سەرۆکی شارەوانی وتی کە شارەکە ماوەیەکی زۆر چاوەڕێی ئەم ڕۆژەی کردووە و شۆستە نوێیەکە لە "
    "بەندەرە کۆنەکەدا پێش هاوین بۆ هەموو بەلەمەکان دەکرێتەوە وەک بەڵێن درابوو بە دانیشتووان.",
    "sr": "Градоначелница је рекла да је град дуго чекао овај дан и да ће нови кеј у старој луци "
    "бити отворен за све чамце пре лета, као што је обећано грађанима пре две године.",
    "ja": "市長は、町はこの日を長い間待っていたと述べ、古い港の新しい桟橋は"
    "夏の前にすべての船に開かれると話した。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language_of_a_story_is_found(language: str) -> None:
    text = f"{TEXTS[language][:40]}\n\n{TEXTS[language]}\n\n{TEXTS[language]}\n"
    (story,) = read_incoming(text.encode(), "x.txt").stories
    assert story.language == language


def test_text_of_few_words_has_no_language_of_its_own() -> None:
    words = TEXTS["fr"].split()
    assert detect_language([" ".join(words[: FEWEST_WORDS + 2])]) == "fr"
    assert detect_language([" ".join(words[: FEWEST_WORDS - 4])]) == ""
    (story,) = read_incoming(b"Harbour opens\n\nIt opened on Monday.\n", "x.txt").stories
    assert story.language == ""


def test_few_arabic_words_are_arabic() -> None:
    assert detect_language(["رئيسة البلدية تبحث فتح المرفأ"]) == "ar"


def test_copy_in_capitals_and_results_are_no_other_language() -> None:
    assert detect_language([TEXTS["en"].upper()]) == "en"
    results = "Shr 45 cts vs 58 cts\nNet 1.1 mln vs 829,000\nAvg shrs 2,332,397 vs 1,428,000\n"
    assert detect_language([results * 5]) == ""


def test_same_text_has_the_same_language_each_time() -> None:
    mixed = TEXTS["es"] + " " + TEXTS["fr"]
    assert len({detect_language([mixed]) for _try in range(20)}) == 1


def test_letters_of_an_unknown_script_are_in_the_language_of_the_desk() -> None:
    assert detect_language(["ከንቲባዋ ከተማዋ ይህን ቀን ለረጅም ጊዜ ስትጠብቅ ቆይታለች አሉ " * 4]) == ""


def test_profiles_are_not_loaded_before_a_text_comes_in() -> None:
    code = "import sys, editor.formats.importers; print('langdetect' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
