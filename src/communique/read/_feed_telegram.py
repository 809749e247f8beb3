"""A Telegram channel's public preview (t.me/s/NAME) as the feed that it is: each message an entry, the newest first."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from communique.kit import urls
from communique.kit.text import collapsed
from communique.read._feed_instants import instant
from communique.read._feed_text import kept, line, unique
from communique.records import Feed, FeedEntry

_MARK = "tgme_widget_message"
_MESSAGE = "//div[@data-post and contains(concat(' ', @class, ' '), ' tgme_widget_message ')]"
_TEXT = ".//div[contains(@class, 'tgme_widget_message_text') and not(ancestor::*[contains(@class, '_message_reply')])]"
_TIME = ".//a[contains(@class, 'tgme_widget_message_date')]//time/@datetime"
_FORWARDED = ".//*[contains(@class, 'tgme_widget_message_forwarded_from_name')]"
_OLDER = "//a[contains(@class, 'tme_messages_more') and @data-before]/@href | //link[@rel='prev']/@href"


def feed(text: str, *, base: str) -> Feed | None:
    """Yield the channel's messages, or None where the page is no such preview."""
    if _MARK not in text:
        return None
    try:
        tree = lxml_html.document_fromstring(text)
    except (etree.LxmlError, ValueError):
        return None
    messages = [_entry(one) for one in _found(tree, _MESSAGE)]
    return Feed(
        title=_meta(tree, "og:title"), description=_meta(tree, "og:description"), link=base or None, language=None,
        authors=(), categories=(), rights=None, published=None, updated=None, hub=None,
        items=tuple(entry for entry in reversed(messages) if entry.content),
        older=next((urls.absolute(base, str(one)) for one in _strings(tree, _OLDER)), None),
    )  # fmt: skip


def _entry(message: etree._Element) -> FeedEntry:
    address = f"https://t.me/{message.get('data-post')}"
    forwarded = [line(str(one.text_content())) for one in _found(message, _FORWARDED)]
    said = next((_markup(one) for one in _found(message, _TEXT)), None)
    at = next((instant(str(one)) for one in _strings(message, _TIME)), None)
    return FeedEntry(
        id=address, title=None, summary=None, content=said, link=address, authors=unique(forwarded), published=at
    )


def _markup(element: etree._Element) -> str | None:
    parts = [element.text or "", *(etree.tostring(child, encoding="unicode", method="html") for child in element)]
    return kept("".join(parts))


def _found(tree: etree._Element, path: str) -> list[lxml_html.HtmlElement]:
    found = tree.xpath(path)
    return [one for one in found if isinstance(one, lxml_html.HtmlElement)] if isinstance(found, list) else []


def _strings(tree: etree._Element, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(one) for one in found] if isinstance(found, list) else []


def _meta(tree: etree._Element, name: str) -> str | None:
    return next((collapsed(one) for one in _strings(tree, f"//meta[@property='{name}']/@content") if one.strip()), None)
