"""Cut an element into phrases that may be names: runs of capitalised words, joined where a name goes on.

"Department of Health and Human Services" is one phrase, "the Ministry of Defence and Canada" are two: what stands
around "of" and "and" decides, and a head noun counts most. Names of the register and names that the text defines an
acronym for are rigid: they are never cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import register
from extract.find.actors.named import Phrase
from extract.find.actors.titles import cut_titles
from extract.find.actors.tokens import Token, abbreviates
from extract.find.actors.words import grammar, is_head, marked, titles, words

_ARTICLES = frozenset(("the", "la", "le", "les", "l'"))
_OF = frozenset(("of", "for", "on"))
_PARTICLES = frozenset(("de", "von", "van", "der", "del", "da", "di", "y", "al", "bin", "ibn", "dos", "ben", "ter")) | {
    "du",
    "d'",
    "la",
    "el",
    "le",
}
_FRENCH_OF = frozenset(("de", "du", "des", "d'"))
_AND = frozenset(("and", "et", "&"))
_LEGAL = frozenset(("inc", "llc", "ltd", "corp", "jr", "sr", "limited", "lp", "llp", "l.p.", "s.a.", "co", "plc", "ag"))


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of capitalised words ``[start, end)``; ``rigid`` ones are known to be a name."""

    start: int
    end: int
    rigid: bool = False


def atoms(tokens: Sequence[Token], rigid: dict[int, int], language: str) -> list[Atom]:
    """Give the maximal runs of capitalised words; ``rigid`` maps the first word of a known name to its end."""
    found: list[Atom] = []
    at = 0
    while at < len(tokens):
        if at in rigid:
            found.append(Atom(at, rigid[at], rigid=True))
            at = rigid[at]
            continue
        if not _begins(tokens[at], grammar(language)):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and end not in rigid and _goes_on(tokens, end, grammar(language)):
            end += 1
        found.append(Atom(at, end))
        at = end
    return found


def _begins(token: Token, function: frozenset[str]) -> bool:
    if not token.cap or token.text[-1] in "’'":
        return False
    if token.key in marked("headline_verb"):
        return False
    return token.key not in function or (token.upper and 2 <= len(token.text) <= 5 and not token.initial)


def _goes_on(tokens: Sequence[Token], at: int, function: frozenset[str]) -> bool:
    token, previous = tokens[at], tokens[at - 1]
    if not token.close:
        if (
            token.gap in (", ", ",\u00a0")
            and token.key in _LEGAL
            and (token.cap or token.key in ("inc", "ltée"))
            and token.text != "CO"
        ):
            return True
        if token.gap in ("’ ", "' ") and previous.key.endswith("s"):
            return token.cap and is_head(token.key)  # "Teachers’ Federation"
        return abbreviates(previous, token.gap) and token.key not in function and token.cap
    if token.key in ("inc", "ltée") and not token.cap:
        return True
    if token.key in marked("headline_verb"):
        return False  # "Acme Widgets Announces New Plant"
    if token.key == "'s":
        if at > 1 and tokens[at - 2].key in ("st", "saint"):
            return True  # "St. John’s"
        if at + 1 == len(tokens) or not tokens[at + 1].cap:
            return False
        holder = previous.key in marked("office_holder") and is_head(tokens[at + 1].key)
        return holder or previous.key in marked("possessor")
    if token.key == "&":
        return at + 1 < len(tokens) and tokens[at + 1].cap and tokens[at + 1].close
    if token.text[0].isdigit() and not token.cap:
        return len(token.text) <= 4 and previous.key in ("local", "section", "expo", "studio", "number")
    if token.cap and len(token.text) == 1 and token.text.isalpha():
        # an initial has its full stop; "A" and "I" without one are words
        return token.text not in "AIY" or (at + 1 < len(tokens) and tokens[at + 1].gap.startswith("."))
    if token.key in function:
        if token.cap and token.key in marked("inside") and not previous.upper:
            return at + 1 == len(tokens) or tokens[at + 1].cap or token.key == "news"
        # French words of grammar that are family names too: "Jack Ma", "Henri Son"
        return token.text in ("Ma", "Son", "An", "Or") and previous.key in register.given_names()
    return token.cap and token.text[-1] not in "’'"


def phrases(tokens: Sequence[Token], rigid: dict[int, int], language: str) -> Iterator[Phrase]:
    """Give the phrases of an element, left to right."""
    runs = atoms(tokens, rigid, language)
    at = 0
    while at < len(runs):
        first = runs[at]
        end, last = first.end, at
        if not first.rigid:
            while last + 1 < len(runs):
                reach = _reach(tokens, runs, first.start, last)
                if reach is None:
                    break
                last = reach
                end = runs[last].end
        half = _half(tokens, first.start, end)
        if half is not None:
            yield from cut_titles(tokens, first.start, half, first.rigid)
        yield from cut_titles(tokens, first.start if half is None else half, end, first.rigid)
        at = last + 1


def _half(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Give where a name begins anew that stands twice, the label and the sentence: "About Acme Acme is a firm"."""
    half, odd = divmod(end - start, 2)
    again = not odd and half and all(tokens[start + i].key == tokens[start + half + i].key for i in range(half))
    return start + half if again else None


def _reach(tokens: Sequence[Token], runs: Sequence[Atom], start: int, last: int) -> int | None:
    """Give the run to which the name that begins at ``start`` and holds run ``last`` goes on, if it does."""
    link = _link(tokens, runs[last].end, runs[last + 1].start)
    if not link:
        return None
    right = runs[last + 1]
    if link == ",":
        return _list(tokens, runs, start, last)
    if _joins(tokens, start, runs[last], link.split(" "), right):
        return last + 1
    return None


def _link(tokens: Sequence[Token], end: int, start: int) -> str | None:
    """Give the words between two runs when they are one connector ("of", "of the", "and"), else None."""
    between = tokens[end:start]
    if not between:
        return "," if tokens[start].gap == ", " else None
    if len(between) > 3 or tokens[start].gap not in (" ", "", "\u00a0"):
        return None
    if any(not token.close for token in between[1:]) or not (
        between[0].close or (between[0].gap == ", " and between[0].key in _AND)
    ):
        return None
    return " ".join(token.key for token in between)


def _joins(tokens: Sequence[Token], start: int, left: Atom, link: list[str], right: Atom) -> bool:
    first, rest = link[0], link[1:]
    end = left.end
    if first in ("van", "von") and not left.rigid and not right.rigid:
        return all(word in _PARTICLES or word in ("den", "het") for word in rest)
    if any(word not in _ARTICLES and word not in _FRENCH_OF for word in rest):
        return False
    left_headed = is_head(tokens[end - 1].key)
    if first in _OF:
        if titles(tokens, start, end):
            return False
        if left_headed and not left.rigid:
            return True
        if first == "of" and not rest and end - start > 1 and tokens[end - 1].key in marked("realm"):
            return True  # "Supreme Court of the State of Northland"
        inside = any(tokens[i].key in ("of", "for") for i in range(start, end))
        return (
            first == "of"
            and not rest
            and not left.rigid
            and not inside
            and end - start >= 2
            and not titles(tokens, start, start + 1)
            and not _named(tokens, start, end)
        )
    if first in ("in", "to", "en", "au"):
        return right.rigid and any(tokens[i].key in marked("site") for i in range(start, end))
    if first in ("bin", "der") and not left.rigid and not right.rigid:
        return True
    if first in _FRENCH_OF or first in _PARTICLES:
        if tokens[start].key in register.given_names() and not any(is_head(tokens[i].key) for i in range(start, end)):
            return first in _PARTICLES and not right.rigid and end - start <= 2
        return first in _FRENCH_OF and (is_head(tokens[start].key) or left_headed) and not left.rigid
    if first in _AND and not rest:
        return _coordinates(tokens, start, left, right)
    return False


def _coordinates(tokens: Sequence[Token], start: int, left: Atom, right: Atom) -> bool:
    """Tell whether "and" joins two parts of one name: "Health and Human Services", "Trade and Industry"."""
    if right.rigid or left.rigid or _person(tokens, right.start, right.end) or _person(tokens, start, left.end):
        return False
    if right.end - right.start > 1 and tokens[right.end - 1].key in words("en").suffixes:
        return False  # "the University of … and Acme Software GmbH"
    if titles(tokens, start, left.end) or titles(tokens, right.start, right.start + 1):
        return False
    if is_head(tokens[right.start].key) and right.end - right.start == 1:
        return False
    inside = any(tokens[i].key in _OF or tokens[i].key in _FRENCH_OF for i in range(start, left.end))
    headed = any(is_head(tokens[i].key) for i in range(start, left.end))
    right_headed = is_head(tokens[right.end - 1].key) and right.end - right.start > 1
    if inside and headed:
        return not any(is_head(tokens[i].key) for i in range(right.start, right.end - 1)) and not _odd(
            tokens[right.start]
        )
    if left.end - start == 1:
        return right_headed and not tokens[start].upper and not _odd(tokens[start])
    return (
        right_headed and not is_head(tokens[left.end - 1].key) and left.end - start <= 3 and not tokens[start].initial
    )


def _odd(token: Token) -> bool:
    """Tell whether a word is written as trade names are: eMAM, PowerCo, IBM."""
    return any(c.isupper() for part in token.text.split("-") for c in part[1:])


def _list(tokens: Sequence[Token], runs: Sequence[Atom], start: int, last: int) -> int | None:
    """Give the last run of "Ministry of Trade, Industry and Energy" when the name holds a list, else None."""
    if not any(tokens[i].key in _OF for i in range(start, runs[last].end)) or not any(
        is_head(tokens[i].key) for i in range(start, runs[last].end)
    ):
        return None
    at = last + 1
    while at < len(runs) and at - last <= 4:
        run = runs[at]
        if (
            run.rigid
            or run.end - run.start > 3
            or _person(tokens, run.start, run.end)
            or titles(tokens, run.start, run.end)
            or _odd(tokens[run.start])
        ):
            return None
        link = _link(tokens, runs[at - 1].end, run.start)
        if link in ("and", "&", "et"):
            return (
                None
                if any(is_head(tokens[i].key) for i in range(run.start, run.end)) and run.end - run.start > 2
                else at
            )
        if link != ",":
            return None
        at += 1
    return None


def _person(tokens: Sequence[Token], start: int, end: int) -> bool:
    while start < end and titles(tokens, start, start + 1):
        start += 1  # "Professors Jane Row and Mary Poole"
    return 2 <= end - start <= 4 and tokens[start].key in register.given_names() and not is_head(tokens[end - 1].key)


def _named(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a person's name stands at the end of a run: "President Mary Poole"."""
    return any(tokens[i].key in register.given_names() for i in range(start, end - 1)) and not is_head(
        tokens[end - 1].key
    )
