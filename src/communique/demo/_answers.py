"""The answer key of the world, and the comparison of what a newsroom made of it.

`Outcome` is what the newsroom says (filled from its ledger); `AnswerKey` is what is true; `findings` compares the
two and yields one sentence for each difference. No sentence: every room did its work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.demo import _script
from communique.kit import text, urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document as the newsroom read and matched it."""

    url: str
    statement: str  # id of its statement
    relation: str  # "original", "copy", "translation" …
    title: str | None
    language: str | None
    published: str | None  # ISO 8601 day
    signers: tuple[str, ...] = ()  # names of relation "signer", as printed
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An event as the newsroom coded it; `modality` and `type` as in the contract."""

    url: str
    type: str
    modality: str
    trigger: str  # words of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A mention as the newsroom resolved it."""

    url: str
    text: str  # words of the text
    actor: str | None  # actor id; None: undecided or unknown
    candidates: tuple[str, ...] = ()  # actor ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A trouble, or another reason given for silence."""

    source: str  # source id
    url: str  # address that it was about
    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A later text at an address."""

    url: str
    changed: tuple[str, ...]  # "text", "signatories" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the newsroom made of the world, up to one visit."""

    sources: int  # followed, the mail folder among them
    documents: tuple[Told, ...]
    events: tuple[Coded, ...] = ()
    mentions: tuple[Named, ...] = ()
    failures: tuple[Failed, ...] = ()
    revisions: tuple[Revised, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is true of one address."""

    ref: str
    url: str
    source: str
    title: str
    language: str
    published: str  # ISO 8601 day
    text: str  # without markup, paragraphs parted by blank lines
    is_readable: bool  # False: hostile, or behind a closed door


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Addresses that say the same."""

    urls: tuple[str, ...]  # the original first
    why: str
    has_original: bool = True  # False: all were published at once
    signers: tuple[str, ...] = ()  # those of the original's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """An act that must not be told as done."""

    url: str
    modality: str  # of the act
    words: tuple[str, ...]  # one of them stands in the trigger of the act
    said: str  # type of an event that must be there, "" if none must


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """What is true of the world at one visit."""

    sources: int
    documents: tuple[Expected, ...]  # those that can be read
    statements: int  # that these documents make
    groups: tuple[Group, ...]
    apart: tuple[Group, ...]  # addresses that look the same and are not
    revisions: Mapping[str, str]  # address -> what must be among the changes
    modal: tuple[Modal, ...]
    ambiguous: tuple[Named, ...]  # mentions with two candidates that must not be decided
    silent: Mapping[str, tuple[str, ...]]  # source id -> words, one of which must stand in its trouble
    hostile: Mapping[str, tuple[str, ...]]  # address -> words that must never be in its text
    floors: Mapping[str, float]  # share that must be right: "title", "language", "published", "text", "signers"


def answer_key(told: tuple[Expected, ...], *, visit: int, web_sources: int) -> AnswerKey:
    """Yield the key with addresses in the place of references."""
    written = _script.answers()
    at = {one.ref: one.url for one in told}
    readable = tuple(one for one in told if one.is_readable)
    groups = _all_groups(written["same"], at, visit)
    return AnswerKey(
        sources=web_sources + 1,
        documents=readable,
        statements=len(readable) - sum(len(group.urls) - 1 for group in groups),
        groups=groups,
        apart=_all_groups(written["apart"], at, visit),
        revisions={at[given["at"]]: given["changed"] for given in written["revision"]} if visit > 1 else {},
        modal=tuple(_modal(given, at) for given in written["modal"]),
        ambiguous=tuple(
            Named(url=at[given["at"]], text=given["words"], actor=None, candidates=tuple(given["candidates"]))
            for given in written["ambiguous"]
        ),
        silent={given["source"]: tuple(given["words"]) for given in written["silent"]},
        hostile={at[given["at"]]: tuple(given["never"]) for given in written["hostile"]},
        floors=written["floors"],
    )


def _all_groups(written: list[dict[str, Any]], at: Mapping[str, str], visit: int) -> tuple[Group, ...]:
    """Yield the groups of this visit: some are only seen once a later document joins them."""
    meant = [given for given in written if given.get("from_visit", 1) <= visit <= given.get("to_visit", visit)]
    return tuple(_group(given, at, visit) for given in meant)


def _group(given: Mapping[str, Any], at: Mapping[str, str], visit: int) -> Group:
    signers = (*given.get("signers", ()), *(given.get("later_signers", ()) if visit > 1 else ()))
    present = tuple(at[ref] for ref in given["refs"] if ref in at)
    return Group(urls=present, why=given["why"], has_original=given.get("original", True), signers=signers)


def _modal(given: Mapping[str, Any], at: Mapping[str, str]) -> Modal:
    words = tuple(given["words"])
    return Modal(url=at[given["at"]], modality=given["modality"], words=words, said=given.get("said", ""))


def findings(outcome: Outcome, key: AnswerKey) -> tuple[str, ...]:
    """Yield one sentence for each thing that the outcome has otherwise than the key."""
    told = {urls.identity(one.url): one for one in outcome.documents}
    return (
        *_counts(outcome, key, told),
        *_fields(key, told),
        *_groups(key, told),
        *_signers(key, told),
        *_modality(outcome, key),
        *_mentions(outcome, key),
        *_silence(outcome, key),
        *_hostility(outcome, key, told),
        *_revisions(outcome, key),
    )


def _counts(outcome: Outcome, key: AnswerKey, told: Mapping[str, Told]) -> Iterator[str]:
    if outcome.sources != key.sources:
        yield f"sources: {outcome.sources} are followed, {key.sources} are there"
    missing = [one.ref for one in key.documents if urls.identity(one.url) not in told]
    if missing:
        yield f"documents: {len(missing)} of {len(key.documents)} were not read: {', '.join(missing[:5])}"
    allowed = {urls.identity(one.url) for one in key.documents} | {urls.identity(url) for url in key.hostile}
    strange = [one.url for identity, one in told.items() if identity not in allowed]
    if strange:
        yield f"documents: {len(strange)} are no statements of this world: {', '.join(strange[:5])}"
    wanted = [told[at].statement for one in key.documents if (at := urls.identity(one.url)) in told]
    if not missing and len(set(wanted)) != key.statements:
        yield f"statements: {len(set(wanted))} were made of {len(wanted)} documents, {key.statements} are right"


def _fields(key: AnswerKey, told: Mapping[str, Told]) -> Iterator[str]:
    read = [(one, told[at]) for one in key.documents if (at := urls.identity(one.url)) in told]
    wrong = {
        "title": [one.ref for one, got in read if text.folded(got.title or "") != text.folded(one.title)],
        "language": [one.ref for one, got in read if (got.language or "").split("-")[0] != one.language],
        "published": [one.ref for one, got in read if (got.published or "")[:10] != one.published],
        "text": [one.ref for one, got in read if not _is_whole(got.text, one.text)],
    }
    for name, refs in wrong.items():
        right = 1 - len(refs) / len(read) if read else 0.0
        if right < key.floors[name]:
            yield f"{name}: right on {right:.3f}, less than {key.floors[name]}; wrong at {', '.join(refs[:5])}"


def _is_whole(got: str, wanted: str) -> bool:
    """Tell whether at least nine in ten lines (paragraphs, entries of lists) stand in the text that was read."""
    shown, lines = text.folded(got), [text.folded(line) for line in wanted.split("\n") if line.strip()]
    # A reader may keep the mark of a list's entry or another one in its place.
    return sum(line.removeprefix("- ") in shown for line in lines) >= 0.9 * len(lines)


def _groups(key: AnswerKey, told: Mapping[str, Told]) -> Iterator[str]:
    for group in key.groups:
        got = [told[at] for url in group.urls if (at := urls.identity(url)) in told]
        if len({one.statement for one in got}) > 1:
            yield f"merged: {group.why}: {len(got)} documents are one statement, and were told as several"
        if group.has_original and [one.url for one in got if one.relation == "original"] != [group.urls[0]]:
            yield f"merged: {group.why}: the original is {group.urls[0]}, and another was taken for it"
    for group in key.apart:
        got = [told[at] for url in group.urls if (at := urls.identity(url)) in told]
        if len({one.statement for one in got}) < len(got):
            yield f"merged: {group.why}: these are different statements, and were told as one"


def _signers(key: AnswerKey, told: Mapping[str, Told]) -> Iterator[str]:
    for group in key.groups:
        document = told.get(urls.identity(group.urls[0]))
        if not group.signers or document is None:
            continue
        wanted = {text.folded(name) for name in group.signers}
        got = {text.folded(name) for name in document.signers}
        if len(wanted & got) / len(wanted) < key.floors["signers"]:
            yield f"signers: {len(wanted & got)} of {len(wanted)} were found at {document.url}"
        if got - wanted:
            yield f"signers: {', '.join(sorted(got - wanted))} did not sign {document.url}"


def _modality(outcome: Outcome, key: AnswerKey) -> Iterator[str]:
    for act in key.modal:
        here = [one for one in outcome.events if urls.identity(one.url) == urls.identity(act.url)]
        meant = [one for one in here if any(word in text.folded(one.trigger) for word in act.words)]
        told_as_done = [one for one in meant if one.modality == "asserted"]
        if told_as_done:
            yield f"modality: {told_as_done[0].trigger!r} at {act.url} is {act.modality}, and was coded as done"
        if act.said and act.said not in {one.type for one in here}:
            yield f"events: no {act.said} was coded at {act.url}"
        if not act.said and act.modality not in {one.modality for one in here}:
            yield f"modality: nothing at {act.url} was coded as {act.modality}"


def _mentions(outcome: Outcome, key: AnswerKey) -> Iterator[str]:
    for wanted in key.ambiguous:
        at = urls.identity(wanted.url)
        got = [one for one in outcome.mentions if urls.identity(one.url) == at and one.text == wanted.text]
        if not got:
            yield f"mentions: {wanted.text} at {wanted.url} was not noticed"
        if decided := next((one.actor for one in got if one.actor), None):
            yield f"mentions: {wanted.text} at {wanted.url} can't be decided, and was taken for {decided}"
        if got and not any(set(wanted.candidates) <= set(one.candidates) for one in got):
            yield f"mentions: {wanted.text} at {wanted.url} has the candidates {', '.join(wanted.candidates)}"


def _silence(outcome: Outcome, key: AnswerKey) -> Iterator[str]:
    for source, words in key.silent.items():
        said = [f"{one.kind} {one.detail}".casefold() for one in outcome.failures if one.source == source]
        if not said:
            yield f"silence: {source} says nothing, and nobody was told why"
        elif not any(word in sentence for sentence in said for word in words):
            yield f"silence: why {source} says nothing is one of {', '.join(words)}; told was: {said[0]}"
    expected = {*key.silent, *(urls.host(url).removesuffix(".localhost") for url in key.hostile)}
    for source in sorted({one.source for one in outcome.failures} - expected):
        detail = next(one.detail for one in outcome.failures if one.source == source)
        yield f"troubles: {source} is all right, and a trouble was told: {detail}"


def _hostility(outcome: Outcome, key: AnswerKey, told: Mapping[str, Told]) -> Iterator[str]:
    failed = {urls.identity(one.url) for one in outcome.failures}
    for url, never in key.hostile.items():
        at = urls.identity(url)
        if at not in told and at not in failed:
            yield f"hostile: {url} was neither read nor told as a trouble"
        if at in told and (found := [word for word in never if word in told[at].text]):
            yield f"hostile: {', '.join(found)} of {url} came into its text"


def _revisions(outcome: Outcome, key: AnswerKey) -> Iterator[str]:
    got = {urls.identity(one.url): one for one in outcome.revisions}
    for url, changed in key.revisions.items():
        revision = got.pop(urls.identity(url), None)
        if revision is None:
            yield f"revisions: {url} was changed, and nobody noticed"
        elif changed not in revision.changed:
            yield f"revisions: the {changed} of {url} changed; told was: {', '.join(revision.changed)}"
    for revision in got.values():
        yield f"revisions: {revision.url} did not change, and a revision was told"
