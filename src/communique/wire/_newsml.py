"""One dispatch as a NewsML-G2 2.35 text item (https://iptc.org/standards/newsml-g2/)."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from lxml import etree

from communique.kit.text import printable
from communique.records import Dispatch
from communique.wire import _links, _ninjs, _series, _topics, _view, _words
from communique.wire._edition import Section
from communique.wire._press import Page, Press

NAR = "http://iptc.org/std/nar/2006-10-01/"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "http://www.w3.org/1999/xhtml"


def _default(namespace: str) -> Any:
    return {None: namespace}  # lxml takes None for the default namespace; its stubs do not know


def page(press: Press, dispatch: Dispatch) -> Page:
    """Yield the file; elements stand in the order that the schema demands."""
    words, shown = press.words, _view.is_shown(dispatch)
    tag = _words.tag(dispatch.language) if shown else words.language
    item = etree.Element(f"{{{NAR}}}newsItem", nsmap=_default(NAR))
    item.set("guid", press.base + _links.dispatch(press.edition, dispatch.id))
    item.set("version", str(1 + len(dispatch.corrections)))
    item.set("standard", "NewsML-G2")
    item.set("standardversion", "2.35")
    item.set("conformance", "power")
    item.set(_LANG, tag)
    _add(item, "catalogRef", href=_CATALOG)
    _rights(press, item)
    _item_meta(press, item, dispatch)
    _content_meta(press, item, dispatch, tag)
    _content(press, item, dispatch)
    body: bytes = etree.tostring(item, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Page(path=f"d/{dispatch.id}.xml", body=body)


def _rights(press: Press, item: Any) -> None:
    settings = press.edition.settings
    rights = _add(item, "rightsInfo")
    _named(rights, "copyrightHolder", printable(settings.name), uri=press.base)
    if settings.licence:
        terms = _add(rights, "usageTerms", printable(settings.licence))
        if licence := _links.outside(settings.licence_url):
            terms.set("href", licence)


def _item_meta(press: Press, item: Any, dispatch: Dispatch) -> None:
    meta = _add(item, "itemMeta")
    _add(meta, "itemClass", qcode="ninat:text")
    _named(meta, "provider", printable(press.edition.settings.name), uri=press.base)
    _add(meta, "versionCreated", _ninjs.altered(press, dispatch).isoformat())
    if begun := dispatch.released or dispatch.published:
        _add(meta, "firstCreated", begun.astimezone(UTC).isoformat())
    _add(meta, "pubStatus", qcode=f"stat:{_ninjs.status(dispatch)}")
    change = _view.latest(dispatch)
    if change is not None and change.reason:
        _add(meta, "edNote", printable(change.reason))
    if press.edition.proof(dispatch.id) is not None:
        _add(meta, "link", href=f"{press.base}d/{dispatch.id}.tlog-proof")
    for number in dispatch.translations:
        if press.edition.dispatch(number):
            _add(meta, "link", rel="irel:seeAlso", href=f"{press.base}d/{number}.xml")


def _content_meta(press: Press, item: Any, dispatch: Dispatch, tag: str) -> None:
    shown = _view.is_shown(dispatch)
    meta = _add(item, "contentMeta")
    if dispatch.published:
        _add(meta, "contentCreated", _view.written(dispatch))
    if dispatch.place and shown:
        _named(meta, "located", printable(dispatch.place))
    for one in dispatch.sources if shown else ():
        url = _links.outside(one.url)
        name = _view.source_name(press.edition, press.words, one)
        _named(meta, "infoSource", name, **({"uri": url} if url else {"literal": "source"}))
    for role, value in _ninjs.ids(press, dispatch).items():
        _add(meta, "altId", value, type=f"{press.base}about/#{role}")
    _add(meta, "language", tag=tag)
    if shown:
        _subjects(press, meta, dispatch)
    _add(meta, "headline", _view.title(dispatch, press.words))


def _subjects(press: Press, meta: Any, dispatch: Dispatch) -> None:
    for topic in dispatch.topics:
        code = _topics.bare(topic)
        concept = {"qcode": f"medtop:{code}"} if code.isdigit() else {"literal": printable(code)}
        _named(meta, "subject", _topics.name(topic, press.words.language), **concept)
    for one in dispatch.actors:
        uri = press.base + _links.section(Section("org", one))
        name = _view.actor_link(press.edition, press.words, one).text
        _named(meta, "subject", name, type="cpnat:organisation", uri=uri)
    if dispatch.country:
        uri = press.base + _links.section(Section("country", dispatch.country))
        _named(meta, "subject", press.words.country(dispatch.country), type="cpnat:geoArea", uri=uri)
    if dispatch.occasion:
        series = _series.section(dispatch)
        which = {"uri": press.base + _links.section(series)} if series else {"literal": "occasion"}
        _named(meta, "subject", printable(dispatch.occasion), type="cpnat:event", **which)


def _content(press: Press, item: Any, dispatch: Dispatch) -> None:
    """Add the sentence as XHTML, the form that G2 readers take for text."""
    within = _add(_add(item, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
    html = etree.SubElement(within, f"{{{_XHTML}}}html", nsmap=_default(_XHTML))
    head = etree.SubElement(html, f"{{{_XHTML}}}head")
    etree.SubElement(head, f"{{{_XHTML}}}title").text = _view.title(dispatch, press.words)
    body = etree.SubElement(html, f"{{{_XHTML}}}body")
    etree.SubElement(body, f"{{{_XHTML}}}p").text = _view.said(dispatch, press.words)


def _named(parent: Any, name: str, text: str, **attributes: str) -> None:
    _add(_add(parent, name, **attributes), "name", text)


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{NAR}}}{name}", {key: printable(value) for key, value in attributes.items()})
    element.text = printable(text) if text is not None else None
    return element
