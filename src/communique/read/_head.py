"""What a page says of its statement beside the text: title, byline, publisher, address, feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from communique.kit import urls
from communique.kit.text import collapsed, folded
from communique.read._blocks import Block, tokens
from communique.read._jsonld import Markup
from communique.read._words import BY, BYLINE_CLASS, NOT_A_NAME

TITLE_CHARS = 400  # longer "titles" are texts in a wrong place
TITLE_ELEMENT = "the title element"
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
)
_TITLE_META = ("og:title", "twitter:title", "dc.title")
_SEPARATOR = re.compile(r"\s+(?:[|–—:·•»«/\\~<>-]|::|\|\||--|//)\s+|\s*[|»]\s*|(?<=\w):\s{2,}")
# Classes and ids of what bears the site's name
_BRAND_CLASS = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|branding|masthead|site-?(?:title|name|header|branding)|banner)(?:$|[\s_-])", re.I
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\s*(?:by\s)?([^\d\W][^|·•.,©\n]{2,58}?)"
    r"(?=\s*(?:[|·•.,©–]|all rights|$))",
    re.I,
)


def meta(root: HtmlElement) -> dict[str, str]:
    """Yield the first content of each named meta element, names lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = collapsed(element.get("content") or "")
        for key in ("property", "name", "itemprop"):
            if content and (name := (element.get(key) or "").strip().lower()):
                found.setdefault(name, content)
    return found


def site_names(named: dict[str, str], markup: Markup, url: str) -> tuple[str, ...]:
    """Yield what the site may call itself in a title, folded; the words of its host last."""
    host = urls.host(url).removeprefix("www.")
    label = host.split(".")[-2] if host.count(".") else host
    given = [
        named.get("og:site_name"),
        named.get("application-name"),
        named.get("twitter:site"),
        markup.publisher,
        *markup.sites,
    ]
    names = [folded(name).strip("@ ") for name in [*given, host, label] if name]
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def site_in_title(root: HtmlElement, url: str) -> tuple[str, ...]:
    """Yield what the page's `<title>` says, folded, where a link to the front page says the same: it is the site's."""
    told = folded(_title_element(root) or "")
    return (told,) if told and told in _home_links(root, url) else ()


@dataclass(frozen=True, slots=True)
class Told:
    """A text that a page says of itself, and where it stands."""

    text: str
    witness: str


def title(root: HtmlElement, *, named: dict[str, str], markup: Markup, sites: Sequence[str]) -> Told | None:
    """Yield the page's own headline, without the site's name.

    A visible headline that the page's descriptions agree with is best; then the descriptions; then the only headline.
    """
    given = [("JSON-LD", markup.headline), *((name, named.get(name)) for name in _TITLE_META),
             (TITLE_ELEMENT, _title_element(root))]  # fmt: skip
    whole = {name: collapsed(one or "") for name, one in given}
    told = {name: cleaned for name, one in given if one and (cleaned := without_site(one, sites))}
    lines = [(h1, collapsed(h1.text_content())) for h1 in root.iter("h1")]
    lines = [(h1, line) for h1, line in lines if 0 < len(line) <= TITLE_CHARS and folded(line) not in sites]
    shown = [line for _, line in lines]
    for line in shown:
        agreed = next((name for name, one in told.items() if agrees(line, one) or _begins(whole[name], line)), None)
        if agreed:
            return Told(line, f"a headline (h1), with which {agreed} agrees")
    if told and (heading := _heading_that_is(root, list(told.values()))):
        return Told(heading, "a line that is, or is part of, what the page's head gives as its title")
    if len(set(shown)) == 1 and _is_headline(*lines[0], _title_element(root) or ""):
        return Told(shown[0], "the only headline (h1); the page's head has another title, for searching")
    for name, one in told.items():
        if folded(one) not in sites:
            return Told(one, name)
    if shown:
        return Told(shown[0], "the first headline (h1); the page's head gives no title")
    if told and (heading := _first_heading(root, sites)):
        return Told(heading, "the first heading; the page's head gives only the name of the site")
    return next((Told(one, name) for name, one in told.items()), None)


def _first_heading(root: HtmlElement, sites: Sequence[str]) -> str | None:
    """Find the first heading in the page that does not stand in a menu, a banner or a foot."""
    for heading in root.iter("h2", "h3"):
        line = collapsed(heading.text_content())
        if 3 < len(line) <= TITLE_CHARS and folded(line) not in sites and _is_headline(heading, line, ""):
            return line
    return None


def _is_headline(h1: HtmlElement, line: str, titled: str) -> bool:
    """Tell whether a headline is the text's, not the name of the site: that stands in a banner or ends the title."""
    for node in (h1, *h1.iterancestors()):
        if node.tag in ("nav", "footer", "aside") or _BRAND_CLASS.search(
            f"{node.get('class') or ''} {node.get('id') or ''}"
        ):
            return False
        if node.tag in ("article", "main", "body"):
            break
    is_link_home = any((link.get("href") or "/").strip() in ("/", ".", "./", "#") for link in h1.iter("a"))
    ends_title = bool(titled) and folded(collapsed(titled)).endswith(folded(line))
    return len(line) > 3 and not is_link_home and not ends_title


def home_name(root: HtmlElement, title: str | None, url: str) -> str | None:
    """Yield what the page's `<title>` says beside its headline, where a link to the front page is called so too."""
    told = collapsed(_title_element(root) or "")[:TITLE_CHARS]
    if not title or folded(title) not in folded(told):
        return None
    for found in _SEPARATOR.finditer(told):
        for name, other in ((told[: found.start()], told[found.end() :]), (told[found.end() :], told[: found.start()])):
            if agrees(other, title) and folded(name) in _home_links(root, url):
                return name.strip()
    return None


def _home_links(root: HtmlElement, url: str) -> frozenset[str]:
    """Yield the texts, folded, of the links to the site's front page."""
    host = urls.host(url)
    fronts = {"", ".", "..", "index.html", f"http://{host}", f"https://{host}", f"//{host}"}
    links = [link for link in root.iter("a") if (link.get("href") or "#").strip().rstrip("/") in fronts]
    return frozenset(folded(collapsed(link.text_content())) for link in links[:20])


def without_site(given: str, sites: Sequence[str]) -> str:
    """Drop the site's name, and rubrics beside it, from the ends of a title."""
    line = collapsed(given)[:TITLE_CHARS]
    if (cut := _where_site_begins(line, sites)) is not None:
        line = line[:cut].strip()
    found = list(_SEPARATOR.finditer(line))
    if found and _is_site(line[: found[0].start()], sites):
        line = line[found[0].end() :].strip()
        found = list(_SEPARATOR.finditer(line))
    # Marks that headlines themselves don't use part rubrics from them, the headline being the longest.
    if any(one.group().strip() in ("|", "»", "«", "::", "||") for one in found):
        line = max(re.split(r"\s*(?:\|{1,2}|»|«|::)\s*", line), key=len)
    return line


def _where_site_begins(line: str, sites: Sequence[str]) -> int | None:
    """Find the separator after which the site's name and its motto follow to the end."""
    found = list(_SEPARATOR.finditer(line))
    for number, one in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(line)
        if one.start() > 3 and _is_site(line[one.end() : end], sites):
            return one.start()
    return None


def agrees(left: str, right: str) -> bool:
    """Tell whether two headlines are the same but for the site's name, a rubric or punctuation."""
    if max(len(left), len(right)) > 3 * min(len(left), len(right)) + 20:
        return False  # in scripts without spaces a paragraph may hold all letters of a headline
    one, other = set(tokens(left)), set(tokens(right))
    if not one or not other:
        return False
    shared = len(one & other)
    return shared >= 0.9 * min(len(one), len(other)) and shared >= 0.55 * max(len(one), len(other))


def _begins(told: str, shown: str) -> bool:
    """Tell whether a told title is the visible one with something behind a separator."""
    return len(shown) > 12 and folded(told).startswith(folded(shown)) and bool(_SEPARATOR.match(told, len(shown)))


def byline(root: HtmlElement, *, named: dict[str, str], markup: Markup, sites: Sequence[str]) -> Told | None:
    """Yield who wrote the text, as the page names them."""
    for witness, given in (
        ("JSON-LD", ", ".join(markup.authors[:5])),
        *((name, named.get(name)) for name in ("author", "article:author", "dc.creator")),
        *(("a line marked as the byline", line) for line in _shown_bylines(root)),
    ):
        line = BY.sub("", collapsed(given or "")).strip(" ,;|·-–")
        if (
            2 < len(line) <= 120
            and len(line.split()) <= 16
            and not NOT_A_NAME.search(line)
            and folded(line) not in sites
        ):
            return Told(line, witness)
    return None


def publisher(root: HtmlElement, *, named: dict[str, str], markup: Markup, home: str | None) -> Told | None:
    """Yield whose page it is, as the page names itself; `home` is the name under which it links to its front page."""
    given = (
        ("JSON-LD", markup.publisher),
        *((name, named.get(name)) for name in ("og:site_name", "dc.publisher", "publisher")),
        *(("JSON-LD", name) for name in markup.sites[:1]),
        ("application-name", named.get("application-name")),
        ("the title element and the link to the front page", home),
        ("the copyright line", _copyright_holder(root)),
    )
    for witness, name in given:
        if name and 1 < len(name) <= 120 and not name.startswith(("http:", "https:", "@")):
            return Told(name, witness)
    return None


def canonical(root: HtmlElement, *, url: str, named: dict[str, str]) -> str | None:
    """Yield the address that the page calls its own; believed only on the same site, and not if the front page."""
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for given in (*links, named.get("og:url")):
        found = urls.absolute(url, given) if given else None
        if found and _is_plausible(found, url):
            return found
    return None


def feeds(root: HtmlElement, url: str) -> tuple[str, ...]:
    """Yield the feeds that the page offers, comment feeds left out."""
    found: dict[str, None] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").lower().split(";")[0].strip()
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in _FEED_TYPES:
            continue
        address = urls.absolute(base(root, url), link.get("href") or "")
        if address and not re.search(r"comment|oembed|wp-json", address, re.I):
            found[address] = None
    return tuple(found)


def base(root: HtmlElement, url: str) -> str:
    """Yield the address that links are relative to (HTML Living Standard, 4.2.3)."""
    element = root.find(".//base[@href]")
    return (urls.absolute(url, element.get("href") or "") if element is not None else None) or url


def links(blocks: Iterable[Block], *, base_url: str, url: str) -> tuple[str, ...]:
    """Yield the addresses that the statement's own text links to, each once."""
    found: dict[str, None] = {}
    for block in blocks:
        for reference in block.links:
            address = urls.absolute(base_url, reference)
            if address and urls.identity(address) != urls.identity(url):
                found[address] = None
    return tuple(found)[:500]


def _title_element(root: HtmlElement) -> str | None:
    element = root.find(".//head/title")
    element = root.find(".//title") if element is None else element
    return element.text_content() if element is not None else None


def _heading_that_is(root: HtmlElement, told: Sequence[str]) -> str | None:
    """Find a visible line that is one of the told titles, or a heading that is the first or last part of one."""
    wanted = {folded(one) for one in told}
    cuts = [(one, found) for one in told for found in _SEPARATOR.finditer(one)]
    parts = {
        folded(part) for one, found in cuts for part in (one[: found.start()], one[found.end() :]) if len(part) > 12
    }
    longest = 2 * max(map(len, (*wanted, *parts)), default=0)  # a folded line may be shorter than it was written
    shortest = min(map(len, (*wanted, *parts)), default=0) // 2
    for element in root.iter("h2", "h3", "p", "div", "span", "strong"):
        if len(element) <= 3 and element.text and len(element.text) <= longest:
            line = collapsed(element.text_content())
            if not shortest <= len(line) <= longest:
                continue
            written = folded(line)
            if written in wanted or (element.tag in ("h2", "h3") and written in parts):
                return line
    return None


def _is_site(part: str, sites: Sequence[str]) -> bool:
    """Tell whether a part of a title is the site's name, or begins with it and is not much longer."""
    packed = _packed(folded(part))
    return any(
        packed == name or (len(name) > 3 and packed.startswith(name) and len(packed) < 2.5 * len(name))
        for name in map(_packed, sites)
    )


def _packed(name: str) -> str:
    return re.sub(r"[\W_]", "", name)


def _shown_bylines(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("a", "span", "p", "div", "address", "li"):
        named = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if "author" in (element.get("rel") or "").split() or BYLINE_CLASS.search(named):
            line = collapsed(element.text_content())
            if len(line) <= 120:
                yield line


def _copyright_holder(root: HtmlElement) -> str | None:
    """Yield the name beside the copyright mark in the page's footer."""
    text = collapsed(" ".join(footer.text_content() for footer in root.iter("footer")))[-2000:]
    found = _COPYRIGHT.search(text)
    return re.sub(r"[\s\d–-]+$", "", found[1]) or None if found else None


def _is_plausible(found: str, url: str) -> bool:
    here, there = urls.host(url).removeprefix("www."), urls.host(found).removeprefix("www.")
    if not here:
        return True
    same_site = here == there or here.endswith("." + there) or there.endswith("." + here)
    is_front = not urlsplit(found).path.strip("/") and not urlsplit(found).query
    return same_site and (not is_front or not urlsplit(url).path.strip("/"))
