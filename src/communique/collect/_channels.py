"""Channels on platforms: which open feed or page an account's address stands for, by the platforms' documented forms.

Mastodon: the account's address with `.rss` (docs.joinmastodon.org/user/network), a tag's likewise. YouTube:
`feeds/videos.xml` by channel, user or playlist id. PeerTube: `feeds/videos.xml` by account or channel name
(docs.joinpeertube.org, Video Feeds). Telegram: the public preview under `/s/`. Bluesky: the profile with `/rss`. Where
a page names its feed itself (a YouTube handle), that is found as on any page. Nothing is asked here.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog", "www.t.me"})
_BLUESKY = "bsky.app"
_ELSEWHERE = frozenset({"medium.com", "tiktok.com", "www.tiktok.com", "threads.net", "www.threads.net", *_YOUTUBE})
_TELEGRAM_ASIDE = frozenset({"joinchat", "share", "proxy", "addstickers", "addlist", "login"})

_ACCOUNT = re.compile(r"/(?:web/)?@([\w.-]+)(?:@([\w.-]+))?(?:/(?:with_replies|media))?/?")
_ACTOR = re.compile(r"/users/([\w.-]+)/?")
_TAG = re.compile(r"/tags/(\w+)/?")
_YOUTUBE_ID = re.compile(r"/channel/(UC[\w-]{10,40})(?:/.*)?")
_YOUTUBE_USER = re.compile(r"/user/([\w-]{1,60})(?:/.*)?")
_PEERTUBE = re.compile(r"/(?:(c|video-channels)|(a|accounts))/([\w.-]+(?:@[\w.-]+)?)(?:/(?:videos|video-channels))?/?")
_TELEGRAM_NAME = re.compile(r"/(?:s/)?([A-Za-z]\w{3,40})(?:/\d+)?/?")
_BLUESKY_NAME = re.compile(r"/profile/((?:[\w-]+\.)+[\w-]+|did:[a-z]+:[\w.:%-]+)/?")


def channels(url: str) -> tuple[str, ...]:
    """Yield the open feeds or pages that an account's address may stand for, the likeliest first; most stand for none.

    The form alone does not prove that a Mastodon or PeerTube stands there: whoever asks must look at the answer.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ()
    if host in _YOUTUBE:
        return _youtube(parts.path, parts.query)
    if host in _TELEGRAM:
        found = _TELEGRAM_NAME.fullmatch(parts.path)
        return (f"https://t.me/s/{found[1]}",) if found and found[1].lower() not in _TELEGRAM_ASIDE else ()
    if host == _BLUESKY:
        found = _BLUESKY_NAME.fullmatch(parts.path)
        return (f"https://bsky.app/profile/{found[1]}/rss",) if found else ()
    return () if host in _ELSEWHERE else _federated(parts)


def _federated(parts: SplitResult) -> tuple[str, ...]:
    """Yield the feeds of an account on a server of the fediverse, whose software its address may leave open."""
    if found := _ACCOUNT.fullmatch(parts.path):
        if found[2]:  # an account of another server, as this one shows it: its feed stands there
            return (f"https://{found[2]}/@{found[1]}.rss",)
        return (_at(parts, f"/@{found[1]}.rss"), _at(parts, "/feeds/videos.xml", f"accountName={found[1]}"))
    if found := _ACTOR.fullmatch(parts.path):
        return (_at(parts, f"/@{found[1]}.rss"),)
    if found := _TAG.fullmatch(parts.path):
        return (_at(parts, f"/tags/{found[1]}.rss"),)
    if found := _PEERTUBE.fullmatch(parts.path):
        name = "videoChannelName" if found[1] else "accountName"
        return (_at(parts, "/feeds/videos.xml", f"{name}={found[3]}"),)
    return ()


def _at(parts: SplitResult, path: str, query: str = "") -> str:
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _youtube(path: str, query: str) -> tuple[str, ...]:
    base = "https://www.youtube.com/feeds/videos.xml"
    if found := _YOUTUBE_ID.fullmatch(path):
        return (f"{base}?channel_id={found[1]}",)
    if found := _YOUTUBE_USER.fullmatch(path):
        return (f"{base}?user={found[1]}",)
    lists = parse_qs(query).get("list", [])
    return (f"{base}?playlist_id={lists[0]}",) if lists and path == "/playlist" else ()


def is_film_feed(url: str) -> bool:
    """Tell a feed of films (YouTube, PeerTube): what is said about them stands in it, a player behind its links."""
    try:
        return bool(re.fullmatch(r"/feeds/videos\.(?:xml|rss2?|atom1?|json1?)", urlsplit(url).path))
    except ValueError:
        return False
