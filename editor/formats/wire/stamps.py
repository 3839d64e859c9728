"""Lines that say when a page was published: words of dates and nothing else."""

from __future__ import annotations

import re

from editor.formats.wire.months import months, weekdays

_WORD = re.compile(r"[^\W\d_]+")
_VERB = re.compile(
    r"(?:first\s+)?(?:published|updated|posted|created|modified|issued|last\s+(?:updated|modified)"
    r"|veröffentlicht|aktualisiert|stand|publié|mis\s+à\s+jour|publicado|actualizado|atualizado"
    r"|pubblicato|aggiornato|опубликовано|обновлено"
    r"|reading\s+time|temps\s+de\s+lecture|lesezeit|tiempo\s+de\s+lectura|tempo\s+d[ei]\s+le\w+"
    r"|نشر|نُشر|تاريخ\s+النشر|تم\s+النشر|آخر\s+تحديث|حدث)\b",
    re.IGNORECASE,
)
_OTHER_NAMES = """
a am pm p m at on in of the and st nd rd th uhr um am le la à h de del el los o os um ч г в
года ago just now today yesterday min mins minute minutes hr hrs hour hours day days week
weeks month months sec second seconds s d read first last updated published posted edited time
date gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest eet eest ist jst msk sgt
hkt aest aedt z t t1 noon midnight local نشر تم تاريخ النشر في آخر تحديث حدث الساعة بتوقيت
غرينتش جرينتش توقيت مساء صباحا صباحاً مساءً ص م هـ منذ دقيقة دقائق ساعة ساعات يوم أيام قراءة
مكة المكرمة القاهرة المحلي محرم صفر ربيع الأول الثاني الآخر جمادى الأولى الآخرة الثانية رجب
شعبان رمضان شوال ذو القعدة الحجة
"""
_OTHER_WORDS = frozenset(_OTHER_NAMES.split())
_MOST_WORDS = 14


def is_stamp(text: str) -> bool:
    """Return whether a line is a date or a time (`October 23, 2025 5:50 pm CET`, `3 min read`)."""
    words = _WORD.findall(text.casefold())
    if len(words) > _MOST_WORDS or not words:
        return not words and bool(re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.*", text))
    has_day = any(char.isdigit() for char in text)
    if _VERB.match(text):
        return has_day or len(words) < 6
    known = (word in _OTHER_WORDS or word in months() or word in weekdays() for word in words)
    return has_day and all(known)
