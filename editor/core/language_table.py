"""The languages most stories are in. Made by packaging/languages.py; don't edit it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Language(NamedTuple):
    """A language's own name, its script (ISO 15924), and the months as a dateline has them."""

    name: str
    script: str
    months: str


# fmt: off
# ruff: noqa: E501 - a table of other people's words
LANGUAGES: Final = {
    "en": Language("English", "Latn", "Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec|en"),
    "en-GB": Language("English (United Kingdom)", "Latn", "Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec|en"),
    "en-US": Language("English (United States)", "Latn", "Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec|en"),
    "ar": Language("العربية", "Arab", "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ar"),
    "de": Language("Deutsch", "Latn", "Jan|Feb|März|April|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez|de"),
    "es": Language("Español", "Latn", "enero|feb|marzo|abril|mayo|junio|julio|ago|sept|oct|nov|dic|es"),
    "fa": Language("فارسی", "Arab", "ژانویه|فوریه|مارس|آوریل|مهٔ|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر|fa"),
    "fr": Language("Français", "Latn", "janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc|fr"),
    "he": Language("עברית", "Hebr", "ינואר|פבר׳|מרץ|אפריל|מאי|יוני|יולי|אוג׳|ספט׳|אוק׳|נוב׳|דצמבר|he"),
    "hi": Language("हिन्दी", "Deva", "जनवरी|फ़र॰|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सित॰|अक्टू॰|नवंबर|दिस॰|hi"),
    "id": Language("Indonesia", "Latn", "Jan|Feb|Maret|April|Mei|Juni|Juli|Agu|Sep|Okt|Nov|Des|id"),
    "it": Language("Italiano", "Latn", "gen|feb|marzo|apr|mag|giu|lug|ago|set|ott|nov|dic|it"),
    "ja": Language("日本語", "Jpan", "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月|ja"),
    "ko": Language("한국어", "Kore", "1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월|ko"),
    "nl": Language("Nederlands", "Latn", "jan|feb|maart|april|mei|juni|juli|aug|sep|okt|nov|dec|nl"),
    "pl": Language("Polski", "Latn", "sty|lut|marca|kwi|maja|cze|lipca|sie|wrz|paź|lis|gru|pl"),
    "pt": Language("Português", "Latn", "jan|fev|março|abril|maio|junho|julho|ago|set|out|nov|dez|pt"),
    "ru": Language("Русский", "Cyrl", "янв|февр|марта|апр|мая|июня|июля|авг|сент|окт|нояб|дек|ru"),
    "sv": Language("Svenska", "Latn", "jan|feb|mars|april|maj|juni|juli|aug|sep|okt|nov|dec|sv"),
    "tr": Language("Türkçe", "Latn", "Ocak|Şubat|Mart|Nisan|Mayıs|Haz|Tem|Ağu|Eylül|Ekim|Kasım|Ara|tr"),
    "uk": Language("Українська", "Cyrl", "січня|лют|бер|квіт|трав|черв|липня|серп|вер|жовт|лист|груд|uk"),
    "ur": Language("اردو", "Arab", "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر|ur"),
    "zh": Language("中文", "Hans", "一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月|zh"),
}
