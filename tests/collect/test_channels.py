"""An account on a platform is followed by the open feed that the platform documents."""

from __future__ import annotations

import pytest

from communique import collect


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("https://social.example/@pilots", "https://social.example/@pilots.rss"),
        ("https://social.example/web/@pilots/", "https://social.example/@pilots.rss"),
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
    assert collect.channel(account) == expected
