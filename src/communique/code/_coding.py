"""The room's work: mentions, dates, places, occasions and events of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from communique.code import _events, _nominal, _tongue
from communique.code._bodies import Body, bodies
from communique.code._dates import dates
from communique.code._draft import Draft
from communique.code._glossary import Glossary, glossary
from communique.code._headed import headed
from communique.code._lexicon import Lexicon, lexicon
from communique.code._occasions import Found, occasions
from communique.code._parts import Sentence
from communique.code._phrases import phrases
from communique.code._places import places, spoken
from communique.code._speakers import with_speakers
from communique.code._tokens import days, split_proclitics
from communique.code._tokens import sentences as sentences_of
from communique.code._tongue import ahead, settled
from communique.code._tongue_occasions import occasions as tongue_occasions
from communique.code._units import Unit, sentences
from communique.code._when_where import not_before, placed
from communique.kit.words import Run, words
from communique.records import Coding, Context, DateExpression, Mention, Place, Span
from communique.registry import Registry
from communique.registry import nation as _nation

MAX_CHARS = 20_000  # of a text: title and lead are far shorter; what lies beyond is not read, and a note says so
MAX_UNITS = 400  # of a sentence: a longer one is a list or a broken page


def coding(text: str, *, registry: Registry, context: Context) -> Coding:
    """Code one text: who is named, and who did what to whom, where, when, at what occasion, with what reality.

    Languages without a lexicon get mentions and dates and no guessed events. Spans are code points of `text`.
    """
    read = text[:MAX_CHARS]
    notes = (f"only the first {MAX_CHARS} characters were read",) if len(text) > MAX_CHARS else ()
    language = (context.language or "en").split("-")[0].lower()
    vocabulary = lexicon(language)
    named = registry.mentions(read, context=context)
    known = glossary(language) if vocabulary is None else None
    if known is not None:
        return _glossed(read, named, known, context, notes)
    if vocabulary is None:
        note = f"no lexicon for {language}: no events, no occasions"
        when = _plain_dates(read, language, context)
        taken = [mention.span for mention in named] + [one.span for one in when]
        where = spoken(words(read), taken, language)
        return Coding(mentions=named, dates=when, places=where, notes=(*notes, note))
    return _read(read, named, vocabulary, context, notes)


def _plain_dates(text: str, language: str, context: Context) -> tuple[DateExpression, ...]:
    """Yield what CLDR and ISO 8601 let us see in a language without a lexicon; nothing in one that CLDR lacks."""
    from babel import Locale, UnknownLocaleError  # only for languages without a lexicon

    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    return dates(text, None, language, context.published)


def _read(text: str, named: Sequence[Mention], vocabulary: Lexicon, context: Context, notes: tuple[str, ...]) -> Coding:
    run = words(text)
    held = occasions(run, named, vocabulary)
    held = tuple([replace(one, occasion=replace(one.occasion, text=text[slice(*one.occasion.span)])) for one in held])
    when = _outside(
        dates(text, vocabulary, vocabulary.language, context.published), [one.occasion.span for one in held]
    )
    taken = [mention.span for mention in named] + [one.occasion.span for one in held] + [date.span for date in when]
    spoken_of = {mention.country for mention in named} | {_nation(run[place].text) for place in run.where.capitals}
    everywhere = places(run, taken, frozenset(code for code in spoken_of if code))
    where = _without_owners(everywhere, named, text)
    silent = [place.span for place in everywhere if place not in where]
    silent += [one.occasion.span for one in held] + [date.span for date in when]
    acting = bodies(run, named, where, silent, vocabulary)
    found = _all_events(text, run, acting, when, where, held, vocabulary, context.published)
    return _numbered(found, acting, when, where, held, notes)


def _glossed(text: str, named: Sequence[Mention], known: Glossary, context: Context, notes: tuple[str, ...]) -> Coding:
    """Read a text in a language with a glossary."""
    run = words(text)
    acting = with_speakers(run, headed(run, named, known), known)
    parted = split_proclitics(run, [body.mention.span for body in acting], known)
    spans = [body.mention.span for body in acting]
    plain = dates(text, None, known.language, context.published)
    held = tongue_occasions(text, acting, known)
    spans += [one.span for one in plain]
    when = tuple(
        sorted((*plain, *_outside(tuple(days(parted, known, context.published)), spans)), key=lambda d: d.span)
    )
    told = [
        one
        for tokens in sentences_of(parted, acting, when, known, text, whole=[one.occasion.span for one in held])
        if len(tokens) <= MAX_UNITS
        for one in _tongue.events(tokens, acting, known, text)
        if _is_worth(one.event)
    ]
    when = ahead(when, told, known, context.published)
    where = spoken(parted, [*spans, *(one.span for one in when)], known.language)
    found = [not_before(settled(one, when, where, held, known), one.units, when, context.published) for one in told]
    return _numbered(found, acting, when, where, held, notes)


def _outside(found: Sequence[DateExpression], spans: Sequence[Span]) -> tuple[DateExpression, ...]:
    return tuple(one for one in found if not any(s < one.span[1] and one.span[0] < e for s, e in spans))


def _without_owners(found: Sequence[Place], named: Sequence[Mention], text: str) -> tuple[Place, ...]:
    """Leave out the country that only says whose body is meant: "Germany's BSI", "PT of Brazil"."""
    starts = {mention.span[0] for mention in named}
    return tuple(
        place for place in found
        if not (text[place.span[1] : place.span[1] + 2] in ("'s", "’s") and place.span[1] + 3 in starts)
    )  # fmt: skip


def _all_events(
    text: str,
    run: Run,
    acting: Sequence[Body],
    when: Sequence[DateExpression],
    where: Sequence[Place],
    held: Sequence[Found],
    vocabulary: Lexicon,
    published: date | None,
) -> list[Draft]:
    found: list[Draft] = []
    for units in sentences(run, acting, when, held, vocabulary, text):
        if len(units) <= MAX_UNITS:
            sentence = _taken_apart(units, acting, held, vocabulary)
            told = _events.events(sentence, text) or _nominal.events(sentence, text)
            found.extend(
                not_before(placed(one.event, one.units, sentence, when, where), one.units, when, published)
                for one in told
                if _is_worth(one.event)
            )
    return found


def _taken_apart(
    units: tuple[Unit, ...], acting: Sequence[Body], held: Sequence[Found], vocabulary: Lexicon
) -> Sentence:
    return Sentence(units=units, phrases=phrases(units, vocabulary), bodies=acting, occasions=held, lexicon=vocabulary)


def _is_worth(event: Draft) -> bool:
    """Tell whether an event names somebody; a deed or a saying of nobody is none, nor is what only passes by."""
    anybody = event.source or event.target or event.host or event.addressee
    return bool(anybody) or ((event.type not in ("DEED", "STATE") or event.plover != "NONE") and event.level == "main")


def _numbered(
    found: Sequence[Draft],
    acting: Sequence[Body],
    when: Sequence[DateExpression],
    where: Sequence[Place],
    held: Sequence[Found],
    notes: tuple[str, ...],
) -> Coding:
    """Keep the bodies that are named for sure or fill a slot, and number the slots anew."""
    used = {body for event in found for body in event.bodies()}
    kept = [index for index, body in enumerate(acting) if body.is_sure or index in used]
    number = {index: place for place, index in enumerate(kept)}
    acted = {acting[index].mention.span for index in used if acting[index].is_place}
    return Coding(
        mentions=tuple([acting[index].mention for index in kept]),
        events=tuple([event.event(number) for event in found]),
        places=tuple([place for place in where if place.span not in acted]),
        dates=tuple(when),
        occasions=tuple([one.occasion for one in held]),
        notes=notes,
    )
