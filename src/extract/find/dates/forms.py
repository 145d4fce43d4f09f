"""The forms in which dates are written, a row each: what it gives, and its pattern.

A pattern is a regular expression with three shorthands: a blank is any blank (also one line break), ``<month>`` is the
named group of the part that it names, and what stands between « » is the date itself, without the words around it.
The patterns are written for text in small letters. The order counts: at one place of a text the first form that fits
wins.
"""

from __future__ import annotations

import re
from functools import cache

from extract import lexicon
from extract.normalise.calendar import months, ordinals, weekdays

Form = tuple[str, str]
Row = tuple[str, re.Pattern[str]]

_BLANK = r"(?:[ \t\u00a0\u2009\u202f]{1,2}|[ \t\u00a0]?\n[ \t\u00a0]?)"
_YEAR = r"(?:19|20|21)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_PARTS = {
    "year": rf"{_YEAR}(?![\da-z])",
    "year2": rf"{_YEAR}(?![\da-z])",
    "slash": "/",
    "yy": r"\d\d(?![\d/-])",
    "a": r"\d{1,2}",
    "b": r"\d{1,2}",
    "mm": r"(?:1[0-2]|0?[1-9])(?!\d)",
    "dd": rf"{_DAY}(?!\d)",
    "sep": r"[-/.]",
}
_DASH = "(?: ?[-–—] ?)"

BARE: Form = ("bare", r"<year>(?![-\d%,.]\d| ?[%$€£°]|['’]\d)")
"""A year alone; whether it is one is for the words around it to say (lexicon ``year_context``)."""

NUMERIC: tuple[Form, ...] = (
    ("iso", r"<year><sep><mm>(?P=sep)<dd>(?:t\d\d:?\d\d\S*)?"),
    ("numeric", r"<a><sep><b>(?P=sep)<year>"),
    ("numeric", r"<a>(?P<sep>/)<b>/<yy>(?!/)"),
    ("month", r"<mm>/<year>(?!/)"),
)

_EN_THROUGH = rf"(?:{_DASH}| (?:to|through|thru|until|till) )"
_EN_TO = rf"(?:{_EN_THROUGH}| and )"
_EN_NTH = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_EN_TURN = "(?P<turn>this|next|last)"
_EN_NEAR = "(?:(?:the )?(?:early|late|mid|middle of|end of|beginning of|start of|close of)(?: |-)(?:the (?:year )?)?)?"
ENGLISH: tuple[Form, ...] = (
    *NUMERIC,
    ("days", r"between «<on><month> <day>,? <year>,? and <on><month2> <day2>,? <year2>»"),
    (
        "days",
        rf"<on><month> <day>(?:,? <year>(?={_EN_THROUGH}))?{_EN_TO}"
        r"<on>(?:<month2> )?<day2>(?! ?%)(?:(?: ?, ?| )<year2>)?",
    ),
    ("day", r"<on><month> <day> \d\d?:\d\d(?::\d\d)?,? ?<year>"),
    ("day", r"<on><month> ?(?:the )?<day>(?:(?:,| ,)? ?(?:of )?<year>)?"),
    ("day", r"<on><month>[-/]<day>(?:[-/]<year>)?"),
    ("day", r"<day>/<month>(?:/<year>)?"),
    (
        "days",
        rf"<on>(?:the )?<day>(?: (?:of )?<month>(?:,? <year>(?={_EN_THROUGH}))?)?{_EN_TO}"
        r"<on>(?:the )?<day2> (?:of )?<month2>(?:,? <year2>)?",
    ),
    ("day", r"<on>(?:the )?<day>(?: |-|(?=[A-Za-z]))(?:of |day of )?<month>(?:(?:,? |-)<year>)?"),
    ("months", rf"<month>(?: <year>)?{_EN_TO}<month2>,? (?:of )?<year2>"),
    ("month", rf"{_EN_NEAR}<month>(?:,? (?:of )?|[-/])<year>"),
    ("quarter", r"q(?P<nth>[1-4])(?: |-)?(?:of |in |(?P<fiscal>fiscal |fy ?))*<year>"),
    ("quarter", r"q(?P<nth>[1-4]) ?['’]<yy>|(?P<nth2>[1-4])q ?['’]?(?P<yy2>\d\d)(?!\d)"),
    ("quarter", r"(?P<nth>[1-4])q ?(?:of )?<year>"),
    ("quarter", r"<year>(?: |-)?q(?P<nth>[1-4])"),
    (
        "quarter",
        r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)(?: |-)(?:quarter|qtr\.?)(?: ended| ending)? "
        r"(?:of |in )?(?:the )?(?P<fiscal>fiscal )?(?:year )?<year>",
    ),
    ("half", r"(?P<nth>first|second|1st|2nd) half (?:of |in )?(?:fiscal )?(?:year )?<year>"),
    ("half", r"h(?P<nth>[12]) ?(?:of )?<year>"),
    (
        "fiscal",
        r"(?:fiscal(?: years?)?(?: ending(?: in)?)?|fy|f|financial year|tax year|academic year|school year) ?-?"
        rf"<year>(?:(?:{_DASH}|/)(?:<year2>|<yy>))?",
    ),
    ("fiscal", r"fy ?['’]?<yy>"),
    ("decade", r"(?:the )?(?:(?:early|mid|late)(?: |-))?(?P<year>(?:19|20)\d0)['’]?s(?!\w)"),
    ("years", r"between «<year> and <year2>»"),
    ("years", rf"<year>(?:{_DASH}|<slash>| (?:to|through|until|till) )<year2>(?!-)"),
    ("short", r"<year>[-–—/]<yy>"),
    ("year", rf"(?:the )?(?:early|late|mid|spring|summer|fall|autumn|winter)(?:,? |-)(?:of )?<year>(?:{_DASH}<yy>)?"),
    (
        "year",
        r"(?:the )?(?:end|beginning|start|middle|close|year-end|end-|rest|remainder)(?: of)?(?: |-|(?<=-))"
        r"(?:the )?(?:calendar |fiscal )?(?:year )?<year>",
    ),
    BARE,
)

ENGLISH_WORDS: tuple[Form, ...] = (
    (
        "nth_weekday",
        rf"(?:the )?(?P<nth>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last) "
        rf"(?P<weekday><full>|day) (?:of|in) "
        rf"(?:<month>(?:,? (?:of )?<year>)?|{_EN_TURN} month)",
    ),
    ("weekday_week", rf"<full>,? (?:of |from |in )?{_EN_TURN} week"),
    ("weekday_week", rf"{_EN_TURN} week(?:['’]s)?,? (?:on )?<full>"),
    ("month_turn", rf"<month> (?:of )?{_EN_TURN} year"),
    ("week", r"(?:the )?week (?:of|beginning|starting|commencing) <on><month> <day>(?:,? <year>)?"),
    ("week", r"(?:the )?week (?:of|beginning|starting|commencing) <on>(?:the )?<day> (?:of )?<month>(?:,? <year>)?"),
    ("days_turn", rf"<day>{_EN_TO}<day2> (?:of |in )?{_EN_TURN} month"),
    ("weekday_day", r"(?P<weekday><any>),? (?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th)(?!\w)"),
    ("ordinal", r"(?:on|by|until|before|after|since|for|from) «the (?P<number>\d{1,2})(?:st|nd|rd|th)»(?! ?[\w'’-])"),
    ("slashed", r"(?:on|by|until|before|after|since|from|to) «(?P<a>\d{1,2})/(?P<b>\d{1,2})»(?![\d/%]| of )"),
    (
        "near_quarter",
        rf"(?:the )?(?:{_EN_NTH} (?:quarter|qtr)|q(?P<nth2>[1-4]))"
        r"(?![\w/-]| (?:of|fiscal|fy|in \d|ended|ending)| ?['’]?\d)",
    ),
    ("slashed_alone", r"(?P<a>\d\d)/(?P<b>\d\d)(?![\d/%])"),
    ("holiday", rf"(?:{_EN_TURN} )?<holiday>(?:,? (?:of |in )?(?:<year>|(?P<which>this|next|last) year))?"),
    ("weekday", r"<full>(?: (?P<later>after next))?(?![\w'’-])"),
)
"""Days told by their weekday or name, and forms without a year: most of them need a reference."""

_FR_THROUGH = rf"(?:{_DASH}| (?:au|à|jusqu['’]au) )"
_FR_TO = rf"(?:{_FR_THROUGH}| et )"
_FR_NEAR = "(?:(?:la )?(?:fin|début|mi-|courant)(?: (?:de |du mois de |d['’])?)?)?"
FRENCH: tuple[Form, ...] = (
    *NUMERIC,
    ("days", r"entre (?:le )?«<on><day> <month> <year> et (?:le )?<on><day2> <month2> <year2>»"),
    ("days", rf"<on><day>(?: <month>(?: <year>(?={_FR_THROUGH}))?)?{_FR_TO}(?:le )?<on><day2> <month2>(?:,? <year2>)?"),
    ("day", r"<on><day>(?: |-)<month>(?:(?:,? |-)<year>)?"),
    ("day", r"<on><month> <day>,? <year>"),
    ("months", rf"<month>(?: <year>)?{_FR_TO}<month2> <year2>"),
    ("month", rf"{_FR_NEAR}<month>(?: (?:de )?|[-/])<year>"),
    ("quarter", r"(?:t|q)(?P<nth>[1-4])(?: |-)?(?:de )?<year>"),
    (
        "quarter",
        r"(?P<nth>premier|deuxième|second|troisième|quatrième|1er|[234]e|[234]ème) trimestre "
        r"(?:de )?(?:l['’](?:exercice|année) )?<year>",
    ),
    ("half", r"(?P<nth>premier|second|deuxième|1er|2e) semestre (?:de )?<year>"),
    ("half", r"(?P<nth>première|seconde|deuxième) moitié de (?:l['’]année )?<year>"),
    (
        "fiscal",
        r"(?:exercices?(?: financiers?| budgétaires?)?|ef|"
        r"année (?:financière|budgétaire|fiscale|scolaire|universitaire))"
        rf" ?(?:de )?<year>(?:(?:{_DASH}|/)(?:<year2>|<yy>))?",
    ),
    ("decade", r"années <year>(?=(?!-)(?<=0))"),
    ("years", r"entre «<year> et <year2>»"),
    ("years", rf"<year>(?:{_DASH}|<slash>| (?:à|jusqu['’]en) )<year2>(?!-)"),
    ("short", r"<year>[-–—/]<yy>"),
    ("year", r"(?:l['’])?(?:printemps|été|automne|hiver) (?:de )?<year>"),
    ("year", r"(?:(?:la )?fin|(?:le )?début|(?:le )?milieu|mi)(?: |-)(?:de )?(?:l['’]année )?<year>"),
    BARE,
)

_FR_TURN = "(?P<turn>cette semaine|la semaine (?:prochaine|dernière))"
FRENCH_WORDS: tuple[Form, ...] = (
    (
        "nth_weekday",
        r"(?:le )?(?P<nth>premier|deuxième|second|troisième|quatrième|dernier|1er|[234]e) (?P<weekday><full>|jour) "
        r"(?:de |d['’]|du mois de |du mois d['’])<month>(?: <year>)?",
    ),
    ("weekday_week", rf"<full> (?:de )?{_FR_TURN}"),
    ("week", r"(?:la )?semaine du <on><day> <month>(?: <year>)?"),
    ("half_month", r"(?:la )?(?P<nth>première|1re|deuxième|seconde|2e) quinzaine (?:de |d['’])<month>(?: <year>)?"),
    ("days_turn", rf"<day>{_FR_TO}<day2> (?:de |du )?(?P<turn>ce mois|mois prochain|mois dernier)"),
    ("weekday_day", r"<full> (?P<number>\d{1,2})(?:er)?(?! ?(?:[hH%:]|[-–]|\w))"),
    ("slashed", r"(?:le|du|au) «(?P<a>\d{1,2})/(?P<b>\d{1,2})»(?![\d/%]| d(?:es?|u)(?!\w))"),
    ("slashed_alone", r"(?P<a>\d\d)/(?P<b>\d\d)(?![\d/%])"),
    ("holiday", r"<holiday>(?: (?:de )?<year>)?"),
    ("weekday", r"(?:ce )?<full>(?: (?P<later>en (?:huit|quinze)))?(?![\w-])"),
)

KOREAN: tuple[Form, ...] = (
    ("iso", r"<year>(?P<sep>[-/.]) ?<mm>(?P=sep) ?<dd>"),
    ("days", r"<year>년 ?<month>월 ?<day>일 ?(?:~|-|–|부터) ?(?:<year2>년 ?)?(?:<month2>월 ?)?<day2>일"),
    ("day", r"(?:<year>년 ?)?<month>월 ?<day>일"),
    ("quarter", r"<year>년 ?(?:제)?(?P<nth>[1-4])분기"),
    ("half", r"<year>년 ?(?P<nth>상반기|하반기)"),
    ("month", r"<year>년 ?<month>월"),
    ("years", r"<year>년? ?(?:~|-|–|부터) ?<year2>년"),
    ("year", r"<year>(?:년도?)(?!간)"),
)


def _names(words: dict[str, int]) -> str:
    escaped = (re.escape(word).replace("\\ ", " ") for word in words)
    return "|".join(sorted(escaped, key=lambda word: (-len(word), word)))


def _parts(language: str) -> dict[str, str]:
    """Give what the shorthands of a language stand for."""
    if language == "ko":
        month, day, on = r"(?:1[0-2]|0?[1-9])", _DAY, ""
    else:
        month = rf"(?:{_names(months(language))})(?![^\W\d_])\.?"
        suffix = "(?:st|nd|rd|th)?" if language == "en" else "(?: ?er| ?ᵉʳ|e)?"
        day = rf"(?:{_DAY}{suffix}(?![\w%])(?![.,]\d)|(?:{_names(day_words(language))})(?!\w))"
        on = rf"(?:(?:{_names(weekdays(language))})(?!\w)\.?,? (?:the |le )?)?"
    holiday = "|".join(row.pattern for row in lexicon.rows("holiday", language)) or "(?!)"
    full = {word: number for word, number in weekdays(language).items() if len(word) > 4}
    return {
        **_PARTS,
        "month": month,
        "month2": month,
        "day": day,
        "day2": day,
        "<on>": on,
        "full": rf"(?:{_names(full)})(?!\w)" if full else "(?!)",
        "any": rf"(?:{_names(weekdays(language))})(?!\w)\.?",
        "holiday": rf"(?:{holiday})(?!['’]?\w)",
    }


def _expand(pattern: str, language: str) -> str:
    parts = _parts(language)
    pattern = pattern.replace("<on>", parts.pop("<on>"))
    pattern = pattern.replace("(?P<weekday><full>", "(?P<weekday>" + parts["full"])
    pattern = pattern.replace("<any>", parts.pop("any"))
    for name, part in parts.items():
        pattern = (
            pattern.replace(f"(?P<{name}>", f"(?P\0{name}>")
            .replace(f"<{name}>", f"(?P\0{name}>{part})")
            .replace("\0", "<")
        )
    core = pattern if "«" in pattern else f"«{pattern}»"
    return core.replace(" ", _BLANK).replace("«", "(?P<core>").replace("»", ")")


GATES = {
    "en": r"\d|[(]|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|the |early|late|mid|"
    r"end|beginning|start|close|year-end|rest|remainder|spring|summer|fall|autumn|winter|q[1-4]|h[12]|fy|f ?-?\d|f['’]|"
    r"fiscal|financial|tax|academic|school|between|first|second|third|fourth|fifth|last|this|next|on|by|until|"
    r"before|after|since|for|from|to|week|<ordinal>|<holiday>",
    "fr": r"\d|jan|fév|fev|mar|avr|mai|juin|juil|ao[uû]t|sep|oct|nov|d[ée]c|lun|mer|jeu|ven|sam|dim|l[ea] |l['’]|ce |"
    r"fin|début|mi|courant|entre|t[1-4]|q[1-4]|premi|deuxi|second|trois|quatr|dernier|exercice|ef|année|printemps|"
    r"été|automne|hiver|du |au |semaine|<ordinal>|<holiday>",
}
"""How the forms of a language begin: a word that begins otherwise is passed over at once."""


def _gate(language: str) -> str:
    starts = {re.split(r"[^a-zà-ÿ]", row.pattern)[0][:4] for row in lexicon.rows("holiday", language)}
    plain = sorted(start for start in starts if start)
    grouped = [row.pattern for row in lexicon.rows("holiday", language) if not row.pattern[0].isalpha()]
    gate = GATES.get(language, "")
    gate = gate.replace("<holiday>", "|".join([*plain, *grouped]) or "(?!)")
    return gate.replace("<ordinal>", "|".join(sorted({word[:3] for word in day_words(language)})))


@cache
def day_words(language: str) -> dict[str, int]:
    """Give the words for the days of a month: "first", "premier", "quinze"."""
    counted = {word: int(row.value) for row in lexicon.rows("day_number", language) for word in row.pattern.split("|")}
    return counted | ordinals(language)


@cache
def forms(language: str) -> tuple[Row, ...]:
    """Give the forms of a language with their compiled patterns."""
    table = {"fr": FRENCH + FRENCH_WORDS, "ko": KOREAN}.get(language, ENGLISH + ENGLISH_WORDS)
    return tuple((name, re.compile(_expand(pattern, language))) for name, pattern in table)


@cache
def scanner(language: str) -> re.Pattern[str]:
    """Join the forms into one pattern; the group ``f7`` says that form 7 fits."""
    parts = []
    for index, (_, pattern) in enumerate(forms(language)):
        bare = pattern.pattern.replace("(?P<sep>", f"(?P<sep{index}>").replace("(?P=sep)", f"(?P=sep{index})")
        parts.append(f"(?P<f{index}>{re.sub(r'[(][?]P<(?!sep)[a-z0-9]+>', '(?:', bare)})")
    gate = f"(?={_gate(language)})" if language in GATES else ""
    return re.compile(rf"(?<![\w$€£/])(?<!\d[.,-]){gate}(?:{'|'.join(parts)})")
