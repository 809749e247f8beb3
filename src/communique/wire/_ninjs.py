"""One dispatch as IPTC ninjs 3.1, 2.2 and 1.6 (https://iptc.org/standards/ninjs/).

ninjs allows no further top-level fields, so the digest that the log holds and the entry's index are alternative ids
(`altIds` with the roles "digest" and "log-index"; in 1.6 members of `altids`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from communique.kit.text import printable
from communique.records import Dispatch
from communique.wire import _feeds, _links, _series, _topics, _view, _words
from communique.wire._edition import Section
from communique.wire._press import Page, Press

_STATUS = {"held": "withheld", "withdrawn": "canceled", "replaced": "canceled"}
_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_{}.json#"


def pages(press: Press, dispatch: Dispatch) -> tuple[Page, ...]:
    """Yield the three files."""
    newest = _three(press, dispatch, "3.1")
    return (
        Page(path=f"d/{dispatch.id}.json", body=_feeds.as_json(newest)),
        Page(path=f"d/{dispatch.id}.ninjs-2.2.json", body=_feeds.as_json(_two(press, dispatch))),
        Page(path=f"d/{dispatch.id}.ninjs-1.6.json", body=_feeds.as_json(_one(press, dispatch))),
    )


def status(dispatch: Dispatch) -> str:
    """Yield the IPTC publishing status: usable, withheld or canceled."""
    return _STATUS.get(dispatch.stage, "usable")


def altered(press: Press, dispatch: Dispatch) -> datetime:
    """Yield when the present version was made."""
    return _feeds.updated(dispatch, press.edition.settings.began)


def _three(press: Press, dispatch: Dispatch, version: str) -> dict[str, Any]:
    """Yield ninjs 3.1; the earlier versions are made from it."""
    words, shown = press.words, _view.is_shown(dispatch)
    settings = press.edition.settings
    text = _view.said(dispatch, words)
    tag = _words.tag(dispatch.language) if shown else words.language
    made: dict[str, Any] = {
        "uri": press.base + _links.dispatch(press.edition, dispatch.id),
        "type": "text",
        "representationType": "full",
        "version": str(1 + len(dispatch.corrections)),
        **_times(dispatch, altered(press, dispatch), ("firstCreated", "versionCreated", "contentCreated")),
        "pubStatus": status(dispatch),
        "copyrightHolder": printable(settings.name),
        "language": tag,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": _view.title(dispatch, words)}],
        "bodies": [{"role": "main", "contentType": "text/plain", "charCount": len(text),
                    "wordCount": len(text.split()), "value": text}],
        "altIds": [{"role": role, "value": value} for role, value in ids(press, dispatch).items()],
        "standard": {"name": "ninjs", "version": version, "schema": _SCHEMA.format(version)},
    }  # fmt: skip
    if settings.licence:
        made["usageTerms"] = printable(settings.licence)
    if licence := _links.outside(settings.licence_url):
        made["rightsInfo"] = {"linkedRights": licence}
    if note := _note(press, dispatch):
        made["edNote"] = note
    return made | (_three_parts(press, dispatch) if shown else {})


def _times(dispatch: Dispatch, changed: datetime, names: tuple[str, str, str]) -> dict[str, str]:
    """Yield what is known of times; the content's own is left out where the original has no date."""
    first, version, content = names
    made = {version: changed.isoformat()}
    if begun := dispatch.released or dispatch.published:
        made[first] = begun.astimezone(UTC).isoformat()
    return made | ({content: dispatch.published.isoformat()} if dispatch.published else {})


def ids(press: Press, dispatch: Dispatch) -> dict[str, str]:
    """Yield the other names of a dispatch: its number, its digest and entry in the log."""
    found = {"number": str(dispatch.id)}
    if digest := press.edition.content_digest(dispatch.id):
        found["digest"] = digest
    if dispatch.log_index is not None:
        found["log-index"] = str(dispatch.log_index)
    return found


def _note(press: Press, dispatch: Dispatch) -> str:
    change = _view.latest(dispatch)
    if change is None:
        return ""
    reason = printable(change.reason)
    return press.words(f"op_{change.operation}") + (f": {reason}" if reason else "")


def _three_parts(press: Press, dispatch: Dispatch) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "organisations": [*_organisations(press, dispatch), *_signatories(dispatch)],
        "places": _places(press, dispatch),
        "subjects": _subjects(press, dispatch),
        "events": _events(press, dispatch),
        "infoSources": _info_sources(press, dispatch),
        "associations": _associations(press, dispatch),
        "trustIndicators": _trust(press, dispatch),
    }
    return {name: value for name, value in parts.items() if value}


def _events(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    if not dispatch.occasion:
        return []
    series = _series.section(dispatch)
    uri = {"uri": press.base + _links.section(series)} if series else {}
    return [{"name": printable(dispatch.occasion), "rel": "occasion", **uri}]


def _organisations(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    return [
        {"name": _view.actor_link(press.edition, press.words, one).text, "rel": "actor",
         "uri": press.base + _links.section(Section("org", one)), "literal": printable(one)}
        for one in dispatch.actors
    ]  # fmt: skip


def _signatories(dispatch: Dispatch) -> list[dict[str, Any]]:
    return [{"name": printable(name), "rel": "signatory"} for name in dispatch.signatories]


def _places(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"name": printable(dispatch.place), "rel": "where"}] if dispatch.place else []
    if dispatch.country:
        uri = press.base + _links.section(Section("country", dispatch.country))
        name = press.words.country(dispatch.country)
        made.append({"name": name, "rel": "country", "uri": uri, "literal": printable(dispatch.country)})
    return made


def _subjects(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    topics: list[dict[str, Any]] = [
        {"name": _topics.name(one, press.words.language), "uri": _topics.SCHEME + quote(_topics.bare(one), safe="")}
        for one in dispatch.topics
    ]
    kinds = dict.fromkeys(event.type for event in dispatch.events)
    return topics + [{"name": printable(kind), "rel": "event-type", "literal": printable(kind)} for kind in kinds]


def _info_sources(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    made = []
    for one in dispatch.sources:
        url = _links.outside(one.url)
        name = _view.source_name(press.edition, press.words, one)
        made.append({"name": name, "role": "source", **({"uri": url} if url else {"literal": printable(one.url)})})
    return made


def _associations(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    found = [one for one in map(press.edition.dispatch, dispatch.translations) if one]
    return [
        {"name": f"translation-{one.id}", "rel": "translation", "type": "text",
         "uri": press.base + _links.dispatch(press.edition, one.id), "language": _words.tag(one.language)}
        for one in found
    ]  # fmt: skip


def _trust(press: Press, dispatch: Dispatch) -> list[dict[str, Any]]:
    if press.edition.proof(dispatch.id) is None:
        return []
    href = f"{press.base}d/{dispatch.id}.tlog-proof"
    return [{"role": "https://c2sp.org/tlog-proof", "title": press.words("proof"), "href": href}]


def _two(press: Press, dispatch: Dispatch) -> dict[str, Any]:
    """Yield ninjs 2.2: all names in lower case, and associations without a relation."""
    made: dict[str, Any] = _lowered(_three(press, dispatch, "2.2"))
    if "associations" in made:
        made["associations"] = [{key: part[key] for key in part if key != "rel"} for part in made["associations"]]
    return made


def _lowered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.lower(): _lowered(part) for key, part in value.items()}
    return [_lowered(part) for part in value] if isinstance(value, list) else value


def _one(press: Press, dispatch: Dispatch) -> dict[str, Any]:
    """Yield ninjs 1.6, whose names are lower case and whose lists are objects."""
    three = _three(press, dispatch, "1.6")
    same = {"uri": "uri", "type": "type", "version": "version", "firstCreated": "firstcreated", "language": "language",
            "versionCreated": "versioncreated", "contentCreated": "contentcreated", "pubStatus": "pubstatus",
            "copyrightHolder": "copyrightholder", "usageTerms": "usageterms", "edNote": "ednote"}  # fmt: skip
    made: dict[str, Any] = {new: three[old] for old, new in same.items() if old in three}
    body = three["bodies"][0]
    made |= {
        "representationtype": "complete",
        "mimetype": "text/plain",
        "headline": three["headlines"][0]["value"],
        "body_text": body["value"],
        "charcount": body["charCount"],
        "wordcount": body["wordCount"],
        "altids": ids(press, dispatch),
        "$standard": three["standard"],
    }
    if rights := three.get("rightsInfo"):
        made["rightsinfo"] = {"linkedrights": rights["linkedRights"]}
    lists = {"organisations": "organisation", "places": "place", "subjects": "subject", "events": "event",
             "infoSources": "infosource"}  # fmt: skip
    made |= {new: [_one_concept(part) for part in three[old]] for old, new in lists.items() if old in three}
    if associations := three.get("associations"):
        made["associations"] = {
            part["name"].replace("-", "_"): {key: part[key] for key in ("uri", "type", "language")}
            for part in associations
        }
    if trust := three.get("trustIndicators"):
        made["trustindicator"] = [{"title": part["title"], "href": part["href"]} for part in trust]
    return made


def _one_concept(part: dict[str, Any]) -> dict[str, Any]:
    """Yield a concept with scheme and code in place of uri and literal."""
    made = {"name": part["name"], "rel": part.get("rel") or part.get("role")}
    uri = part.get("uri")
    code = part.get("literal") or uri
    return {key: value for key, value in (made | {"code": code}).items() if value}
