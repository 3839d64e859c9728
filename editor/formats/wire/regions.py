"""Names of places: what tells a state from a country in a dateline, and a city from a word.

Cities are those that the Associated Press writes without a state or country, and
those that time zones are named for. Countries are CLDR's territories. States are
those of the United States, with the abbreviations of the post office, the Associated
Press and older wire copy, the provinces of Canada and the states of Australia.
"""

from __future__ import annotations

import re
import zoneinfo
from functools import cache

from editor.cldr import find_locale

_STATES = """
Ala Alabama, Alaska, Ariz Arizona, Ark Arkansas, Calif Cal California, Colo Col Colorado,
Conn Connecticut, Del Delaware, Fla Florida, Ga, Hawaii, Ida Idaho, Ill Illinois, Ind Indiana,
Iowa, Kan Kans Kansas, Ky Kentucky, La Louisiana, Me Maine, Md Maryland, Mass Massachusetts,
Mich Michigan, Minn Minnesota, Miss Mississippi, Mo Missouri, Mont Montana, Neb Nebr Nebraska,
Nev Nevada, NH New_Hampshire, NJ New_Jersey, NM N_Mex New_Mexico, NY New_York, NC North_Carolina,
ND N_Dak North_Dakota, Ohio, Okla Oklahoma, Ore Oreg Oregon, Pa Penn Penna Pennsylvania,
RI Rhode_Island, SC South_Carolina, SD S_Dak South_Dakota, Tenn Tennessee, Tex Texas, Utah,
Vt Vermont, Va Virginia, Wash Washington, WVa W_Va West_Virginia, Wis Wisc Wisconsin, Wyo Wyoming,
DC, PR Puerto_Rico,
Alberta Alta, British_Columbia BC, Manitoba Man, New_Brunswick NB, Newfoundland Nfld,
Nova_Scotia NS, Ontario Ont, Prince_Edward_Island PEI, Quebec Que, Saskatchewan Sask, Yukon,
New_South_Wales NSW, Queensland Qld, South_Australia, Tasmania Tas, Victoria Vic, Western_Australia
"""

# Countries by names that CLDR does not list: short, former, or of a part.
_COUNTRIES = """
US, USA, UK, UAE, Britain, England, Scotland, Wales, Northern_Ireland, Holland, Burma, Turkey,
Soviet_Union, USSR, West_Germany, East_Germany, Yugoslavia, Czechoslovakia, Zaire, Ivory_Coast,
Czech_Republic, Macedonia, Swaziland, Hong_Kong, Macau, Palestine, Gaza_Strip, West_Bank, Vatican,
Congo, Korea, Bosnia, East_Timor, Cape_Verde,
أميركا, أمريكا, بريطانيا, إنجلترا, إنكلترا, السعودية, الإمارات, فلسطين, قطاع_غزة, الضفة_الغربية,
كوريا, الكونغو, سورية, هولندا, تركيا, ساحل_العاج, البوسنة
"""

# Cities that are written alone (Associated Press Stylebook, "datelines").
_CITIES = """
Atlanta, Baltimore, Boston, Chicago, Cincinnati, Cleveland, Dallas, Denver, Detroit, Honolulu,
Houston, Indianapolis, Las_Vegas, Los_Angeles, Miami, Milwaukee, Minneapolis, New_Orleans, New_York,
Oklahoma_City, Philadelphia, Phoenix, Pittsburgh, St_Louis, Salt_Lake_City, San_Antonio, San_Diego,
San_Francisco, Seattle, Washington, Amsterdam, Baghdad, Bangkok, Beijing, Beirut, Berlin, Brussels,
Cairo, Djibouti, Dublin, Geneva, Gibraltar, Guatemala_City, Havana, Helsinki, Hong_Kong, Islamabad,
Istanbul, Jerusalem, Johannesburg, Kuwait_City, London, Luxembourg, Macau, Madrid, Mexico_City,
Milan, Monaco, Montreal, Moscow, Munich, New_Delhi, Panama_City, Paris, Prague, Quebec_City,
Rio_de_Janeiro, Rome, San_Marino, Sao_Paulo, Shanghai, Singapore, Stockholm, Sydney, Tokyo, Toronto,
Vatican_City, Vienna, Zurich, United_Nations
"""
_CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def is_known_place(name: str) -> bool:
    """Return whether a name is a listed city, state or country, in any letter case."""
    return _key(name) in _cities() or is_state(name) or is_country(name)


def is_state(name: str) -> bool:
    """Return whether a name is a listed state, in any letter case, with or without dots."""
    return _key(name) in _states()


def is_country(name: str) -> bool:
    """Return whether a name is a country's, in English or Arabic."""
    return _key(name) in _countries()


def _key(name: str) -> str:
    return re.sub(r"[\s._-]+", "", name).casefold()


@cache
def _cities() -> frozenset[str]:
    names = [name for group in _CITIES.split(",") for name in group.split()]
    for zone in zoneinfo.available_timezones():
        continent, _slash, place = zone.partition("/")
        if continent in _CONTINENTS:
            names.append(place.rpartition("/")[2])
    return frozenset(map(_key, names))


@cache
def _states() -> frozenset[str]:
    return frozenset(_key(name) for group in _STATES.split(",") for name in group.split())


@cache
def _countries() -> frozenset[str]:
    names = [name for group in _COUNTRIES.split(",") for name in group.split()]
    for tag in ("en", "ar"):
        names += [name for code, name in find_locale(tag).territories.items() if not code.isdigit()]
    return frozenset(map(_key, names))
