"""Read what a sum is for from the words after it; from its own noun when nothing follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.assemble.funding.context import Context
from extract.lexicon import alternation
from extract.lexicon.scan import Hit, scan

Place = tuple[int, int]

_STOP = re.compile(
    r"[;:]|\.(?=\s|$)|[.!?]?[\"”»]|\n|\s[–—]\s|\((?=[^)]*\d)"
    r"|,\s(?=(?:while|which|where|with|bringing|building|allowing|helping|ensuring|plus|an initiative|a program|in addition|"
    r"qui|dont|où|notamment|y compris|ce qui|avec|en plus|ce qui|une initiative|un programme|an increase|up from|down from|marking|leading|resulting)\b)"
    r"|,?\s(?=(?:as well as|along with|including|including by|ainsi que|ainsi qu['’]|and up to|and more than|and an? (?:additional|extra)|et jusqu|et plus de|"
    r"through (?:the|existing|its|our)\b|par l['’](?:entremise|intermédiaire)|s['’]ajoutant|resulting in|leading to|such as|like|comme|so (?:that )?they|so they)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s(?=(?:and|but|et|mais)\s)", re.IGNORECASE)
_TIME = re.compile(
    r"\s*,?\s*(?:over|in|during|through|by|starting in|beginning in|annually|per year|sur|au cours de|pendant|en|d['’]ici|à compter de|à partir de|par an(?:née)?)\b"
    r"[^,.;]{0,12}?(?:\b\d{4}(?:[-–]\d{2,4})?\b|\b(?:\w+|\d+)[- ](?:years?|months?|weeks?)\b"
    r"|\b(?:\w+ )?(?:next|prochain\w*|last) [\w ]{0,12}(?:years?|ans|années|mois)|\b(?:\w+|\d+) (?:ans|années|mois|exercices)\b)",
    re.IGNORECASE,
)
_NO_USE = re.compile(
    r"(?:in|for|dans|pour|en|au|on|to|under|through)\s+(?:the\s+)?(?:[A-Z]{0,3}[$€£]|\d|same\b|past\b|last\b|next\b|first\b|second\b|third\b|fourth\b|addition\b|total\b|place\b|response\b"
    r"|respect\b|order\b|particular\b|date\b|month\b|year\b|quarter\b|age of|average\b|new agreement|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|l['’]année|cours|total|moyenne|plus\b|moins\b|titre)",
    re.IGNORECASE,
)
_CARRIER = re.compile(
    r"(?:in|of|as|en|de|d['’])\s*(?:an?\s|new\s|additional\s|federal\s|targeted\s|total\s|direct\s|non-repayable\s|financial\s|public\s|private\s|ongoing\s|annual\s"
    r"|existing\s|previously\s|one-time\s|combined\s|initial\s|seed\s|grant\s|bipartisan\s|joint\s)*"
    r"(?:funding|funds?|financing|investments?|grants?|loans?|contributions?|financement|fonds|subventions?|prêts?|contributions?|investissements?|special payments|total)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:thanks|due|response|respond|according|addition|access|related|compared|relative|back|prior|subject|committed|based|depending|relied|spent|according|"
    r"grâce|quant|suite|rapport|conformément|jusqu['’]|face|y compris)\s$",
    re.IGNORECASE,
)
_AIM = re.compile(r"in order|so as|designed|intended|aimed|in support|which will|that will|afin|en vue|dans le but|de manière|de façon|à l['’]appui|visant|conçu|pour que", re.IGNORECASE)
_OWN_NOUN = re.compile(
    r"(?:\b(?:an?|the|new|un|une|la|le|des|de nouvelles?)\s|\bl['’])?((?:(?!of|to|for|will|include|includes|including|and|de|comprend|comprendra|et|une?|la|le)[\w’'-]+\s){0,3}"
    r"(?:grants?|loan commitment|loan guarantees?|loans?|support|credit facility|contributions?|bonus|capacity|subvention|engagement de prêt|prêts?|garanties?|prime|aide|capacité de prêt|capacité d['’]emprunt)"
    r"(?:\s(?:supplémentaire|additionnelle|non remboursable|financière|humanitaire))?)"
    r"\s+(?:of|by|de|d['’]une valeur de|allant|pouvant)\b[^,.;]{0,30}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s?((?:[\w'’&/-]+\s){0,6}[\w'’&/-]+)")
_TRAILING = re.compile(
    r"(?:^|[\s,\xa0]+)(?:and|or|of|an?|the|plus|with|to|for|is|as|et|ou|de|des|du|la|le|les|un|une|more than|up to|over|about|nearly|approximately"
    r"|jusqu['’]à|plus|environ|près|d['’]environ|an additional|an extra)$|[\s,\xa0]+$",
    re.IGNORECASE,
)


def clause_end(context: Context) -> int:
    """Give where the words about a sum end: at the next sum, the end of its clause, or of its sentence."""
    limit = min(context.right, context.high)
    stop = re.compile(r"[;]|\.(?=\s|$)|\n").search(context.document.text, context.end, limit)
    return stop.start() if stop else limit


def uses(context: Context) -> list[tuple[Hit, Place, bool]]:
    """Give the phrases that follow a word of use, each with its span and whether it tells an aim (a verb follows)."""
    end, text, found = clause_end(context), context.document.text, []
    for hit in scan("use", context.language, text, context.end, end):
        if _CARRIER.match(text, hit.start) or _NO_USE.match(text, hit.start) or _PART_OF.search(text[: hit.start][-16:]):
            continue
        span = _phrase(context, hit.end, end)
        if span is not None:
            found.append((hit, span, is_aim(context, hit, span)))
    return found


def purpose(context: Context, found: list[tuple[Hit, Place, bool]], got: Sequence[Place]) -> Place | None:
    """Choose what the sum is for: an aim ("to build …") if one is near, else the first use, else its own noun.

    ``got`` are the places that name who gets the sum: "to the provinces" says less than the sum's own noun.
    """
    aim = next((span for hit, span, aims in found if aims and hit.start - context.end <= 160), None)
    if aim is not None:
        return aim
    own = _own_noun(context)
    if not found:
        return own
    hit, span, _ = found[0]
    names_getter = any(place[0] < span[1] and span[0] < place[1] for place in got)
    specific = own is not None and len(context.words(*own).split()) >= 2
    if specific and (names_getter or hit.start - context.end > 12):
        return own
    return span if hit.start - context.end <= 60 else own or span


def is_aim(context: Context, hit: Hit, span: Place) -> bool:
    """Tell whether a use word is followed by a verb: "to build", "pour bâtir", "in support of"."""
    word = context.words(hit.start, hit.end)
    if _AIM.match(word) or context.words(span[0], span[0] + 4).casefold() in ("que ", "qu’i", "qu'i"):
        return True
    return starts_with_verb(context, span[0])


def starts_with_verb(context: Context, start: int) -> bool:
    """Tell whether a verb of action stands at an offset."""
    text = context.document.text
    word = re.compile(r"(?:s['’]|ne pas |mieux |better |further )?([^\W\d_][\w’'-]*)").match(text, start)
    if word is None or word[1][0].isupper():
        return False
    return _verb(context.language, "base").fullmatch(word[1]) is not None and not _verb(context.language, "not").fullmatch(word[1])


@cache
def _verb(language: str, value: str) -> re.Pattern[str]:
    return alternation("action_verb", language, value)


def _phrase(context: Context, start: int, right: int) -> Place | None:
    """Give the phrase that starts after a use word, without the stretch of time at its end."""
    text = context.document.text
    while start < right and text[start].isspace():
        start += 1
    stop = _STOP.search(text, start, right)
    end = stop.start() if stop else right
    clause = _CLAUSE.search(text, start, end)
    if clause and "," not in text[start : clause.start()]:
        end = clause.start()
    for time in _TIME.finditer(text, start, end):
        if time.end() >= end - 2:
            end = time.start()
            break
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Place | None:
    while tail := _TRAILING.search(text[start:end]):
        end -= len(tail[0])
    return (start, end) if end - start >= 4 else None


def _own_noun(context: Context) -> Place | None:
    """Give the noun that the sum stands with: "a $5 million skills initiative", "a grant of $5 million"."""
    text, end = context.document.text, clause_end(context)
    stop = _STOP.search(text, context.end, end)
    after = _AFTER.match(text, context.end, stop.start() if stop else end) if context.language == "en" else None
    if after and after[1].split()[0].casefold() not in _FUNCTION:
        cut = re.search(r"\s(?:that|which|who|to|for|from|with|is|are|was|were|will|in|on|by|and|as|under|through|over|qui|que|pour|de la part|sera|seront|est|sont|ont|a)\b", after[1])
        place = _trimmed(text, after.start(1), after.start(1) + (cut.start() if cut else len(after[1])))
        if place and not re.fullmatch(r"(?:investments?|funding|announcement|commitment|in total|annually|more)", context.words(*place)):
            return place
    before = _OWN_NOUN.search(text, max(context.left, context.low), context.start)
    return (before.start(1), before.end(1)) if before else None


_FUNCTION = frozenset(
    "over in from to for of on by and or under through with has have had was were is are will would more less since as at that which who per a an the this "
    "each between during until including plus it they he she we but so not also already announced sur en de du des d' dans pour par et ou qui que sont est ont a "
    "au aux à sera seront seraient serait proviennent provient avait ainsi soit y annuellement annuels annually respectively".split()
)
