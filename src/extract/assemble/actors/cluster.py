"""Which printed forms name the same actor: full name and acronym, name with and without title, family name alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract import register
from extract.document import Document, Mention
from extract.find.actors.defined import initials_match, is_acronym
from extract.find.actors.named import ActorName
from extract.find.actors.words import is_head, marked, words
from schemas import fold

_SYMBOL = re.compile(r",? ?\((?:the )?(?:[A-Z][A-Za-z ]{2,14}): ?([A-Z]{1,6})\b")
"""A stock symbol after a firm's name: (NASDAQ: ACME)."""
_STRENGTH = {"register": 5, "company": 4, "body": 3, "person": 3, "titled": 2, "acronym": 1, "capitals": 0}


@dataclass(eq=False)
class Form:
    """One printed form of a name, all mentions of it: ``key`` is its folded text without a legal form or initials."""

    text: str
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(fold(self.text).split())

    @cached_property
    def stem(self) -> tuple[str, ...]:
        """The folded words without a legal form and without plural endings."""
        kept = list(self.words)
        while len(kept) > 1 and kept[-1] in words("en").suffixes:
            kept.pop()
        if kept and kept[0] == "the" and len(kept) > 1:
            kept.pop(0)
        return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept)

    @property
    def values(self) -> Iterator[ActorName]:
        """What the finders say of it."""
        return (mention.value for mention in self.mentions)

    @cached_property
    def entry(self) -> str | None:
        """The register entry of the form."""
        return next((value.entry for value in self.values if value.entry), None)

    @cached_property
    def kind(self) -> str | None:
        """The kind that most of its mentions suggest."""
        counts: dict[str, int] = defaultdict(int)
        for value in self.values:
            if value.kind:
                counts[value.kind] += 1
        return max(sorted(counts), key=lambda kind: counts[kind]) if counts else None

    @cached_property
    def rules(self) -> frozenset[str]:
        """The finders that gave it."""
        return frozenset(mention.finder for mention in self.mentions)

    @cached_property
    def titled(self) -> bool:
        """Tell whether a title or role stands before one of its mentions."""
        return any({"title_before", "role_before"} & value.signs for value in self.values)


@dataclass(eq=False)
class Cluster:
    """The forms that name one actor."""

    forms: list[Form]
    language: str

    @cached_property
    def mentions(self) -> list[Mention]:
        """Its mentions in the order of the text."""
        return sorted((m for form in self.forms for m in form.mentions), key=lambda m: (m.start, -m.end))

    @cached_property
    def rule(self) -> str:
        """The strongest finder that saw it."""
        return max((mention.finder for mention in self.mentions), key=lambda rule: (_STRENGTH.get(rule, 0), rule))

    @cached_property
    def telling(self) -> list[Form]:
        """The forms that say who it is: an acronym of the register gives way to a full name that the register lacks."""
        full = [
            form
            for form in self.forms
            if len(form.words) > 1 and ({"body", "company"} & form.rules or any(value.acronym for value in form.values))
        ]
        if not full or any(form.entry and len(form.words) > 1 for form in self.forms):
            return self.forms
        return [form for form in self.forms if not (form.entry and is_acronym(form.text))]

    @cached_property
    def entry(self) -> register.Entry | None:
        """The register entry, if it has one."""
        known = [form.entry for form in sorted(self.telling, key=lambda f: -len(f.text)) if form.entry]
        return entry_by_id(known[0]) if known else None


def entry_by_id(identity: str) -> register.Entry:
    """Look a register entry up."""
    return register.by_id()[identity]


def clusters(document: Document, mentions: Sequence[Mention]) -> list[Cluster]:
    """Join mentions into actors, in the order of their first mention."""
    forms = _forms(document, _unlearned(document, _echoed(document, mentions)))
    union = _Union(forms)
    _join_equal(forms, union)
    settled = _join_acronyms(document, forms, union)
    _join_short(forms, union, settled)
    _join_persons(document, forms, union, settled)
    grouped: dict[int, list[Form]] = defaultdict(list)
    for i, form in enumerate(forms):
        grouped[union.find(i)].append(form)
    found = []
    for group in grouped.values():
        first = min((m for form in group for m in form.mentions), key=lambda m: m.start)
        sentence = document.sentence_at(first.start)
        found.append(Cluster(group, sentence.language if sentence else document.language))
    return sorted(found, key=lambda cluster: cluster.mentions[0].start)


def _echoed(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """In headings with a capital at every word trust only what is known: a name that the text holds elsewhere."""
    plain = {document.words(m.start, m.end) for m in mentions if "title_case" not in m.value.signs}
    known = sorted((name for name in plain if len(name) > 2), key=lambda name: (-len(name), name))
    kept: list[Mention] = []
    for mention in mentions:
        text = document.words(mention.start, mention.end)
        if "title_case" not in mention.value.signs or mention.finder == "register" or text in plain:
            kept.append(mention)
            continue
        inside = next((name for name in known if len(name) < len(text) and f" {name} " in f" {text} "), None)
        if inside is not None:
            start = mention.start + f" {text} ".index(f" {inside} ")
            kept.append(replace(mention, start=start, end=start + len(inside)))
        elif mention.finder in ("person", "company", "titled") or (mention.finder == "body" and not _plain_words(text)):
            kept.append(mention)
    return kept


def _plain_words(text: str) -> bool:
    """Tell whether every word of a heading's phrase is an everyday one: "Funds for New Glass"."""
    return all(word.lower().strip(".,") in register.everyday() for word in text.split())


def _unlearned(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Forget the register for an acronym that the text defines otherwise: "internal combustion engine (ICE)"."""
    other = {document.words(m.start, m.end) for m in mentions if "short_for_words" in m.value.signs}
    return [
        replace(m, finder="acronym", value=replace(m.value, kind=None, country=None, entry=None))
        if document.words(m.start, m.end) in other
        else m
        for m in mentions
    ]


def _forms(document: Document, mentions: Sequence[Mention]) -> list[Form]:
    by_text: dict[str, Form] = {}
    for mention in mentions:
        text = " ".join(document.words(mention.start, mention.end).split())
        by_text.setdefault(text, Form(text)).mentions.append(mention)
    return [form for form in by_text.values() if form.words]


class _Union:
    """Disjoint sets of forms."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.parent = list(range(len(forms)))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = self.find(i), self.find(j)
        self.parent[max(a, b)] = min(a, b)


def _join_equal(forms: Sequence[Form], union: _Union) -> None:
    """The same words but for case, accents, legal form and plural, or the same register entry."""
    seen: dict[object, int] = {}
    for i, form in enumerate(forms):
        for key in (form.stem, ("entry", form.entry) if form.entry else form.stem):
            if key in seen:
                union.join(seen[key], i)
            seen.setdefault(key, i)


def _join_acronyms(document: Document, forms: Sequence[Form], union: _Union) -> set[int]:
    """An acronym and the name that defines it, or the one name whose initials it is; gives the forms so joined."""
    index = {form.text: i for i, form in enumerate(forms)}
    defined: set[int] = set()
    ends: dict[int, int] = {}
    starts: dict[int, int] = {}
    for i, form in enumerate(forms):
        for mention in form.mentions:
            ends[mention.end], starts[mention.start] = i, i
            if mention.value.acronym is not None:
                j = index.get(document.words(*mention.value.acronym))
                if j is not None:
                    union.join(i, j)
                    defined |= {i, j}
    for end, i in ends.items():
        symbol = _SYMBOL.match(document.text, end)
        if symbol and symbol[1] in index:
            union.join(i, index[symbol[1]])
            defined.add(index[symbol[1]])
        owned = 2 if document.text[end : end + 2] in ("’s", "'s") else 0
        between = document.text[end : end + owned + 3]
        if " (" in between[owned:]:
            j = starts.get(end + between.index("(") + 1)
            if (
                j is not None
                and j != i
                and (_either(forms[i], forms[j]) or _labels(document.text, forms[i], forms[j], end))
            ):
                union.join(i, j)
                defined |= {i, j}
    for i, form in enumerate(forms):
        if i not in defined and len(form.text) >= 3 and is_acronym(form.text) and form.entry is None:
            fits = {
                union.find(j)
                for j, other in enumerate(forms)
                if len(other.words) > 2 and other.kind != "person" and initials_match(form.text, other.text.split())
            }
            if len(fits) == 1:
                union.join(i, fits.pop())
                defined.add(i)
    return defined


def _labels(text: str, name: Form, acronym: Form, end: int) -> bool:
    """Tell whether "Name of a Body (ACRONYM)" stands at ``end``, whatever its initials (of another language)."""
    if (
        len(name.words) < 2
        or name.kind in ("person", "state")
        or acronym.kind == "state"
        or not is_acronym(acronym.text)
    ):
        return False
    if name.entry is not None and acronym.entry is not None and name.entry != acronym.entry:
        return False
    return bool(
        re.match(rf"(?:[’']s)? \({re.escape(acronym.text)}\)", text[end : end + len(acronym.text) + 5])
    ) and bool({"body", "company", "register"} & name.rules)


def _either(left: Form, right: Form) -> bool:
    """Tell whether one of two forms, printed as "A (B)", is short for the other."""
    return any(
        initials_match(a.text, b.text.split()) or (b.words[: len(a.words)] == a.words and b.kind != "person")
        for a, b in ((left, right), (right, left))
        if len(a.text) < len(b.text)
    )


def _join_short(forms: Sequence[Form], union: _Union, settled: set[int]) -> None:
    """The beginning of one longer name ("Vision Marine") or its headed end ("Competition Council")."""
    longer: dict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        if form.kind not in ("person", "state") and len(form.stem) > 1:
            for word in {form.stem[0], form.stem[-1]}:
                longer[word].append(i)
    for i, form in enumerate(forms):
        if i in settled or form.entry is not None or form.kind in ("person", "state") or form.titled:
            continue
        fits = {union.find(j) for j in longer[form.stem[0]] if _begins(form, forms[j])} or {
            union.find(j) for j in longer[form.stem[-1]] if _ends(form, forms[j])
        }
        if len(fits) == 1:
            union.join(i, fits.pop())
            settled.add(i)


def _begins(short: Form, long: Form) -> bool:
    size = len(short.stem)
    if (
        size >= len(long.stem)
        or long.stem[:size] != short.stem
        or long.words[size] in ("of", "de", "du", "des", "for", "and")
    ):
        return False
    if size == 1:
        word = short.words[0]
        if word in register.everyday() and (long.entry is not None or long.kind != "company"):
            return False  # "Research" is not short for "Research Council of Norway"
        return (
            not is_head(word) and word not in words("en").demonyms and word not in register.cities() and len(word) > 2
        )
    return not (is_head(short.words[-1]) and long.entry is not None)


def _ends(short: Form, long: Form) -> bool:
    size = len(short.stem)
    if size == 1:
        # "the Council", "le Secrétariat": one name of that head
        return (
            len(long.stem) > 1
            and is_head(short.words[0])
            and short.stem[0] in (long.stem[0], long.stem[-1])
            and any("determined" in v.signs for v in short.values)
        )
    if size >= len(long.stem) or long.stem[-size:] != short.stem:
        return False
    # "Mayor’s Office of Youth" where "Harbour City Mayor’s Office of Youth" is named too
    return is_head(short.words[-1]) or (size > 2 and long.kind == short.kind and "body" in short.rules)


def _join_persons(document: Document, forms: Sequence[Form], union: _Union, settled: set[int]) -> None:
    """A family name alone, a given name alone, a name without its middle part: to the one person they fit."""
    people = [i for i, form in enumerate(forms) if form.kind == "person" and len(form.words) > 1]
    for i, form in enumerate(forms):
        if i in settled or form.entry is not None or (form.kind not in (None, "person") and not form.titled):
            continue
        fits = [j for j in people if j != i and _same_person(form, forms[j])]
        if fits and form.titled and not _married(document, form):
            # "President Ames" is not "First Lady Mary Ames"
            fits = [j for j in fits if not _married(document, forms[j])]
        if len({union.find(j) for j in fits}) == 1:
            union.join(i, fits[0])
        elif len(form.words) == 1 and form.titled and fits:
            # "President Ames" where Donald and Mary Ames are named: the one with a title, else the one named first
            union.join(i, min(fits, key=lambda j: (not forms[j].titled, forms[j].mentions[0].start)))


def _married(document: Document, form: Form) -> bool:
    """Tell whether a form's titles are those that marriage gives: "First Lady Mary Ames", "Mrs. Ames"."""
    before = (document.words(m.value.outer[0], m.start).strip(" .").lower() for m in form.mentions)
    return any(title.endswith(tuple(marked("married"))) for title in before if title)


def _same_person(short: Form, full: Form) -> bool:
    a, b = _plain(short), _plain(full)
    if len(a) == 1 and len(b) > 1:
        return (
            a[0] == b[-1]
            or (a[0] == b[0] and "-" not in full.text.split()[0] and a[0] in register.given_names())
            or (a[0] == b[0] and _korean(full))
        )
    if 1 < len(a) < len(b):
        return a == b[-len(a) :] or (a[0] == b[0] and a[-1] == b[-1])
    return a == b


def _korean(form: Form) -> bool:
    """Tell whether the family name stands first: Yoon Suk-Yeol, Lee Jae-myung, Xi Jinping."""
    parts = form.text.split()
    return len(parts) == 2 and ("-" in parts[1] or parts[0].lower() in ("xi", "yoon", "lee", "moon", "kim", "park"))


def _plain(form: Form) -> tuple[str, ...]:
    """Give the words without initials and "Jr."."""
    kept = tuple(word for word in form.words if len(word) > 1 and word not in ("jr", "sr"))
    return kept or form.words
