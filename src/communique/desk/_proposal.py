"""A sentence for a statement: whose it is, in the words of its own clause, or of a template, or of its title.

Of the ways the first is taken that passes the desk's own check:
1. own words: the actor as the house writes it, and the clause that the event stands in, word for word;
2. template: a verb by type of event and modality, and the words of the object;
3. abroad: for a text in another language what was done and to whom, with the bodies' names as the house writes them,
   and its title in quotation marks;
4. title: who published it, and its title in quotation marks. This holds for every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.desk._findings import findings
from communique.desk._lexicon import lexicon, primary
from communique.desk._templates import Templates, templates
from communique.kit.text import folded, paragraphs
from communique.records import Coding, DateExpression, Draft, Event, Mention, SourceText, Span

CLAUSE_CHARACTERS = 280  # beyond it a clause is too long for a dispatch
TITLE_CHARACTERS = 200
LEAD_CHARACTERS = 20_000  # where titles and events are looked for
_SENTENCE_END = re.compile(r"[.!?…](?=[\s”\"’)]|$)|\n")
_ABBREVIATION = re.compile(r"(?:\b\w|\b(?:Mr|Mrs|Ms|Dr|St|No|Prof|Gen|Sen))$")
_INNER = str.maketrans(dict.fromkeys('“”„"«»', "'"))
_FIRST_ACTORS = 2  # named in a joint statement before "and others"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Words of a sentence in the making, and where in the source they come from."""

    text: str
    source: Span | None = None
    actor: str | None = None  # actor id, where the words name one


Pieces = tuple[_Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a proposal is made from."""

    lead: SourceText
    coding: Coding
    names: Mapping[str, str]  # actor id -> name as the house writes it
    publishers: Sequence[str]  # actor ids or names, the original's first
    signers: int | None
    by: Templates


def proposal(
    lead: SourceText,
    *,
    actor_names: Mapping[str, str],
    publishers: Sequence[str],
    signers: int | None = None,
    language: str = "en",
) -> Draft:
    """Yield a sentence for a statement of which `lead` is the text to be told.

    `publishers` are actor ids or names, the original's first; `signers` is how many signed, None if it is no joint
    statement. `Draft.parts` say which words of `lead` carry which words of the sentence, `Draft.rule` which way was
    taken.
    """
    told = _Told(
        lead=lead, coding=lead.coding or Coding(), names=actor_names, publishers=tuple(publishers), signers=signers,
        by=templates(primary(language)),
    )  # fmt: skip
    made = [(rule, pieces) for rule, pieces in _ways(told) if pieces]
    for rule, pieces in made:
        if not _blocked(told, pieces):
            return _draft(told, rule, pieces)
    return _draft(told, *made[-1])


def _ways(told: _Told) -> Iterator[tuple[str, Pieces]]:
    """Yield ways to tell it, best first; the last one is always there."""
    if primary(told.lead.language) in ("", told.by.language) and not _is_joint(told):
        for event in _events(told):
            yield f"own words ({event.rule})", _in_own_words(told, event)
        for event in _events(told):
            yield f"template {event.type} ({event.rule})", _by_template(told, event)
    elif not _is_joint(told):
        for event in _events(told):
            yield f"abroad {event.type} ({event.rule})", _from_abroad(told, event)
    yield "title", _by_title(told)
    yield "publisher", (*_who(told), *_sentence(told.by.stated_untitled, "actor")[1])


def _is_joint(told: _Told) -> bool:
    return (told.signers or 0) >= _FIRST_ACTORS


def _events(told: _Told) -> list[Event]:
    """Yield the main events, those of the publisher first, those of the lead before the headline's."""
    headline = _title(told.lead.text)
    end = headline[1] if headline else 0
    own = set(told.publishers)

    def order(event: Event) -> tuple[bool, bool, int]:
        actors = {told.coding.mentions[place].actor for place in event.source}
        return (actors.isdisjoint(own), event.trigger.span[0] < end, event.trigger.span[0])

    return sorted((event for event in told.coding.events if event.level == "main"), key=order)


def _in_own_words(told: _Told, event: Event) -> Pieces:
    """Take over the clause that follows the actor's name; () where it does not stand so."""
    before = [told.coding.mentions[place] for place in event.source
              if told.coding.mentions[place].span[1] <= event.trigger.span[0]]  # fmt: skip
    if len(event.source) != 1 or not before or before[0].kind == "unnamed-group":
        return ()
    actor = before[0]
    start, end = _sentence_around(told.lead.text, actor.span)
    clause = told.lead.text[actor.span[1] : end]
    if event.trigger.span[1] > end or not 0 < len(clause) <= CLAUSE_CHARACTERS or clause[0] not in " \u00a0":
        return ()
    if _is_first_person(told, told.lead.text[start:end]) or not _is_opening(
        told, told.lead.text[start : actor.span[0]]
    ):
        return ()
    return (*_actor(told, actor), *_clause(told, (actor.span[1], end)), *_leading_day(told, (start, actor.span[0])))


def _is_opening(told: _Told, words: str) -> bool:
    """Tell whether the words before the actor may be left out: an article, or a word of time that is put behind."""
    left = words.casefold().replace(",", " ").split()
    return all(word in told.by.relative or word in (told.by.article, "on") or _is_day(told, word) for word in left)


def _is_day(told: _Told, word: str) -> bool:
    return any(word in expression.text.casefold().split() for expression in told.coding.dates)


def _is_first_person(told: _Told, words: str) -> bool:
    return not told.by.first_person.isdisjoint(re.findall(r"\w+", words.casefold()))


def _clause(told: _Told, span: Span) -> Pieces:
    """Yield the words of a span; "yesterday" and its like become the day that they mean."""
    pieces, at = [], span[0]
    for expression in told.coding.dates:
        day = _meant(told, expression)
        if day is None or not at <= expression.span[0] < expression.span[1] <= span[1]:
            continue
        pieces.append(_Piece(text=told.lead.text[at : expression.span[0]], source=(at, expression.span[0])))
        pieces.append(_Piece(text=day, source=expression.span))
        at = expression.span[1]
    rest = told.lead.text[at : span[1]].rstrip(" .!?…")
    return (*pieces, _Piece(text=rest, source=(at, at + len(rest))))


def _leading_day(told: _Told, span: Span) -> Pieces:
    """Yield the day that stood before the actor's name, to be put at the end."""
    for expression in told.coding.dates:
        if span[0] <= expression.span[0] and expression.span[1] <= span[1]:
            words = _meant(told, expression) or expression.text[:1].lower() + expression.text[1:]
            return (_Piece(text=" "), _Piece(text=words, source=expression.span), _Piece(text="."))
    return (_Piece(text="."),)


def _meant(told: _Told, expression: DateExpression) -> str | None:
    """Yield "on 9 January 2019" for "yesterday", where it is known which day that was."""
    if expression.text.casefold() not in told.by.relative or expression.value is None:
        return None
    try:
        day = date.fromisoformat(expression.value)
    except ValueError:
        return None
    return told.by.on_day.format(day=told.by.day(day))


def _by_template(told: _Told, event: Event) -> Pieces:
    """Fill the template of an event's type and modality with its object."""
    sentence = told.by.verbs.get(event.type, {}).get(event.modality)
    if sentence is None or event.object is None or not _says_what(told, event.object.text):
        return ()
    actors = [told.coding.mentions[place] for place in event.source]
    if len(actors) > 1 or (not actors and len(told.publishers) != 1):
        return ()
    actor = _actor(told, actors[0]) if actors else _who(told)
    return (*actor, *_sentence(sentence, "actor", object=_Piece(text=event.object.text, source=event.object.span))[1])


def _from_abroad(told: _Told, event: Event) -> Pieces:
    """Tell what the publisher did by the words of a template, and quote the title; () where either is not sure."""
    sentences = told.by.abroad.get(event.type, {})
    title = _title(told.lead.text) or _first_sentence(told.lead.text)
    who = [told.coding.mentions[place] for place in event.source]
    if event.modality not in sentences or title is None or len(who) != 1 or who[0].actor not in told.publishers:
        return ()
    quoted = _Piece(text=told.lead.text[title[0] : title[1]].translate(_INNER), source=title)
    other = _counterpart(told, event)
    if other is not None and f"{event.modality}_to" in sentences:
        sentence = sentences[f"{event.modality}_to"]
        return (*_actor(told, who[0]), *_sentence(sentence, "actor", other=other, title=quoted)[1])
    return (*_actor(told, who[0]), *_sentence(sentences[event.modality], "actor", title=quoted)[1])


def _counterpart(told: _Told, event: Event) -> _Piece | None:
    """Yield the one body that an act is turned to, if the house has a name for it."""
    places = (*event.target, *event.addressee)
    mention = told.coding.mentions[places[0]] if len(places) == 1 else None
    if mention is None or mention.actor is None or mention.actor not in told.names:
        return None
    return _Piece(text=told.by.named(told.names[mention.actor]), source=mention.span, actor=mention.actor)


def _says_what(told: _Told, words: str) -> bool:
    """Tell whether an object's words can stand alone: not "those", "all" or "our friends"."""
    known = lexicon(told.by.language).function
    return not _is_first_person(told, words) and sum(folded(word) not in known for word in words.split()) > 1


def _by_title(told: _Told) -> Pieces:
    """Tell who published it, and quote its title; () where it has none."""
    span = _title(told.lead.text) or _first_sentence(told.lead.text)
    if span is None:
        return ()
    quoted = _Piece(text=told.lead.text[span[0] : span[1]].translate(_INNER), source=span)
    if not _is_joint(told):
        return (*_who(told), *_sentence(told.by.stated, "actor", title=quoted)[1])
    return (*_whos(told), *_sentence(told.by.stated_jointly, "actors", title=quoted)[1])


def _who(told: _Told) -> Pieces:
    """Yield the publisher, at the beginning of a sentence."""
    if not told.publishers:
        return (_Piece(text=told.by.unknown_actor),)
    return (_published_by(told, told.publishers[0], begins=True),)


def _whos(told: _Told) -> Pieces:
    """Yield those who published a joint statement: two of them by name, the others as a number if it is sure."""
    named = [_published_by(told, who, begins=place == 0) for place, who in enumerate(told.publishers[:_FIRST_ACTORS])]
    if len(named) < _FIRST_ACTORS:
        return _who(told)
    signers = told.signers or 0
    others = max(signers, len(told.publishers)) - _FIRST_ACTORS
    if others == 0:
        sentence = told.by.two
    else:
        sentence = told.by.many if told.lead.signers == signers and others > 1 else told.by.more
    return _sentence(sentence.replace("{count}", str(others)), "", first=named[0], second=named[1])[1]


def _published_by(told: _Told, who: str, *, begins: bool) -> _Piece:
    name = told.by.named(told.names.get(who, who))
    return _Piece(text=name[:1].upper() + name[1:] if begins else name, actor=who)


def _actor(told: _Told, mention: Mention) -> Pieces:
    """Yield an actor as the house writes it, at the beginning of a sentence."""
    who = mention.actor or _meant_by(told, mention)
    name = told.by.named(told.names.get(who, mention.name) if who else mention.text)
    return (_Piece(text=name[:1].upper() + name[1:], source=mention.span, actor=who),)


def _meant_by(told: _Told, mention: Mention) -> str | None:
    """Yield the publisher, where a text calls it by a part of its name: "the Ministry", "the League"."""
    if not told.publishers or told.publishers[0] not in told.names:
        return None
    parts = set(folded(mention.text).split())
    is_part = parts <= set(folded(told.names[told.publishers[0]]).split()) | {told.by.article}
    return told.publishers[0] if is_part else None


def _sentence(template: str, after: str, **given: _Piece) -> tuple[str, Pieces]:
    """Yield a template's words, what stands in braces filled in; the name `after` begins it and is given apart."""
    pieces = []
    for part in re.split(r"(\{\w+\})", template):
        name = part.strip("{}") if part.startswith("{") else None
        if name == after or not part:
            continue
        pieces.append(given[name] if name else _Piece(text=part))
    return after, tuple(pieces)


def _title(text: str) -> Span | None:
    """Yield the place of the title: the first paragraph, if it is short, ends like one, and a text follows."""
    head = text[:LEAD_CHARACTERS]
    first = head.split("\n", 1)[0].rstrip()
    has_more = "\n" in head and bool(paragraphs(head[len(first) :]))
    is_title = 0 < len(first) <= TITLE_CHARACTERS and has_more and not first.endswith((".", "…", ":"))
    return (0, len(first)) if is_title else None


def _first_sentence(text: str) -> Span | None:
    start = len(text) - len(text.lstrip())
    _, end = _sentence_around(text, (start, start))
    while end > start and text[end - 1] in " .":
        end -= 1
    return (start, end) if 0 < end - start <= TITLE_CHARACTERS else None


def _sentence_around(text: str, span: Span) -> Span:
    """Yield the place of the sentence that a span stands in, its full stop left out."""
    head = text[: max(LEAD_CHARACTERS, span[1])]
    start = 0
    for match in _SENTENCE_END.finditer(head):
        if match[0] == "." and _ABBREVIATION.search(head[max(0, match.start() - 6) : match.start()]):
            continue
        if match.start() >= span[1]:
            return _from_first_mark(head, start), match.start()
        start = match.end()
    return _from_first_mark(head, start), len(head)


def _from_first_mark(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _blocked(told: _Told, pieces: Pieces) -> bool:
    """Tell whether the desk's own check would block a sentence; names that the house gives are known to be right."""
    text, mentions, at = "", [], 0
    for piece in pieces:
        text += piece.text
        if piece.actor:
            mentions.append(_mention(told, piece, (at, len(text))))
        at = len(text)
    sources = (told.lead,) if not told.publishers else (told.lead, _imprint(told))
    found = findings(text, sources, language=told.by.language, coding=Coding(mentions=tuple(mentions)))
    return any(one.blocks for one in found)


def _mention(told: _Told, piece: _Piece, span: Span) -> Mention:
    return Mention(text=piece.text, span=span, actor=piece.actor, name=piece.text, kind=None, country=None)


def _imprint(told: _Told) -> SourceText:
    """Yield what is known beside the text: who published it."""
    known = tuple(
        Mention(text=who, span=(0, 0), actor=who, name=told.names.get(who, who), kind=None, country=None)
        for who in told.publishers
    )
    return SourceText(text="", language=told.lead.language, publisher=told.publishers[0], coding=Coding(mentions=known))


def _draft(told: _Told, rule: str, pieces: Pieces) -> Draft:
    text, parts = "", []
    for piece in pieces:
        start = len(text)
        text += piece.text
        if piece.source and piece.text.strip():
            parts.append(((start, len(text)), 0, piece.source))
    return Draft(text=text, language=told.by.language, parts=tuple(parts), rule=rule)
