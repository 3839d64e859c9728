"""The news agencies whose names appear in datelines without brackets around them."""

from __future__ import annotations

import re

_NAMES = """
AAP, AFP, AGI, ANI, ANP, ANSA, ANTARA, AP, APA, APS, ATS, BELGA, BNS, CP, CTK, DPA, EFE, IANS, IRNA,
ISNA, KUNA, KYODO, LUSA, MAP, MENA, MTI, NAN, NTB, PA, PAP, PNA, PTI, QNA, RIA, RITZAU, REUTERS,
SANA, SAPA, SPA, STT, TASS, TT, UNI, UPI, WAFA, WAM, XINHUA, YONHAP,
Associated_Press, The_Associated_Press, Agence_France-Presse, Press_Association,
سانا, وام, واس, قنا, بترا, كونا, وفا, رويترز, الأناضول, سبأ, وكالات, أ_ف_ب, د_ب_أ, أ_ش_أ, أ_ب,
ТАСС, РИА_Новости, Интерфакс, Укринформ
"""
_KNOWN = frozenset(name.strip().replace("_", " ").casefold() for name in _NAMES.split(","))

AGENCY_NAME = "(?:{})".format(
    "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in sorted(_KNOWN, key=len)[::-1])
)
"""A pattern of any of them, for a search that ignores case."""


def is_agency(name: str) -> bool:
    """Return whether a name is a listed agency's, in any letter case."""
    return " ".join(name.split()).casefold() in _KNOWN
