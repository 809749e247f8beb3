"""An account on a platform is followed by the open feed that the platform documents."""

from __future__ import annotations

import pytest

from communique import collect


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("https://social.example/@pilots@other.example", "https://other.example/@pilots.rss"),
        ("https://social.example/users/pilots", "https://social.example/@pilots.rss"),
        ("https://social.example/tags/locks", "https://social.example/tags/locks.rss"),
        ("https://bsky.app/profile/pilots.bsky.social", "https://bsky.app/profile/pilots.bsky.social/rss"),
        ("https://bsky.app/profile/did:plc:abc234", "https://bsky.app/profile/did:plc:abc234/rss"),
        ("https://bsky.app/profile/pilots.example/post/3k", None),
        ("https://telegram.me/river_pilots", "https://t.me/s/river_pilots"),
        ("https://www.youtube.com/channel/UC0123456789abcdef", "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdef"),
        ("https://youtube.com/user/pilots/videos", "https://www.youtube.com/feeds/videos.xml?user=pilots"),
        ("https://www.youtube.com/playlist?list=PL01", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL01"),
        ("https://films.example/c/pilots/videos", "https://films.example/feeds/videos.xml?videoChannelName=pilots"),
        ("https://films.example/a/pilots", "https://films.example/feeds/videos.xml?accountName=pilots"),
        ("https://t.me/river_pilots", "https://t.me/s/river_pilots"),
        ("https://t.me/s/river_pilots/12", "https://t.me/s/river_pilots"),
        ("https://t.me/joinchat/abc", None),
        ("https://www.youtube.com/@pilots", None),  # its page names the feed
        ("https://rivermen.example/press/", None),
        ("https://[broken", None),
    ],
)  # fmt: skip
def test_the_form_of_an_account_tells_its_feed(account: str, expected: str | None) -> None:
    assert collect.channels(account) == ((expected,) if expected else ())


@pytest.mark.parametrize("path", ["@pilots", "web/@pilots/", "@pilots/with_replies"])
def test_an_account_may_be_mastodons_or_peertubes(path: str) -> None:
    films = "https://social.example/feeds/videos.xml?accountName=pilots"

    assert collect.channels(f"https://social.example/{path}") == ("https://social.example/@pilots.rss", films)
