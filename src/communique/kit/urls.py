"""Addresses: one form for one page, so that two spellings of an address are known as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_WEB = re.compile(r"https?://([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.I | re.S)

_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::(\d*))?")

# Hosts that serve a site's same pages to telephones, or to its makers before everybody else: the first labels of them.
_TWIN_HOSTS = re.compile(r"(?:www|m|mobile|mobil|amp|wap|touch)\.|(?:staging|stage|stg|preprod|preview)[-.]")
_STAGED = re.compile(r"^((?:[\w-]+?))-(?:staging|stage|stg|preprod)(?=\.)")
_SECOND_LEVEL = re.compile(r"(?:ac|com?|edu|gob|gouv|gov?|ltd|me|mil|net?|nom|org?)\.[^.]+")  # as in "co.uk"

_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_TO_WRITE = re.compile(r"[^!$&'()*+,;=:@/~._0-9A-Za-z%-]|%(?![0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SLASHES = re.compile(r"(?<!:)/{2,}")  # "/web/https://…" of an archive stays
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid|cfid|cftoken)=[^/;]*|/\([SAF]\([0-9a-z]{16,}\)\)", re.I)
_FRONT_FILE = re.compile(r"(?<=/)(?:index\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)|default\.(?:aspx?|html?))$", re.I)
_AMP_PATH = re.compile(r"(/[^/]*-[^/]*)/amp$", re.I)  # behind a slug only: "/guitars/amp" is a page of its own
_LANGUAGE_FRONT = re.compile(r"[^/?#]+/[a-z]{2}(?:[-_][a-z]{2})?", re.I)

# Parameters that say who came from where, in the names that the makers of counting programs document.
_CAMPAIGN = re.compile(
    r"(?:utm|mtm|matomo|piwik|hsa|itm|stm)_\w+|utm(?:source|medium|campaign|content|term)"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid|vid|cpn)|at_(?:medium|campaign|custom|link|ptr)\w*"
    r"|(?:fbc|gc|dc|twc|ttc|yc|ysc)lid|msclkid|gclsrc|[gw]braid|_ga|_gl|mc_[ce]id|mkt_tok|igshid|igsh|li_fat_id"
    r"|ref_src|ref_url|_hs(?:enc|mi)|hsctatracking|vero_(?:id|conv)|oly_(?:enc|anon)_id|wt[._]mc(?:_\w+)?|xtor|cmpid|ncid"
    r"|s_cid|icid|__twitter_impression|fb_(?:action_\w+|source|ref|comment_id)|action_(?:object|type|ref)_map|_openstat"
    r"|replytocom|spm|guccounter|guce_\w+",
    re.I,
)
_SESSION = re.compile(r"phpsessid|jsessionid|aspsessionid\w*|oscsid|zenid|cfid|cftoken", re.I)
_MAYBE_SESSION = re.compile(
    r"s|sid|sess(?:ion)?_?id", re.I
)  # `sid` is a story elsewhere: what looks like a session goes
_LOOKS_LIKE_SESSION = re.compile(r"[0-9a-f]{32,}|(?=.*\d)(?=.*[a-z])[0-9a-z]{26}", re.I)
_CLOCK = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds since 1970, put there against caches
_DRESS = frozenset(("mobile", "amp", "print", "printable"))  # the same page in another dress, when switched on
_ON_OFF = frozenset(("", "0", "1", "yes", "true", "on"))


def absolute(base: str, reference: str) -> str | None:
    """Resolve a link against its page (RFC 3986, section 5); None unless it is a usable http(s) address."""
    try:
        joined = urljoin(base, reference.strip())
        parts = urlsplit(joined)
        _ = parts.port
    except ValueError:
        return None
    return joined if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def host(url: str) -> str:
    """Yield the host of an address, lower case; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_front(url: str) -> bool:
    """Tell whether an address is the front page of its host, or that of a language there."""
    known = identity(url)
    return not ({"/", "?", "#"} & set(known)) or _LANGUAGE_FRONT.fullmatch(known) is not None


def identity(url: str) -> str:
    """Yield the form under which an address is known: two addresses of one page give one identity.

    Scheme, `www.`, hosts for telephones and staging, default port, fragment, campaign and session parameters, `?m=1`,
    `index.html`, the last slash, the order of parameters and the spelling of escapes don't matter. A language in the
    path does: those are translations. Escapes are never decoded to bytes, so two words of an old encoding stay two.
    What is no address of the web (`mid:…`, `urn:…`) is its own identity.
    """
    url = url.strip()
    if (found := _WEB.fullmatch(url)) is None:
        return url
    authority, path, query, fragment = found.groups()
    return _host(authority) + _path(path) + (_query(query) if query else "") + (_route(fragment) if fragment else "")


@lru_cache(maxsize=4096)  # a list names one host a hundred times
def _host(authority: str) -> str:
    found = _AUTHORITY.fullmatch(authority.rpartition("@")[2])
    name, port = found.groups() if found else (authority, None)
    name = name.lower().rstrip(".")
    if not name.isascii():
        name = _in_ascii(name)
    name = _stable(_without_twin, name)
    return f"{name}:{port}" if port and port not in ("80", "443") else name


def _in_ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _without_twin(name: str) -> str:
    """Cut one label that a site's same pages stand under as well, at the front or behind a language (`en.m.…`)."""
    name = _STAGED.sub(r"\1", name)
    if (found := _TWIN_HOSTS.match(name)) and _is_a_site(name[found.end() :]):
        return name[found.end() :]
    first, _, rest = name.partition(".")
    if rest.startswith(("m.", "mobile.")) and _is_a_site(rest.partition(".")[2]):
        return f"{first}.{rest.partition('.')[2]}"
    return name


def _is_a_site(name: str) -> bool:
    labels = name.split(".")
    return len(labels) > 1 and all(labels) and not _SECOND_LEVEL.fullmatch(name)


def _stable(cut: Callable[[str], str], text: str) -> str:
    """Cut until nothing changes, so that the form of a form is itself."""
    while (shorter := cut(text)) != text:
        text = shorter
    return text


def _path(path: str) -> str:
    path = _escaped(path)
    if ";" in path or "/(" in path:
        path = _SESSION_IN_PATH.sub("", path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if "/." in path:
        path = _without_dots(path)
    return _stable(_without_ending, path)


def _without_ending(path: str) -> str:
    path = path.rstrip("/")
    if path[-4:].lower() == "/amp":
        path = _AMP_PATH.sub(r"\1", path)
    return _FRONT_FILE.sub("", path)


def _without_dots(path: str) -> str:
    """Take away `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _escaped(text: str) -> str:
    """Yield one spelling of the escapes: none where a letter does, upper case where one is needed."""
    if "%" in text:
        text = _ESCAPE.sub(_one_escape, text)
    return _TO_WRITE.sub(_written, text if text.isascii() else unicodedata.normalize("NFC", text))


def _one_escape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def _written(found: re.Match[str]) -> str:
    return quote(found[0], safe="", errors="replace")


def _query(query: str) -> str:
    parts = [_named(_escaped(part.replace("+", "%20"))) for part in query.split("&") if part]
    kept = sorted(part for part in parts if part and not _is_idle(*part.partition("=")[::2]))
    if len(kept) == 1 and kept[0].lower() in ("m", "m=0", "m=1"):
        return ""  # beside others it may be a month
    return "?" + "&".join(kept) if kept else ""


def _named(part: str) -> str:
    """Yield a parameter without the sign behind a name that has no value; one at the end of a value belongs to it."""
    return part[:-1] if part.find("=") == len(part) - 1 else part


def _is_idle(name: str, value: str) -> bool:
    """Tell whether a parameter says nothing of the page: who came from where, who is asking, in what dress."""
    if _CAMPAIGN.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    if name.lower() in _DRESS:
        return value.lower() in _ON_OFF
    if name == "_":
        return bool(_CLOCK.fullmatch(value))
    return bool(_MAYBE_SESSION.fullmatch(name)) and bool(_LOOKS_LIKE_SESSION.fullmatch(value))


def _route(fragment: str) -> str:
    """Yield the fragment where it leads to a page of its own (`#!/news/7`, `#/news/7`), else nothing."""
    route = _escaped(fragment.removeprefix("!"))
    return f"#{route.rstrip('/')}" if route.startswith("/") and len(route) > 1 else ""
