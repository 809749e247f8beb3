"""The glossary of a language other than English: verbs with their forms, and the few words that carry grammar.

English has an analyser of its own (`_clauses`, `_verbs`). All other languages share one (`_tongue`), which knows of no
language: what it needs stands in `data/glossaries/<language>.toml`, forms made from tables of endings there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from communique.code._lexicon import PLOVER, BadLexicon, parsed
from communique.code._types import TYPES
from communique.records import EventType

ORDERS = ("svo", "vso", "sov", "v2")
# What a form of a verb says. `part` needs an auxiliary, `perf` a "have", `inf` one that leads to it; `fact` and
# `foretold` are what is said to have been, or to come to be, done (Turkish).
KINDS = frozenset(
    [
        "pres",
        "past",
        "pass",
        "part",
        "inf",
        "fut",
        "cond",
        "ger",
        "neg",
        "negpass",
        "poss",
        "fact",
        "foretold",
        "perf",
        "rel",
        "relpass",
    ]
)
# Classes of words that a glossary may have; one that its language lacks is left out.
CLASSES = (
    *("negations", "nobody", "have", "be", "future", "possible", "planning", "failing", "refraining", "hearsay"),
    *("conditions", "subordinators", "relatives", "that", "and", "of", "by", "with", "to", "prepositions", "linking"),
    *(
        "skipped",
        "articles",
        "adjectives",
        "at",
        "parts",
        "joints",
        "according",
        "behalf",  # "on behalf of": the body speaks through somebody
        "congratulating",  # at an anniversary, what marks it
        "objective",  # relative pronouns that are no subject (German)
        "whose",  # relative pronouns of an owner: who acts stands behind them
        "inviting",  # "at the invitation of": the body is host
        "gatherings",
        "protests",
        "foretelling",
        "almost",  # with an act: it was not done
        "becoming",  # with an infinitive: it is to come
        "masdars",  # nouns of acts that may be joined as verbs are (Arabic)
        "undoing",
        "unreal",
        "between",
        "compounds",
        "from",
        "datives",
    ),
)
_LEADING = ("negations", "have", "be", "future", "possible", "planning", "failing", "refraining", "skipped", "linking")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What some verbs tell of, alone or with one of their nouns."""

    name: str
    type: EventType
    plover: str
    nouns: frozenset[str] = frozenset()  # one of these must stand with the verb; `*` at the end: any ending
    object: str | None = None  # slot of a body that stands directly beside the verb
    owner: str | None = None  # slot of a body that owns the object
    preps: Mapping[str, str]  # "to" and "with" -> slot
    is_calling_off: bool = False  # with a gathering or a protest: it is not held
    is_telling: bool = False  # gives way to what is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """All that the shared analyser knows of one language."""

    language: str
    order: str  # one of ORDERS
    has_cases: bool  # a noun's owner stands beside it without a preposition
    is_verb_last: bool  # the verb of an embedded clause, and of a bracket, stands at its end (German)
    is_negated_behind: bool  # a negation may stand at the end of the clause (German)
    classes: Mapping[str, frozenset[str]]
    spelt: Mapping[str, str]  # "du" -> "de"
    forms: Mapping[str, tuple[tuple[str, str], ...]]  # form -> (lemma, kind)
    acts: Mapping[str, tuple[Act, ...]]  # lemma -> acts, those with nouns first
    particles: Mapping[str, frozenset[str]]  # lemma of a separable verb -> its particle
    nominals: tuple[tuple[frozenset[str], Act], ...]
    heads: tuple[tuple[frozenset[str], str], ...]  # patterns of nouns that name a body, kind
    leading: frozenset[str]  # all that may stand in a verb's group before it
    heading: frozenset[str]  # patterns of all heads
    cases: Mapping[str, tuple[str, ...]]  # case -> endings of a body's name (Turkish)
    days: Mapping[str, int]  # "hier" -> -1
    occasions: Mapping[str, str]  # ordinals and nouns of gatherings, as `_tongue_occasions` reads them
    enclitics: tuple[str, ...]  # what is cut off a word before it is looked up (Portuguese "-se")
    peeled: tuple[str, ...]  # what a noun is looked up without as well (Arabic article and particles)
    proclitics: tuple[str, ...]  # letters written onto a word (Arabic "and")


# In which acts are read, English first.
LANGUAGES = ("en", *sorted(
    path.name.removesuffix(".toml")
    for path in files("communique.code").joinpath("data", "glossaries").iterdir()
    if path.name.endswith(".toml")
))  # fmt: skip


@cache
def glossary(language: str) -> Glossary | None:
    """Load the glossary of a language, or None where there is none."""
    path = files("communique.code").joinpath("data", "glossaries", f"{language}.toml")
    if not language.isalpha() or not path.is_file():
        return None
    return parsed(path.read_text(encoding="utf-8"), path.name, shape=shaped, like="fr.toml")


_BARE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"})


_REMEMBERED = 2**14  # words: most of what a newsroom reads in all its languages


@lru_cache(maxsize=_REMEMBERED)
def folded(word: str, language: str) -> str:
    """Yield a word as it is looked up: small letters; Greek without accents, Arabic without vowels and hamza seats."""
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    word = word.lower()
    if language in ("el", "ar"):
        parts = unicodedata.normalize("NFD", word.translate(_BARE))
        word = "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
    return word


@lru_cache(maxsize=2 * _REMEMBERED)
def fits(low: str, patterns: frozenset[str]) -> bool:
    """Tell whether a word is one of the patterns; with `*` behind or before, whether it begins or ends as one does."""
    beginnings, ends = _edges(patterns)
    return low in patterns or low.startswith(beginnings) or low.endswith(ends)


def faces(low: str, known: Glossary) -> Iterator[str]:
    """Yield a word, and what is left of it behind each particle that may be written onto a noun."""
    yield low
    yield from (low.removeprefix(letters) for letters in known.peeled if low.startswith(letters))


@cache
def _edges(patterns: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    beginnings = tuple(pattern[:-1] for pattern in patterns if pattern.endswith("*"))
    return beginnings, tuple(pattern[1:] for pattern in patterns if pattern.startswith("*"))


def shaped(table: dict[str, Any], name: str) -> Glossary:
    """Make a glossary of what its file holds."""
    language = table["language"]
    if table["order"] not in ORDERS:
        raise BadLexicon(f"{name}: unknown order {table['order']!r}; one of {', '.join(ORDERS)}")
    acts, particles = _acts(table, name)
    classes = {key: _words(table["words"].get(key, ""), language) for key in CLASSES}
    return Glossary(
        language=language,
        order=table["order"],
        has_cases=table.get("cases", False),
        is_verb_last=table.get("verb_last", False),
        is_negated_behind=table.get("negated_behind", False),
        classes=classes,
        spelt={folded(key, language): folded(value, language) for key, value in table.get("spelt", {}).items()},
        forms=_forms(table, list(acts), language, name),
        acts=acts,
        particles=particles,
        nominals=tuple((_words(entry["nouns"], language), _act(entry, name, language)) for entry in table["nominals"]),
        heads=tuple((_words(words, language), kind) for kind, words in table["bodies"].items()),
        leading=frozenset().union(*(classes[key] for key in _LEADING)),
        heading=_words(" ".join(table["bodies"].values()), language),
        cases={case: tuple(ends.split()) for case, ends in table.get("endings", {}).items()},
        days={folded(word, language): shift for word, shift in table["days"].items()},
        occasions=table.get("occasions", {}),
        enclitics=tuple(table.get("enclitics", "").split()),
        peeled=tuple(table.get("peeled", "").split()),
        proclitics=tuple(table.get("proclitics", "").split()),
    )


def _words(listed: str, language: str) -> frozenset[str]:
    return frozenset(folded(word, language) for word in listed.split())


def _acts(table: dict[str, Any], name: str) -> tuple[dict[str, tuple[Act, ...]], dict[str, frozenset[str]]]:
    found: dict[str, list[Act]] = {}
    particles: dict[str, set[str]] = {}
    for entry in table["acts"]:
        act = _act(entry, name, table["language"])
        for word in entry["verbs"].split():
            particle, _, lemma = word.rpartition("|")
            key = f"{particle}|{lemma}" if particle else lemma
            found.setdefault(key, []).append(act)
            if particle:
                particles.setdefault(lemma, set()).add(particle)
    ordered = {lemma: tuple(sorted(acts, key=lambda act: not act.nouns)) for lemma, acts in found.items()}
    return ordered, {lemma: frozenset(known) for lemma, known in particles.items()}


def _act(entry: dict[str, Any], name: str, language: str) -> Act:
    where = f"{name}: entry {entry['name']!r}"
    if entry["type"] not in TYPES:
        raise BadLexicon(f"{where}: unknown type {entry['type']!r}; one of {', '.join(sorted(TYPES))}")
    kind = TYPES[entry["type"]]
    plover = entry.get("plover", kind.plover)
    if plover not in PLOVER:
        raise BadLexicon(f"{where}: unknown PLOVER type {plover!r}; one of {', '.join(sorted(PLOVER))}")
    preps = {prep: slot for prep, slot in (("to", kind.to), ("with", kind.with_)) if slot}
    return Act(
        name=entry["name"], type=entry["type"], plover=plover,
        nouns=_words(entry.get("with", ""), language),
        object=kind.object, owner=kind.owner, preps=preps,
        is_calling_off=entry.get("calls_off", False), is_telling=entry.get("tells", False),
    )  # fmt: skip


Forms = dict[str, tuple[tuple[str, str], ...]]


def _forms(table: dict[str, Any], lemmas: Sequence[str], language: str, name: str) -> Forms:
    """Map written forms to lemma and kind, from the tables of endings and from the irregular verbs."""
    irregular = {line.split()[0]: line.split()[1:] for line in table.get("irregular", [])}
    tables = sorted(table["endings_of"].items(), key=lambda one: -len(one[0]))
    unmarked = tuple(table.get("unmarked", "").split())
    bare = [key.rpartition("|")[2] for key in lemmas]
    unfit = [lemma for lemma in bare if lemma not in irregular and not lemma.endswith(tuple(table["endings_of"]))]
    if unfit:
        raise BadLexicon(f"{name}: no table of endings fits {', '.join(unfit)}; add them to `irregular`")
    found: dict[str, list[tuple[str, str]]] = {}
    for key in lemmas:
        particle, _, lemma = key.rpartition("|")
        made = _listed(irregular[lemma], name) if lemma in irregular else _ruled(lemma, tables, unmarked, name)
        for form, kind in made:
            for written, whose in _written(form, kind, particle, lemma):
                readings = found.setdefault(folded(written, language), [])
                if (whose, kind) not in readings:
                    readings.append((whose, kind))
    return {form: tuple(readings) for form, readings in found.items()}


def _written(form: str, kind: str, particle: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Yield a form as it is written; one of a separable verb joined to its particle, or parted from it."""
    if not particle:
        yield form, lemma
    elif kind in ("part", "inf"):
        yield particle + form, f"{particle}|{lemma}"
        if kind == "inf":
            yield f"{particle}zu{form}", f"{particle}|{lemma}"
    else:
        yield form, f"{particle}|{lemma}"
        yield particle + form, f"{particle}|{lemma}"


def _listed(parts: Sequence[str], name: str) -> Iterator[tuple[str, str]]:
    """Read "pres tient tiennent past tint …"."""
    kind = ""
    for part in parts:
        if part in KINDS:
            kind = part
        elif not kind:
            raise BadLexicon(
                f"{name}: irregular form {part!r} comes before its kind; one of {', '.join(sorted(KINDS))}"
            )
        else:
            yield part, kind


def _ruled(
    lemma: str, tables: Sequence[tuple[str, dict[str, str]]], unmarked: tuple[str, ...], name: str
) -> Iterator[tuple[str, str]]:
    ending, rows = next((end, rows) for end, rows in tables if lemma.endswith(end))
    stem = lemma.removesuffix(ending)
    for kind, ends in rows.items():
        if kind not in KINDS:
            raise BadLexicon(f"{name}: unknown kind of form {kind!r}; one of {', '.join(sorted(KINDS))}")
        for end in ends.split():
            # "-" is no ending; "<<x" takes two letters off the stem first; "x~" goes before it.
            cut = len(end) - len(end.lstrip("<"))
            before, _, behind = end[cut:].rpartition("~")
            before = "" if lemma.startswith(unmarked) and unmarked else before
            yield before + stem[: len(stem) - cut] + behind.replace("-", ""), kind
