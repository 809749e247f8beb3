"""The lexicon of a language: what its words do in a sentence, from `data/lexicons/<language>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args

from communique.code import _english
from communique.code._ready import Ready, ready
from communique.records import EventType

Words = TypeVar("Words")  # a lexicon or a glossary
TYPES = frozenset(get_args(EventType))
# PLOVER (2021), event types, as the Open Event Data Alliance publishes them; NONE where none fits.
_PLOVER = (
    "AGREE CONSULT SUPPORT COOPERATE AID RETREAT CONCEDE REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT NONE"
)
PLOVER = frozenset(_PLOVER.split())
SLOTS = frozenset({"source", "target", "host", "addressee", "beneficiary", "about"})


# Classes of words with the tag of their units; an earlier one goes before a later one.
_CLOSED = (
    ("negations", "NEG"), ("have", "HAVE"), ("be", "BE"), ("do", "DO"), ("modals", "MODAL"), ("relatives", "REL"),
    ("subordinators", "SUB"), ("conjunctions", "CONJ"), ("pronouns", "PRON"), ("determiners", "DET"),
    ("prepositions", "PREP"), ("adverbs", "ADV"),
)  # fmt: skip


class BadLexicon(Exception):  # noqa: N818 house style: an error is named for what is wrong
    """A lexicon file can't be used; the message names the file, the entry, what was found and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a verb, a pair or a noun tells of, and which slot its companions fill."""

    rule: str  # "en.condemn.2": language, entry, number of the word in it
    type: EventType
    plover: str
    object: str | None = None  # slot of a body that is the direct object
    owner: str | None = None  # slot of a body that owns the direct object, or did it
    preps: Mapping[str, str] = field(default_factory=dict)  # preposition -> slot
    marks: frozenset[str] = frozenset()  # "weak", "gathering", "needs_text", "giving", …


@dataclass(frozen=True, slots=True, kw_only=True)
class Refinement:
    """A statement that says more than that it was made ("in solidarity with")."""

    of: frozenset[str]
    words: tuple[str, ...]
    frame: Frame
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that is known of one language."""

    language: str
    closed: Mapping[str, frozenset[str]]
    modality: Mapping[str, frozenset[str]]
    attribution: Mapping[str, frozenset[str]]
    actors: Mapping[str, frozenset[str]]
    objects: Mapping[str, frozenset[str]]
    dates: Mapping[str, Any]
    occasions: Mapping[str, Any]
    forms: Mapping[str, tuple[tuple[str, str], ...]]  # written form -> (lemma, "base" | "s" | "past" | "part" | "ing")
    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]  # lemma -> (following words, frame), longest first
    pairs: Mapping[str, tuple[tuple[frozenset[str], Frame], ...]]  # lemma -> (nouns, frame)
    nominals: Mapping[str, Frame]  # noun -> frame
    doers: Mapping[str, tuple[tuple[frozenset[str], Frame], ...]]  # lemma -> (kinds of who does it, frame)
    refinements: tuple[Refinement, ...]
    gatherings: frozenset[str]  # nouns that name a gathering
    protests: frozenset[str]  # nouns that name a strike, a march and the like
    recurring: frozenset[str]  # "annual", "next": they open the name of an occasion
    ends: frozenset[str]  # words that end one
    not_at: frozenset[str]  # words before an occasion that say that something was not at it
    beside: frozenset[str]  # nouns that tie an act to an occasion: "on the eve of"
    tags: Mapping[str, str]  # word -> tag of its unit, for the closed classes and the forms of verbs
    speaking: frozenset[str]  # written forms of verbs that say something: "urged", "welcomes"
    function_words: frozenset[str]  # all closed classes but adverbs
    ready: Ready


@cache
def lexicon(language: str) -> Lexicon | None:
    """Load the lexicon of a language ("en"), or None where there is none yet."""
    path = files("communique.code").joinpath("data", "lexicons", f"{language}.toml")
    if not language.isalpha() or not path.is_file():
        return None
    return parsed(path.read_text(encoding="utf-8"), path.name, shape=shaped, like="en.toml")


def parsed(text: str, name: str, *, shape: Callable[[dict[str, Any], str], Words], like: str) -> Words:
    """Read a lexicon or a glossary from its text. Raises `BadLexicon` with file, entry, and a file that shows how."""
    try:
        return shape(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise BadLexicon(f"{name}: not TOML ({error}); {like} shows how one is written") from error
    except KeyError as error:
        raise BadLexicon(f"{name}: the entry {error} is missing; {like} shows what it holds") from error


def shaped(table: dict[str, Any], name: str) -> Lexicon:
    """Make a lexicon of what its file holds."""
    verbs = _verbs(table, name)
    pairs = _keyed(table["pairs"], "verbs", "nouns", table, name)
    closed, modality = _sets(table["closed"]), _sets(table["modality"])
    attribution, actors = _sets(table["attribution"]), _sets(table["actors"])
    forms = _english.forms(
        {*verbs, *pairs, *_led(table)}, table["irregular"]["verbs"], table["irregular"]["doubling"].split()
    )
    return Lexicon(
        language=table["language"],
        closed=closed,
        modality=modality,
        tags=_tags(closed | {"negations": modality["negations"]}, forms),
        attribution=attribution,
        actors=actors,
        objects=_sets(table["objects"]),
        dates=table["dates"],
        occasions=table["occasions"],
        forms=forms,
        verbs=verbs,
        pairs=pairs,
        nominals=_nominals(table, name),
        doers=_keyed(table["doers"], "lemmas", "kinds", table, name),
        refinements=tuple(
            Refinement(of=frozenset(entry["of"]), words=tuple(entry["words"]), slot=_slot(entry["slot"], name),
                       frame=_frame(entry | {"name": "refined"}, number, table, name))
            for number, entry in enumerate(table["refinements"], 1)
        ),
        gatherings=_nouns(table, "gathering"),
        protests=_nouns(table, "protest"),
        recurring=frozenset(table["occasions"]["recurring"].split()),
        ends=frozenset(table["occasions"]["ends"].split()),
        not_at=frozenset(table["occasions"]["not_at"].split()),
        beside=frozenset(table["occasions"]["beside"].split()),
        speaking=_speaking(verbs, forms),
        function_words=frozenset(
            word for name, words in table["closed"].items() if not name.endswith("adverbs") for word in words.split()
        ),
        ready=ready(closed, modality, attribution, actors, table),
    )  # fmt: skip


def _tags(classes: Mapping[str, frozenset[str]], forms: Mapping[str, Any]) -> dict[str, str]:
    found = dict.fromkeys(forms, "VERB")
    for name, tag in reversed(_CLOSED):
        found |= dict.fromkeys(classes.get(name, ()), tag)
    return found | {"no": "DET", "to": "TO", "that": "THAT"}


_SAID = frozenset({"STATE", "CONDEMN", "SUPPORT", "THANK", "CALL", "WARN", "DENY", "PLEDGE", "INVITE"})


def _speaking(
    verbs: Mapping[str, Sequence[tuple[tuple[str, ...], Frame]]], forms: Mapping[str, Sequence[tuple[str, str]]]
) -> frozenset[str]:
    says = {lemma for lemma, meanings in verbs.items() if any(frame.type in _SAID for _, frame in meanings)}
    return frozenset(form for form, readings in forms.items() if any(lemma in says for lemma, _ in readings))


def _nouns(table: dict[str, Any], pair: str) -> frozenset[str]:
    return frozenset(noun for entry in table["pairs"] if entry["name"] == pair for noun in entry["nouns"].split())


def _led(table: dict[str, Any]) -> frozenset[str]:
    """Yield the verbs that only say what reality another act has ("plan", "fail", "postpone")."""
    names = ("plan_verbs", "fail_verbs", "refuse_verbs", "called_off")
    led = frozenset(word for name in names for word in table["modality"][name].split())
    return led | frozenset(table["attribution"]["silent"].split())


def _sets(section: dict[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split() if isinstance(value, str) else value) for key, value in section.items()}


def _verbs(table: dict[str, Any], name: str) -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for entry in table["verbs"]:
        single, *phrases = entry["lemmas"].split(";")
        lemmas = [(word,) for word in single.split()] + [tuple(phrase.split()) for phrase in phrases]
        for words, frame in zip(lemmas, _frames(entry, lemmas, table, name), strict=True):
            known = found.setdefault(words[0], [])
            # An earlier entry goes before a later one: the last entry, of plain deeds, takes what nobody else claims.
            if words[1:] not in [tail for tail, _ in known]:
                known.append((words[1:], frame))
    return {lemma: tuple(sorted(entries, key=lambda one: -len(one[0]))) for lemma, entries in found.items()}


def _keyed(
    entries: list[dict[str, Any]], by: str, beside: str, table: dict[str, Any], name: str
) -> dict[str, tuple[tuple[frozenset[str], Frame], ...]]:
    """Yield for each word of `by` what it means beside which words: verbs with nouns, verbs with kinds of doers."""
    found: dict[str, list[tuple[frozenset[str], Frame]]] = {}
    for entry in entries:
        words = entry[by].split()
        for word, frame in zip(words, _frames(entry, words, table, name), strict=True):
            found.setdefault(word, []).append((frozenset(entry[beside].split()), frame))
    return {word: tuple(meanings) for word, meanings in found.items()}


def _nominals(table: dict[str, Any], name: str) -> dict[str, Frame]:
    found: dict[str, Frame] = {}
    for entry in table["nominals"]:
        nouns = entry["nouns"].split()
        found |= zip(nouns, _frames(entry, nouns, table, name), strict=True)
    return found


def _frames(entry: dict[str, Any], words: list[Any], table: dict[str, Any], name: str) -> list[Frame]:
    return [_frame(entry, number, table, name) for number in range(1, len(words) + 1)]


def _frame(entry: dict[str, Any], number: int, table: dict[str, Any], name: str) -> Frame:
    where = f"{name}: entry {entry['name']!r}"
    if entry["type"] not in TYPES:
        raise BadLexicon(f"{where}: unknown type {entry['type']!r}; one of {', '.join(sorted(TYPES))}")
    if entry["plover"] not in PLOVER:
        raise BadLexicon(f"{where}: unknown PLOVER type {entry['plover']!r}; one of {', '.join(sorted(PLOVER))}")
    return Frame(
        rule=f"{table['language']}.{entry['name']}.{number}",
        type=entry["type"],
        plover=entry["plover"],
        object=_slot(entry["object"], where) if "object" in entry else None,
        owner=_slot(entry["owner"], where) if "owner" in entry else None,
        preps={prep: _slot(slot, where) for prep, slot in entry.get("preps", {}).items()},
        marks=frozenset(key for key, value in entry.items() if value is True),
    )


def _slot(slot: str, where: str) -> str:
    if slot not in SLOTS:
        raise BadLexicon(f"{where}: unknown slot {slot!r}; one of {', '.join(sorted(SLOTS))}")
    return slot
