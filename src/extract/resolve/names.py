"""Names as ideas: the same key for a name and its translation (``Université de Toronto``, ``University of Toronto``).

Each word of a name becomes the idea behind it: countries and their adjectives become codes, known acronyms the entry
of the register, words of the trade the English word in ``words.tsv``, and all others a stem that English and French
share (``Vector``, ``Vecteur``). Grammar goes, order goes. Two names of one key say the same thing word by word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from extract import lexicon
from extract.register import Entry, entries
from schemas import fold

Ideas = frozenset[str]

# French endings and the English ones that they answer to, longest first; then endings that both drop.
_ENDINGS = (
    ("ologiques", "olog"), ("ologique", "olog"), ("ological", "olog"), ("ologies", "olog"), ("ologie", "olog"),
    ("ology", "olog"), ("iques", "ic"), ("ique", "ic"), ("ically", "ic"), ("ical", "ic"), ("ics", "ic"),
    ("ateurs", "ator"), ("ateur", "ator"), ("ators", "ator"), ("eurs", "or"), ("eur", "or"), ("ers", "er"),
    ("ites", "it"), ("ite", "it"), ("ities", "it"), ("ity", "it"), ("ies", "i"), ("ie", "i"), ("y", "i"),
    ("aires", "ar"), ("aire", "ar"), ("aries", "ar"), ("ary", "ar"), ("iennes", "ian"), ("ienne", "ian"),
    ("iens", "ian"), ("ien", "ian"), ("elles", "al"), ("elle", "al"), ("els", "al"), ("el", "al"), ("aux", "al"),
    ("ale", "al"), ("als", "al"), ("ives", "iv"), ("ive", "iv"), ("ifs", "iv"), ("if", "iv"), ("ismes", "ism"),
    ("isme", "ism"), ("es", ""), ("e", ""), ("s", ""),
)  # fmt: skip
_GROWN_TOGETHER = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})")
_HANGUL = re.compile("[가-힣]+")
_PARTICLE = re.compile("(?:으로|에서|간의|[을를이가은는의과와에로도간])$")
_CLOSE_WORD = 0.75
_LONGEST = 8


folded = lru_cache(maxsize=200_000)(fold)
"""``schemas.fold``, remembered: the names of a store repeat."""


@lru_cache(maxsize=200_000)
def ideas(name: str) -> Ideas:
    """Give the ideas of a name's words. ``AgriStability`` is two, as ``Agri-stabilité`` is."""
    return frozenset(_ideas(tuple(folded(_GROWN_TOGETHER.sub(" ", name)).split())))


@cache
def group(name: str) -> frozenset[str]:
    """Give the words of a group in ``groups.tsv``."""
    return next(frozenset(row["words"].split("|")) for row in _rows("groups.tsv") if row["group"] == name)


@cache
def stems(name: str) -> Ideas:
    """Give the words of a group as ideas."""
    return frozenset(stem(word) for word in group(name))


@cache
def vocabulary() -> Ideas:
    """Give the ideas that words of the trade stand for: those in ``words.tsv``."""
    return frozenset(stem(word) for word, _ in _words())


def countries(said: Ideas) -> Ideas:
    """Keep the countries among ideas."""
    return frozenset(idea for idea in said if idea.startswith("c:"))


def likeness(left: str, right: str) -> float:
    """Compare two names word by word, from 0 (nothing in common) to 1 (the same ideas): a Dice coefficient.

    Words of one idea count one, words nearly alike (``presidential``, ``présidentiel``) what they share.
    """
    return compare(ideas(left), ideas(right))


def compare(ours: Ideas, theirs: Ideas) -> float:
    """Compare two names by their ideas."""
    if not ours or not theirs:
        return 0.0
    shared = ours & theirs
    total, rest = float(len(shared)), sorted(theirs - shared)
    for word in sorted(ours - shared):
        close = [(_alike(word, other), other) for other in rest]
        best, other = max(close, default=(0.0, ""))
        if best >= _CLOSE_WORD:
            total += best
            rest.remove(other)
    return 2 * total / (len(ours) + len(theirs))


@lru_cache(maxsize=200_000)
def _alike(left: str, right: str) -> float:
    if left[:2] != right[:2] or min(len(left), len(right)) < 4 or ":" in left:
        return 0.0
    if left.startswith(right) or right.startswith(left):
        return 0.9
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _ideas(words: tuple[str, ...]) -> list[str]:
    phrases, found, at = _phrases(), [], 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            idea = phrases.get(" ".join(words[at : at + length]))
            if idea is not None:
                found.append(idea)
                at += length
                break
        else:
            if words[at] not in group("grammar"):
                found += _of_korean(words[at]) or [stem(words[at])]
            at += 1
    return [idea for idea in found if idea]


@lru_cache(maxsize=100_000)
def _of_korean(word: str) -> list[str]:
    """Take a Korean word apart (``자유무역협정을``: free, trade, agreement), particle off; [] if a part isn't known."""
    if not _HANGUL.fullmatch(word):
        return []
    for bare in dict.fromkeys((word, _PARTICLE.sub("", word))):
        parts = _parts(bare)
        if parts or bare in group("grammar"):
            return parts
    return []


def _parts(word: str) -> list[str]:
    """Cover a word with known ones, the longest first."""
    if not word:
        return []
    phrases = _phrases()
    for length in range(len(word), 0, -1):
        idea = phrases.get(word[:length])
        if idea is not None and (length == len(word) or (rest := _parts(word[length:]))):
            return [idea] if length == len(word) else [idea, *rest]
    return []


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Take a folded word's ending off, so that it is alike in English and French."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    for ending, short in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: len(word) - len(ending)] + short
            break
    return re.sub(r"(.)\1", r"\1", word.replace("qu", "c").replace("ph", "f").replace("y", "i").replace("k", "c"))


@cache
def _phrases() -> dict[str, str]:
    """Map folded words and phrases to ideas; what means two things means neither."""
    found: dict[str, str] = {}
    for word, forms in _words():
        for form in (word, *forms):
            found.setdefault(form, stem(word))
    for language in ("en", "fr"):
        for row in lexicon.rows("demonym", language):
            if len(row.value) == 2 and row.value != "XX":
                found[fold(row.pattern)] = f"c:{row.value.lower()}"
    acronyms: dict[str, set[str]] = {}
    for entry in entries():
        if entry.kind == "state":
            place = entry.country if entry.id.startswith("state-") else entry.id
            for form in entry.names:  # but water is no acronym of a state (``EAU``, ``eau``)
                if not (form.isupper() and fold(form) in found):
                    found[fold(form)] = f"c:{place}".lower()
        else:
            for form in _short(entry):
                acronyms.setdefault(fold(form), set()).add(entry.id)
    for form, ids in acronyms.items():
        if len(ids) == 1 and len(form) >= 3 and form not in found:
            found[form] = f"r:{min(ids)}"
    return found


def _short(entry: Entry) -> tuple[str, ...]:
    """Give the acronyms of bodies between states, in both languages: other names hold them (``Canada-ASEAN …``)."""
    if entry.kind != "intergovernmental":
        return ()
    return tuple(form for form in (entry.acronym_en, entry.acronym_fr) if form)


def _words() -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in _rows("words.tsv"):
        yield row["word"], tuple(row["forms"].split("|"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (files("extract.resolve") / name).read_text("utf-8").splitlines()
    yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
