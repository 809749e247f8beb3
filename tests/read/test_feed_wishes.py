"""What a feed asks of those who visit it."""

from __future__ import annotations

import pytest

from communique import read
from communique.records import Feed, Wishes
from communique.testing.builders import capture

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def wishes(inside: str, rss: str = 'rss version="2.0"') -> Wishes:
    item = "<item><title>Locks</title><link>https://rivermen.example/1</link><ttl>1</ttl></item>"
    body = f"<{rss} {SY}><channel><title>River Pilots</title>{inside}{item}</channel></{rss.split(maxsplit=1)[0]}>"
    found = read.feed(capture(body=body.encode(), media_type="application/rss+xml"))
    assert isinstance(found, Feed)
    return found.wishes


@pytest.mark.parametrize(
    ("inside", "least_s"),
    [
        ("<ttl>90</ttl>", 5400),
        ("<ttl> 90 </ttl>", 5400),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>" + "9" * 40 + "</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("<sy:updateFrequency>4</sy:updateFrequency>", None),
        ("<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("", None),
    ],
)
def test_a_feed_says_how_long_to_wait(inside: str, least_s: int | None) -> None:
    assert wishes(inside).least_s == least_s


def test_a_feed_says_when_it_wants_to_be_left_alone() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in (1, 2, 24, 77, "x"))
    days = "<day>Sunday</day><day>saturday</day><day>Holiday</day>"

    found = wishes(f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>")

    assert (found.skip_hours, found.skip_days) == ((0, 1, 2), (5, 6))


def test_a_feed_that_would_forbid_every_visit_forbids_none() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))

    assert wishes(f"<skipHours>{hours}</skipHours>") == Wishes()
