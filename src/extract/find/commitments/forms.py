"""In which form an item of a list opens (a thing to do, a thing done, a sum …) and what it says after its label."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import alternation

DOING = re.compile(r"\b(?:is|are)(?: also| now| today| currently)? \w{2,}ing\b")
WILL = {
    "en": re.compile(
        r"\b(?:will|(?:parties|sides|governments|participants) shall|(?:plans?|intends?|expects?|hopes?) to)\b"
    ),
    "fr": re.compile(
        r"\b(?:\w{2,}(?:era|ira|dra|vra|tra|erons|irons|drons|vrons|trons|eront|iront|dront|vront|tront|ura|urons|uront)"
        r"|(?:ser|fer|aur|ir|pourr)(?:a|ons|ont)|prévo(?:it|ient|yons)(?! que)|comptons"
        r"|compte(?:nt)?(?= \w+(?:er|ir|re)\b)|(?:nous )?attendons à)\b"
    ),
}
AIM = {
    "en": re.compile(
        r"\b(?:announc(?:es?|ed|ing)|launch(?:es|ed|ing)|commit(?:s|ted|ting)|intends?|plans?|aims?|agreed|pledg(?:es?|ed)"
        r"|calls? (?:on|for)|would|propos(?:es?|ed)|seeks?|supports?|endorses?|directs?|working (?:to|with))\b"
    ),
    "fr": re.compile(
        r"\b(?:annonc(?:e|ent|é|ons)|lanc(?:e|ent|é|ons)|s['’]engagent?|engagés?|vise(?:nt)? à|a pour (?:objectif|but)"
        r"|convenu|propos(?:e|ent|é)|entend(?:ent)?|souhaite(?:nt)?|\w{3,}rai(?:t|ent))\b"
    ),
}
PAST = {
    "en": re.compile(
        r"\b(?:has|have|had)(?: \w+ly| also| already| now)? \w{2,}(?:ed|en|ade|un|one|ilt|ut|ven|rown)\b"
        r"|\b(?:was|were|took|made|gave|began|led|held|received|awarded|secured|delivered|enacted|passed)\b"
    ),
    "fr": re.compile(
        r"\b(?:a|ont|avons|est|sont|avait|avaient)(?: été| déjà| aussi| également)?"
        r" \w{2,}(?:é|és|ée|ées|i|is|it|u|us|uit)\b"
    ),
}
YOU = {"en": re.compile(r"\byou(?:rs?|rself)?\b", re.I), "fr": re.compile(r"\b(?:vous|votre|vos)\b", re.I)}
_PASSIVE = {
    "en": re.compile(r"will(?: also| now)? be(?: \w+ly)? \w+(?:ed|en|un|ade|eld|uilt)\b"),
    "fr": re.compile(r"ser(?:a|ont)(?: \w+ment)? \w+(?:é|i|u|is|it)e?s?\b"),
}
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_GERUND = re.compile(r"(?!During|According|Regarding|Including|Following|Spring|String|Thing)\w{3,}ing\b")
_MONEY = re.compile(
    r"(?:(?:an additional|up to|more than|over|jusqu['’]à|plus de) )?"
    r"(?:[A-Z]{0,3}[$€£]\s?\d|\d[\d\s.,]*(?:millions?|milliards?|M|G)?\s?[$€])"
)
_OPENING = {
    "en": re.compile(r"(?:to|in order to|when|as|by|with|through|where)\b", re.I),
    "fr": re.compile(r"(?:pour|afin|en|dans|à|avec|par|conformément|compte tenu)\b", re.I),
}
_LABELLED = re.compile(r"([^\n:.;?!]{2,110}?)(?:\s?:|\.|\s?[–—])\s*(?=[\w“«\"(])")
"""A short label before an item's own words: "Ports: The city will …", "Safer ports. The city …", "Ports — …"."""
_JOINT = re.compile(r"(?:and|or|et|ou)\b,?\s+", re.I)
_GERONDIF = re.compile(r"en \w{3,}ant\b", re.I)
_INFINITIVE = re.compile(r"(?:s['’])?\w+(?:er|ir|re)", re.I)
_OBJECT = re.compile(
    r"\s+(?:the|an?|our|its|their|your|all|each|every|both|this|these|those|more|less|up|out|down|off|over|back)\b",
    re.I,
)
_GOAL = {
    "en": re.compile(r"(?:\w+ )?\d[\d.,]*\s?(?:%|\w).{3,120}\bby (?:the end of |late |early |mid-)?20[2-9]\d\b", re.I),
    "fr": re.compile(
        r"(?:\w+ )?\d[\d\s.,]*\s?(?:%|\w).{3,120}\b(?:d['’]ici|à l['’]horizon)(?: à)?(?: la)?(?: fin)? ?"
        r"(?:de )?20[2-9]\d\b",
        re.I,
    ),
}
"""A goal in figures with its deadline: "30% fewer emissions by 2030"."""
_NAMED = r"(?: [a-zé]+(?:ée?s?|elle?s?|ives?|ifs?|ntes?|nts?|ques?))? (?:de|du|des|d['’]|à|au|aux|en|entre|avec|par)"
"""What follows the noun of an action: "Renforcement de …", "Organisation conjointe d’un …"."""
_NO_VERB = re.compile(
    r"(?:the|an?|our|its|their|this|these|those|that|all|any|each|every|both|some|more|no|new|other|up|over|it|we|they)",
    re.I,
)


def first_sentence(words: str) -> str:
    """Give the first sentence of an item."""
    return re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]


def item_form(words: str, language: str, *, prose: bool = False, completes: bool = False) -> str:
    """Name the form in which an item opens: action, future, doing, done, money, noun, question, other.

    In ``prose`` an English gerund is a subject ("Building it was hard"), not a thing to do. An item ``completes`` a
    lead that ends with "will:" or "to:": its first word is a verb whatever else it may mean ("Source masks here").
    """
    joint = _JOINT.match(words)
    words = words[joint.end() :] if joint else words
    opening = words[:160]
    if words.rstrip().endswith("?"):
        return "question"
    if _MONEY.match(opening):
        return "money"
    first = _WORD.search(opening[:24])
    if first is None:
        return "other"
    if completes and first.start() == 0 and _is_verb_after_modal(first[0], language):
        return "action"
    if _acts(first[0], opening, language) and not (prose and language == "en" and _GERUND.fullmatch(first[0])):
        return "action"
    if WILL[language].match(opening, first.start()):
        return "action"
    if _GOAL[language].match(first_sentence(words)):
        return "action"
    if language == "fr" and not prose and _names_action(opening[first.start() :]):
        return "action"
    if _did(first[0], language):
        return "done"
    if WILL[language].search(opening):
        return "future"
    if language == "en" and DOING.search(opening):
        return "doing"
    if _OPENING[language].match(opening) and _acts_after_comma(words[:300], language):
        return "action"
    return "noun" if _nouns(language).search(opening[:36]) else "other"


def body_form(words: str, language: str) -> str:
    """Name what an item says after its label: will, aims, doing, acts, bare (nothing follows) or states."""
    label = _LABELLED.match(words)
    if label is None or len(label[1].split()) > 16:
        return "unlabelled"
    body = words[label.end() : label.end() + 500]
    if len(body.split()) < 3:
        return "bare"
    first = first_sentence(body)
    for name, pattern in (("will", WILL[language]), ("aims", AIM[language]), ("doing", DOING)):
        if pattern.search(first):
            return name
    form = item_form(body, language, prose=True)
    if form in ("action", "money"):
        return "acts"
    return "will" if WILL[language].search(body) else "aims" if AIM[language].search(body) else "states"


def is_titled(words: str, form: str, body: str) -> bool:
    """Tell whether the gerund that opens an item is only its title: "Cutting fees. The plan bases fees on income"."""
    return form == "action" and body not in ("unlabelled", "bare") and _GERUND.match(words) is not None


def who_will(words: str, language: str) -> str:
    """Name whose future an item tells: a party, a thing ("The new fund will help"), passive, other; "" for none."""
    will = WILL[language].search(words)
    if will is None:
        return ""
    after = _PASSIVE[language].match(words, will.start())
    if after:
        return "passive"
    before = re.sub(r"\s*\([^()]*\)", "", words[: will.start()])
    subject = re.split(r"[,;:]|\s[–—]\s", before)[-1].split()[-4:]
    if not subject:
        return "other"
    if _subjects(language, "pronoun").fullmatch(subject[-1]):
        return "other"
    near = " ".join(subject)
    kinds = {kind: [m.end() for m in _subjects(language, kind).finditer(near)] for kind in ("party", "thing")}
    last = max(kinds, key=lambda kind: max(kinds[kind], default=-1))
    if max(kinds[last], default=-1) == len(near) or (kinds[last] and not _is_name(subject)):
        return last
    return "party" if _is_name(subject) else "other"


def _is_name(subject: list[str]) -> bool:
    """Tell whether the last word before a verb is a name: a capital within a sentence, or an acronym."""
    last = subject[-1].strip("’'\"”")
    return last[:1].isupper() and (len(subject) > 1 or last.isupper() or len(last) > 4)


def _is_verb_after_modal(word: str, language: str) -> bool:
    if language == "fr":
        return _INFINITIVE.fullmatch(word) is not None
    return _NO_VERB.fullmatch(word) is None and not word.isupper()


def _acts(word: str, opening: str, language: str) -> bool:
    """Tell whether an item opens with a verb of action: imperative, infinitive or gerund, maybe after an adverb."""
    if word.casefold() in ("to", "jointly", "further", "also", "continue", "ne", "de", "à", "mieux"):
        following = _WORD.search(opening, opening.find(word) + len(word))
        return following is not None and _acts(following[0], opening[following.start() :], language)
    if language == "fr":
        if word.casefold() == "en":
            return _GERONDIF.match(opening, opening.find(word)) is not None
        word = re.sub(r"^s['’]", "", word, flags=re.IGNORECASE)
    if language == "en" and _GERUND.fullmatch(word):
        return True
    if _verbs(language, "both").fullmatch(word):  # a noun as often: "Turn our cameras on", but "Trade grew"
        return _OBJECT.match(opening, opening.find(word) + len(word)) is not None
    known = _verbs(language, "base").fullmatch(word) or _verbs(language, "verb").fullmatch(word)
    return known is not None and not _verbs(language, "not").fullmatch(word)


def _acts_after_comma(words: str, language: str) -> bool:
    """Tell whether a verb of action follows a first clause: "Under the memorandum, cooperate on research"."""
    after = (_WORD.match(words, comma.end()) for comma in re.finditer(r", ", words))
    return any(word is not None and _acts(word[0], words[word.start() :], language) for word in after)


def _names_action(opening: str) -> bool:
    """Tell whether a French item opens with the noun of an action, as an English one does with a gerund."""
    return re.match(rf"(?:L[ea]s? |L['’])?(?:{_verbs('fr', 'naming').pattern}){_NAMED}", opening, re.I) is not None


def _did(word: str, language: str) -> bool:
    """Tell whether a word is the past participle of a verb of action: what was done is no undertaking."""
    done, base, word = _verbs(language, "done"), _verbs(language, "base"), word.casefold()
    if done.fullmatch(word):
        return True
    if language != "en" or not word.endswith("ed"):
        return False
    stems = (word[:-1], word[:-2], word[:-3], word[:-3] + "y")
    return any(base.fullmatch(stem) for stem in stems)


@cache
def _subjects(language: str, kind: str) -> re.Pattern[str]:
    return alternation("undertaker", language, kind)


@cache
def _verbs(language: str, value: str) -> re.Pattern[str]:
    return alternation("action_verb", language, value)


@cache
def _nouns(language: str) -> re.Pattern[str]:
    return alternation("action_noun", language)
