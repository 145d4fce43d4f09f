"""The shapes of the phrases around a sum, filled with the words of each language from the ``phrase`` lexicon.

A shape is a regular expression in which ``<name>`` stands for the rows of that name. A shape whose rows a language
does not have matches nothing there.
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import rows

_OF = r"(?:de\sla\s|de\sl['’]|du\s|des\s|de\s|d['’])"
_NAME = r"[A-ZÉÀÈ][\w'’&-]*"
_DETERMINER = r"(?:(?:the|its|an?|new|la|le|les|une?)\s|l['’])"
_PUNCTUATION = r"[;:]|\.(?=\s|$)|[.!?]?[\"”»]|\n|\s[–—]\s"

SHAPES: dict[str, str] = {
    # Where the words about a use end.
    "stop": rf"{_PUNCTUATION}|\((?=[^)]*\d)|,\s(?=(?:<stop_comma>)\b)|,?\s(?=(?:<stop>)\b)",
    "clause": r",\s(?=(?:<clause>)\s)",
    "time": (r"\s*,?\s*(?:<time_start>)\b[^,.;]{0,12}?(?:\b\d{4}(?:[-–]\d{2,4})?\b|\b(?:<time_end>)\b)"),
    "trailing": r"(?:^|[\s,\xa0]+)(?:<trailing>)$|[\s,\xa0]+$",
    # What looks like a use and is none: "in 2021", "in new funding", "thanks to".
    "no_use": r"\w+\s+(?:(?:the\s+)?(?:[A-Z]{0,3}[$€£]|\d)|(?:<no_use>)\b)",
    "carrier": r"(?:in|of|as|en|de|d['’])\s*(?:(?:<carrier_word>)\s)*(?:<carrier>)\b",
    "linked": r"\b(?:<linked>)\s$",
    "aim": r"(?:<aim>)\b",
    # The noun a sum stands with, before it and after it.
    "own_noun": (
        r"(?:\b(?:an?|the|new|une?|la|le|des|de\snouvelles?)\s|\bl['’])?"
        r"((?<!\w)(?:(?!(?:<noun_stop>|will|includes?|including|de|comprend|comprendra|et|une?|la|le|an?|the|\w{{3,}}ing)\b)[\w’'-]+\s){0,3}(?:<own_noun>))"
        r"\s+(?:<bound_of>)\b[^,.;]{0,30}$"
    ),
    "noun_stop": r"\s(?:<noun_stop>)\b",
    "empty_noun": r"(?:<empty_noun>)",
    "function": r"(?:<function>)",
    # Who gets the sum.
    "benefit": rf"(?:<benefit>)\s+(?:à\s|aux?\s|que\s|{_OF})?",
    "inside": rf"\s(?:<inside>)\s+(?:{_OF})?(?=(?:{_DETERMINER}|all\s|our\s)?[\w-])",
    "given_to": r"\b(?:<given_to>)\s*",
    "for_total": r"\b(?:<for_total>)",
    "selected": r"\b(?:<selected>)",
    "article": r"(?:<article>)\s+|(?:l|d|de\sl)['’]",
    "name_stop": r"[;:()]|\.(?!\d)|\s?—|\s–\s|\s(?:<name_stop>)\b|\squ['’]",
    "given_stop": r"[;:(]|\.(?!\d)|\s?—|\s–\s|\s(?:<given_stop>)\b|,\s(?=(?:<given_stop_comma>)\b)",
    "subject_stop": r"[;:.(,]|\s[–—]\s|\s(?:<subject_stop>)\b",
    "preposition": r"\s(?:<preposition>)\s|\sd['’]",
    "joining": r"\s*(?:<joining>|,|,\s*and)?\s*(?:(?:two|three|\w+ing|deux|trois|un|les|des|all)\s)?",
    "dative_to": r"\b(?:<dative_to>)(?:\s+|(?<=['’]))",
    "dative_for": r"\b(?:<dative_for>)(?:\s+|(?<=['’]))",
    "venture": r"\b(?:<venture>)$",
    "branch": r"\b(?:<branch>)$",
    "named_body": rf"(?:new |nouveau |nouvelle )?{_NAME}(?:\s(?:[\w'’.-]+\s){{0,6}})?(?<![a-z]\s)(?:<body>)\b",
    "limit_of": r"['’]s?\s(?:\w+\s){0,2}(?:<limit>)\b",
    "limit_after": rf"\s(?:la\s|le\s|les\s|l['’]|the\s)(?:<limit>)\s{_OF}",
    "dative": r"\b(?:<dative>)(?:\s+|(?<=['’]))",
    "helps": r"\b(?:<helps>)(?:\s+|(?<=['’]))(?:the\s|la\s|le\s|les\s|l['’])?",
    "invested_in": r"\b(?:<invested_in>)\s+",
    "among": r"\b(?:<among>)(?:\s+|(?<=['’]))",
    "body": r"(?:<body>)\b",
    "investment_from": r"\b(?:<investment_from>)\s",
    # Who gives it.
    "and": r"\s*(?:\([^)]*\))?\s*(?:,|,?\s*(?:<and>)|<with>)\s*(?:the\s|la\s|le\s|les\s|l['’]|du\s|de\s|à\s)?",
    "from": r"\b(?:<from>)\s*(?:d['’])?(?:the\s|la\s|le\s|l['’]|les\s)?$",
    "of_giver": r"\s(?:<of_giver>)(?:\s|(?<=['’]))\s*(?:la\s|l['’])?$",
    "funds_of": r"(?:\s\([A-Z]{2,10}\))?\s(?:<named_money>)\b",
    "apposed_to": (
        r"(?:\s\([A-Z]{2,10}\))?,\s(?:an?|une?|le|la|the)\s(?:[\w-]+,?\s){0,4}?(?:<programme>)\b[^.;,]{0,50}"
    ),
    "governments": (
        r"gouvernements(?:(?:,|\set)?\s(?:<group_word>))+\b"
        r"|(?:(?:<group_word>)(?:,|\sand|,\sand)?\s)+(?:<group_head>)\b"
    ),
    "investors": r"\b(?:<investors>)\s",
    "valued": r"\b(?:<valued>)\b[^.;]{0,70}$",
    "acts": r"(?:\s(?:<across>)\s(?:the\s)?[\w-]+)?,?(?:\s(?:<auxiliary>|<acts>))*\s$",
    "object": r"\b(?:<object>)\s+(?:the\s|la\s|le\s|les\s|l['’]|its\s|new\s)?$|\b[dlà]['’]$",
    "owned": rf"\b(?:<owned>)\s+{_OF}$",
    "amounts_to": r"\s*(?:\w+\s+)?(?:<amounts_to>|d['’])?\s*(?:plus\sde\s|près\sde\s|environ\s|d['’]environ\s)?",
    "part": r"\b(?:<part>)\b[^.;]*$",
    "through": (
        rf"\b(?i:<through>)\s(?:{_OF})?\s*{_DETERMINER}*"
        r"((?:Fonds|Programme|Initiative|Volet|Stratégie|Plan)\s[^,.;()]{4,60}?(?=[,.;()]|\s(?:pour|afin|qui|et)\s|$)"
        rf"|{_NAME}(?:\s(?:(?:of|for|and|on|de|du|des|pour|et|en)\s)?[A-ZÉÀÈ0-9][\w'’&-]*)+)"
    ),
    "no_programme": r"\b(?:<no_programme>)\b|['’]s\s|20\d\d",
    "apposed": (
        rf"({_NAME}(?:\s(?:of|for|and|de|du|des|aux?|pour|la|[A-ZÉÀa-zéèêà][\w'’-]*)){{1,7}}?)\s*"
        r"(?:\([A-Z]{2,8}\))?,\s*(?:an?|une?)\s(?:\w+\s){0,2}(?:<programme>)\b[^.;]{0,60}$"
    ),
    "source": r"\b(?:<source>)\s*([^,.;]{4,70})",
    "group": (
        rf"((?:(?:{_NAME}|(?i:<group_word>))(?:,|\sand|,\sand)?\s)+(?:<group_head>)"
        r"|gouvernements(?:(?:,|\set)?\s(?:<group_word>))+)\s+(?:(?:<auxiliary>)\s+)*$"
    ),
    "joint": r"\b(?:<joint>)\b",
    "with": r"\b(?:<with>)\s+(?:the\s|la\s|le\s|les\s|l['’])?$",
    "gift": r"['’]s?\s+(?:\w+\s){0,2}(?:<gift>)\b",
    "secures": r"(?:<secures>)",
    "asks": r"(?:<asks>)\b",
    "buys": r"(?:<buys>)",
    "acting": r"(?:\s\([^)]{2,20}\))?\s(?:<acting>)\b",
    "the_government": r"\b(?:the|our|le|notre|du)\s(?:federal\s)?(?:government|gouvernement)(?!\s(?:of|d[eu’'])|s)\b",
    "government": r"\b(?:<government>)\b",
    "firm": r"\b(?:<firm>)\b",
    # How names hang together with the rest.
    "determiner": r"(?:(?:(?:<determiner>)\s)|l['’]|de\sl['’])*",
    "adjacent": r"(?:\s\([^)]{2,40}\))?,?(?:\s(?:<adjacent>))*\s?(?:d['’]|de\s)?",
    "points_back": r"[“\"]?(?:<points_back>)\b",
    "which_lets": r"(?:\s\([A-Z]{2,10}\))?,?\s(?:<which_lets>)\b",
    "modifiers": (r"(?<![\w’'.-])(?:(?!(?i:<no_modifier>|<help_word>)\b)[A-Za-zÀ-ÿ][\w’'-]*\s(?:and\s)?){1,4}$"),
    "name_end": r"\s?(?=[,.;:()«»\"]|\s(?:<name_end>)(?!\w)|$)",
    "after_bound": r"\s(?:(?:<after_bound>)\s)*",
    "direct": r"(?:\s(?:<direct>))*\s?",
    "not_dative": r"\b(?:<not_dative>)\s?$",
    "no_getter": r"(?:<no_getter>)\b|[^.;]{0,60}\b(?:<money_word>)$",
    "invested": r"\s(?:[\w-]+\s){0,3}(?:<invested>)\s(?:\([^)]*\)\s)?",
    "opening": r"\W*(?:<opening>)\s?",
    "goes_on": r"(?:\s\([^)]*\))?\s(?:<goes_on>)\b",
    # Where a phrase that says what a sum is for may end sooner.
    "cut_relative": r",?\s(?:<cut_relative>)\s",
    "cut_with": r",?\s(?:<cut_with>)\s",
    "cut_aim": r",?\s(?:<cut_aim>)\s?",
    "cut_for": r"\s(?:<cut_for>)\s",
    "money_of": r"\s(?:<money_of>)\s?",
    # What is only reported, what is still to come.
    "output": r"(?:\s[\w'’-]+){0,5}?\s(?:<output>)\b",
    "reported": r"\b(?:<reported>)\b.{0,80}?\b(?:<would>)\b",
    "the_agreement": r"\b(?:<the_agreement>)\b",
    "ahead": r"\b(?:<ahead>)\b",
}
_WITH_CAPITALS = frozenset(
    (
        *("modifiers", "points_back", "goes_on", "no_getter", "named_body", "through"),
        *("apposed", "group"),
    )
)
"""Shapes that tell names by their capitals."""


@cache
def phrase(shape: str, language: str) -> re.Pattern[str]:
    """Give the pattern of a shape in a language."""
    flags = re.DOTALL if shape in _WITH_CAPITALS else re.IGNORECASE | re.DOTALL
    return re.compile(re.sub(r"<(\w+)>", lambda slot: _rows(slot[1], language), SHAPES[shape]), flags)


@cache
def _rows(value: str, language: str) -> str:
    patterns = sorted(
        (row.pattern for row in rows("phrase", language) if row.value == value), key=lambda p: (-len(p), p)
    )
    return "|".join(patterns) or r"(?!)"
