"""Grow a head noun into the name of an instrument: to the left over its modifiers, to the right over its tails.

English names stand mostly before their head noun ("Canada–Korea Free Trade Agreement") and go on with "on", "for",
"with", "between"; French names follow it ("Accord de libre-échange Canada-Corée"). A name ends at a verb, a relative
pronoun, a date, a bracket or a comma that opens something new.
"""

from __future__ import annotations

import re

from extract.find.agreements.instrument import Determiner, Role, Tail
from extract.find.agreements.wording import Token, tokens, word_class

_LEFT_REACH = 160
_RIGHT_REACH = 330
_MODIFIERS = 5
_TAIL_WORDS = 24

_OPENERS: dict[str, tuple[tuple[Role, re.Pattern[str]], ...]] = {
    "en": (
        ("between", re.compile(r"(?:between|among|amongst)\b", re.I)),
        ("with", re.compile(r"(?:with|by)\b", re.I)),
        (
            "on",
            re.compile(
                r"(?:on|for|concerning|regarding|respecting|governing|against|in|of|about|under|covering|aimed at"
                r"|relating to|related to|with respect to|with regard to|pertaining to|identifying)\b",
                re.I,
            ),
        ),
        ("to", re.compile(r"(?:to(?! (?:the|an?|be|its|their|our|date|this|that|each|any)\b)|that (?!will|would|is|was|are|has|have|could|may|can|includes?|provides?|allows?|enables?|supports?|sets?|helps?))\b", re.I)),
    ),
    "fr": (
        ("between", re.compile(r"entre\b", re.I)),
        ("with", re.compile(r"(?:avec|par)\b", re.I)),
        (
            "on",
            re.compile(
                r"(?:sur|concernant|portant sur|relati(?:f|ve)s? (?:à|au|aux)\b|relativement (?:à|au|aux)\b|en matière d|"
                r"en faveur d|touchant|contre|pour (?:la|le|les|l[’']|un|une)\b|pour\b|de\b|d[’']|du\b|des\b|en\b|à\b|au\b|aux\b"
                r"|à l[’']égard d|au sujet d)",
                re.I,
            ),
        ),
        ("to", re.compile(r"(?:visant à|afin d|destinée?s? à|permettant d|en vue d)", re.I)),
    ),
}
_TIME = re.compile(
    r"(?:in|on|since|of|from|by|dated|for|en|de|depuis|le|du|pour)?\s*(?:the\s+)?(?:(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Spring|Summer|Fall|Winter|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre)\b|(?:19|20)\d\d\b|\d{1,2}(?:er)?\s+(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b|today\b|last\b)",
    re.I,
)
_ACRONYM = re.compile(r"\s*\(\s*(?:the\s+|l[’'])?[“”\"«‘]?\s*([A-ZÀ-Ý][\w&.\-–]{1,14}s?)\s*[“”\"»’]?\s*\)")
_PLACE_MEETING = re.compile(r"(?:lors|dans le cadre|à l[’']occasion|at the|during|as part of)\b", re.I)
_ENDS_PHRASE: dict[str, dict[str, frozenset[str]]] = {
    "en": {
        "party": frozenset("to on for in regarding concerning through via under as at from by into within over since during".split()),
        "on": frozenset("with between among to through under at from by via as into".split()),
        "to": frozenset("through via as since until under".split()),
    },
    "fr": {
        "party": frozenset("sur concernant pour visant afin relatif relative relativement en dans jusqu par via depuis sous".split()),
        "on": frozenset("avec entre visant dans par afin via depuis jusqu lors sous".split()),
        "to": frozenset("par via depuis lors".split()),
    },
}
_NEW_NAME = re.compile(r"\s+(?:de|du|des|d[’']|à|au|aux)\s*(?:la\s|le\s|les\s|l[’'])?[A-ZÀ-Ý]")
_SUCH_AS = re.compile(r"(?:such as|like|including|tels? que?|telles? que?|comme|notamment)\b", re.I)
_AMOUNT = re.compile(r"(?:of|for|worth|de|d[’']|for up|pour)\s+(?:up to|over|more than|about|approximately|nearly|plus de|près de|environ|jusqu|\$|€|£|US\$|C\$|\d)", re.I)
_NAMING_VERBS = frozenset("support work working use release review implementing developing extended building partner issue invest".split())
_STOP_CLASSES = frozenset({"verb", "conjunction", "pronoun"})
_DETERMINERS: tuple[tuple[Determiner, re.Pattern[str]], ...] = (
    ("demonstrative", re.compile(r"this|these|that|those|such|ce|cet|cette|ces", re.I)),
    ("indefinite", re.compile(r"an?|une?|another", re.I)),
    ("possessive", re.compile(r"its|their|our|his|her|my|your|son|sa|ses|leurs?|notre|nos|votre|vos|.+[’']s|.+s[’']", re.I)),
    ("definite", re.compile(r"the|le|la|les|l[’']|du|au|aux", re.I)),
    ("generic", re.compile(r"any|every|each|all|no|some|many|various|other|multiple|numerous|tout|toute|tous|toutes|aucune?|autres?|des|de|plusieurs|divers(?:es)?|certaine?s", re.I)),
    ("count", re.compile(r"two|three|four|five|six|seven|eight|nine|ten|both|several|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+", re.I)),
)


def determiner(text: str, start: int, low: int) -> Determiner:
    """Tell how the name that begins at ``start`` is introduced; looks past evaluative words."""
    before = tokens(text, max(low, start - 60), start)
    for token in reversed(before[-3:]):
        for name, pattern in _DETERMINERS:
            if pattern.fullmatch(token.text):
                return name
        if word_class(token.text, "en") != "evaluative" and word_class(token.text, "fr") != "evaluative":
            return ""
    return ""


def grow_left(text: str, head: int, low: int, *, titled: bool) -> int:
    """Give the start of an English name: modifiers before the head, capitalised ones over "and", "of" and "for"."""
    before = tokens(text, max(low, head - _LEFT_REACH), head)
    start, lower_seen, index = head, 0, len(before) - 1
    while index >= 0:
        token = before[index]
        kind = word_class(token.text, "en")
        if token.text in "-–/" and index and text[token.start - 1 : token.start].isalnum():
            index -= 1
            continue
        if titled and _links(before, index, start, text):
            index -= 1
            continue
        if not token.word or (kind in _STOP_CLASSES or kind in ("determiner", "preposition")) and not _inner(token, kind):
            break
        if text[token.end : start].strip(" -–/") and not titled:
            break
        if not token.capital:
            lower_seen += 1
            if titled and start != head and kind != "":
                break
            if lower_seen > _MODIFIERS or (titled and not _hyphenated_or_plain(token)):
                break
            if titled:  # a lower-case word before a capitalised name ends it
                break
        if token.text.endswith(("’", "'")) or re.search(r"[’']s$", token.text):
            if not titled:
                break  # the possessor is a party, not a part of the name
            break
        start = token.start
        index -= 1
    return _strip_left(text, start, head)


def grow_right(text: str, head_end: int, high: int, language: str, *, titled: bool) -> tuple[int, tuple[Tail, ...], tuple[int, int] | None]:
    """Give the end of the capitalised name, the tails, and the acronym that a bracket adds."""
    high = min(high, head_end + _RIGHT_REACH)
    name_end, position, acronym = head_end, head_end, None
    if language == "fr":
        name_end = position = _adjectives(text, head_end, high, titled=titled)
    tails: list[Tail] = []
    while len(tails) < 4:
        bracket = _ACRONYM.match(text, position, high)
        if bracket and acronym is None:
            acronym = bracket.span(1)
            position = bracket.end()
            continue
        tail = _tail(text, position, high, language, titled=titled and position - name_end <= 22)
        if tail is None:
            break
        if titled and tail.role in ("on", "between") and _in_title(text, tail, language):
            name_end = tail.end
        tails.append(tail)
        position = tail.end
    return name_end, tuple(tails), acronym


def _links(before: list[Token], index: int, start: int, text: str) -> bool:
    """Tell whether a small word joins two capitalised parts of a name: "Science and Technology Agreement"."""
    token = before[index]
    if token.text.lower() not in ("and", "&", "of", "for", "on") or index == 0 or text[token.end : start].strip():
        return False
    left = before[index - 1]
    return left.capital and left.word and not word_class(left.text, "en") and start > token.end and index + 1 < len(before)


def _inner(token: Token, kind: str) -> bool:
    """Tell whether a word of a stopping class is capitalised within a name ("Working", "Joint", "Building")."""
    return token.capital and kind == "verb" and token.text.lower() in _NAMING_VERBS


def _hyphenated_or_plain(token: Token) -> bool:
    return token.text[:1].isalnum()


def _strip_left(text: str, start: int, head: int) -> int:
    """Drop evaluative words and stray verbs at the left edge."""
    for token in tokens(text, start, head):
        if word_class(token.text, "en") in ("evaluative", "verb", "conjunction", "pronoun", "determiner", "preposition") or not token.word:
            start = token.end
            continue
        return token.start
    return head


def _adjectives(text: str, position: int, high: int, *, titled: bool) -> int:
    """Give the end of the French modifiers right after the head noun: "administrative", "Canada–Corée", "global"."""
    end, count = position, 0
    for token in tokens(text, position, min(high, position + 110)):
        between = text[end : token.start]
        if between.strip() or "\n" in between:
            break
        if token.text == "et" and titled and count:
            count += 1
            continue
        kind = word_class(token.text, "fr")
        if not token.word or kind in ("verb", "determiner") or _preposition_fr(text, token):
            break
        count += 1
        if count > 6:
            break
        if kind == "evaluative" and not token.capital and not _tail_follows(text, token.end, high):
            break
        end = token.end
    return end


def _tail_follows(text: str, position: int, high: int) -> bool:
    """Tell whether a French tail begins after a word, so that an evaluative one before it stays in the name."""
    begin = position + 1
    return begin < high and any(pattern.match(text, begin, high) for _, pattern in _OPENERS["fr"])


def _preposition_fr(text: str, token: Token) -> bool:
    return any(pattern.match(text, token.start) for _, pattern in _OPENERS["fr"]) or token.text.lower() in (
        "et", "ou", "dans", "par", "chez", "vers", "sous", "sans", "grâce", "lors", "ainsi",
    )


def _tail(text: str, position: int, high: int, language: str, *, titled: bool) -> Tail | None:
    """Read the phrase that begins at ``position``, None if none does."""
    begin = position + len(text[position:high]) - len(text[position:high].lstrip(" \u00a0"))
    if begin >= high or _TIME.match(text, begin, high) or _AMOUNT.match(text, begin, high):
        return None
    for role, pattern in _OPENERS[language]:
        opener = pattern.match(text, begin, high)
        if opener:
            end = _phrase_end(text, opener.end(), high, language, role=role, titled=titled)
            return Tail(role, begin, end) if end > opener.end() else None
    return None


def _phrase_end(text: str, start: int, high: int, language: str, *, role: Role, titled: bool) -> int:
    """Give the end of a noun phrase: at a verb, a new clause, a date, a bracket; lists go on while they are parallel."""
    parts = tokens(text, start, high)
    end, words, joined = start, 0, 0
    infinitive, resume = role == "to", start
    for index, token in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        gap = text[end : token.start]
        if "\n" in gap:
            break
        if token.start < resume:
            continue
        example = _SUCH_AS.match(text, token.start, high) if role in ("with", "between") else None
        if example:
            resume = example.end()
            continue
        if not token.word:
            if token.text in "-–/&“”\"«»’'" and words:
                continue
            if token.text == "," and following and _list_goes_on(text, token, following, parts[index:], role=role, titled=titled, language=language):
                continue
            if token.text == "(" and following and _short_bracket(text, token.start, high):
                continue
            if token.text == ")" and "(" in text[start : token.start] :
                end = token.end
                continue
            break
        kind = word_class(token.text, language)
        low = token.text.lower()
        if low in ("and", "et", "&"):
            joined += 1
            if following is None or not _goes_on(following, language, role=role, joined=joined):
                break
            if titled and role == "on" and _NEW_NAME.match(text, token.end):
                break
            continue
        if words and _TIME.match(text, token.start, high) and low not in ("may", "march", "mars", "mai"):
            break
        if words and _PLACE_MEETING.match(text, token.start):
            break
        if kind == "verb" and not (infinitive and words == 0) and not (token.capital and titled):
            break
        if kind in ("pronoun", "conjunction") and not (infinitive and words < 2):
            break
        if words and low in _ENDS_PHRASE[language]["party" if role in ("with", "between") else role]:
            break
        words += 1
        if words > _TAIL_WORDS:
            break
        end = token.end
    return _without_loose_end(parts, start, end, language)


def _without_loose_end(parts: list[Token], start: int, end: int, language: str) -> int:
    """Cut prepositions, articles and conjunctions off the end of a phrase."""
    for token in reversed([part for part in parts if part.end <= end]):
        loose = word_class(token.text, language) in ("preposition", "determiner", "conjunction", "pronoun")
        if token.text == ")" or (token.word and not loose and token.text.lower() not in _LOOSE):
            return token.end
    return start


_LOOSE = frozenset({"and", "et", "or", "ou", "de", "d’", "d'", "l’", "l'", "à", "en", "au", "aux", "sur", "avec", "pour"})


def _goes_on(following: Token, language: str, *, role: Role, joined: int) -> bool:
    """Tell whether "and" joins more of the same phrase: a second party, a second noun; not a new clause or object."""
    kind = word_class(following.text, language)
    if role in ("between", "with") and joined <= 3:
        return kind not in ("verb", "pronoun", "conjunction")
    if role == "to":
        return kind not in ("pronoun", "conjunction", "determiner")
    if kind in ("verb", "pronoun", "conjunction"):
        return following.capital and kind == "verb"
    return kind != "determiner" or following.capital or following.text.lower() in ("l’", "l'", "des", "du")


def _list_goes_on(
    text: str, comma: Token, following: Token, rest: list[Token], *, role: Role, titled: bool, language: str
) -> bool:
    """Tell whether a comma separates parts of one list that ends with "and": capitalised parts, or "de …, de … et de …"."""
    clause = re.split(r"[;.:\n]", text[comma.end : comma.end + 200], maxsplit=1)[0]
    if not re.search(r"\b(?:and|et|&)\b", clause):
        return False
    if following.text.lower() in ("and", "et"):
        return True
    if role in ("with", "between"):
        return following.capital or following.text.lower() in ("the", "le", "la", "l’", "l'", "de", "du", "des")
    if titled and language == "en":
        return following.capital or following.text.lower() == "the" and len(rest) > 2 and rest[2].capital
    if language != "fr":
        return False
    if titled and re.match(r"\s*(?:le |la |les |l[’'])[^,;.]{2,40}\set (?:de )?(?:le |la |les |l[’'])", text[comma.end : comma.end + 90]):
        return True
    return bool(re.match(r"\s*(?:de |d[’']|du |des |en |à )", text[comma.end :]))


def _short_bracket(text: str, position: int, high: int) -> bool:
    return bool(re.compile(r"\([A-Z][\w&.\-]{1,12}\)").match(text, position, high))


def _in_title(text: str, tail: Tail, language: str) -> bool:
    """Tell whether a tail belongs to a capitalised name: its content words are capitalised (English), or it is French."""
    content = [t for t in tokens(text, tail.start, tail.end)[1:] if t.word and not word_class(t.text, language)]
    if language == "fr":
        return True
    return bool(content) and content[0].capital and sum(t.capital for t in content) >= 0.6 * len(content)
