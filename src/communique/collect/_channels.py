"""Channels on platforms: which open feed or page an account's address stands for, by the platforms' documented forms.

Mastodon: the account's address with `.rss` (docs.joinmastodon.org/user/network). YouTube: `feeds/videos.xml` by
channel, user or playlist id. PeerTube: `feeds/videos.xml` by account or channel name (docs.joinpeertube.org, Video
Feeds). Telegram: the public preview under `/s/`. Bluesky names its feed in a link element of the profile. Nothing is
asked here.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})
_TELEGRAM = frozenset({"t.me", "telegram.me", "www.t.me"})
_ACCOUNT = re.compile(r"/(?:web/)?(@[\w.-]+)/?")
_ELSEWHERE = frozenset({"medium.com", "tiktok.com", "www.tiktok.com", "threads.net", "www.threads.net", *_YOUTUBE})
_YOUTUBE_ID = re.compile(r"/channel/(UC[\w-]{10,40})(?:/.*)?")
_YOUTUBE_USER = re.compile(r"/user/([\w-]{1,60})(?:/.*)?")
_PEERTUBE = re.compile(r"/(?:(c|video-channels)|(a|accounts))/([\w.-]+(?:@[\w.-]+)?)(?:/(?:videos|video-channels))?/?")
_TELEGRAM_NAME = re.compile(r"/(?:s/)?([A-Za-z]\w{3,40})(?:/\d+)?/?")


def channel(url: str) -> str | None:
    """Yield the open feed or page of an account, by the form of its address; None: it is no account that is known.

    The form alone does not prove that a Mastodon or PeerTube stands there: whoever asks must look at the answer.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if host in _YOUTUBE:
        return _youtube(parts.path, parts.query)
    if host in _TELEGRAM:
        found = _TELEGRAM_NAME.fullmatch(parts.path)
        return (
            f"https://t.me/s/{found[1]}" if found and found[1].lower() not in ("joinchat", "share", "proxy") else None
        )
    if (found := _ACCOUNT.fullmatch(parts.path)) and host not in _ELSEWHERE:
        return urlunsplit((parts.scheme, parts.netloc, f"/{found[1]}.rss", "", ""))
    if found := _PEERTUBE.fullmatch(parts.path):
        name = "videoChannelName" if found[1] else "accountName"
        return urlunsplit((parts.scheme, parts.netloc, "/feeds/videos.xml", f"{name}={found[3]}", ""))
    return None


def _youtube(path: str, query: str) -> str | None:
    base = "https://www.youtube.com/feeds/videos.xml"
    if found := _YOUTUBE_ID.fullmatch(path):
        return f"{base}?channel_id={found[1]}"
    if found := _YOUTUBE_USER.fullmatch(path):
        return f"{base}?user={found[1]}"
    lists = parse_qs(query).get("list", [])
    return f"{base}?playlist_id={lists[0]}" if lists and path == "/playlist" else None


def is_film_feed(url: str) -> bool:
    """Tell a feed of films (YouTube, PeerTube): what is said about them stands in it, a player behind its links."""
    try:
        return bool(re.fullmatch(r"/feeds/videos\.(?:xml|rss2?|atom1?|json1?)", urlsplit(url).path))
    except ValueError:
        return False
