"""The world comes in: the only room with a network.

It asks as robots.txt and pauses permit, goes only to public addresses, takes no more than its settings allow, and
gives back every answer as evidence. What it will not or can not ask is a Trouble with one plain sentence.

Room: collect
In: a Source (or one address), and what is remembered of the last visit
Out: Capture for each new answer, Trouble for what failed
Entry: captures(source, client=…, is_known=…) -> Iterator[Capture | Trouble]; capture(url, client=…) for one address

`client(settings)` opens the one door to the network; threads share it, and `stop()` ends at once what they do.
`adapted_pause_s`, `net_pause_s` and `next_visit` decide when, `reasons` says why then, `validators` what to remember,
`site` which hosts are asked as one, `channels` which feed an account on a platform may have.
"""

from communique.collect._capture import capture, validators
from communique.collect._captures import captures
from communique.collect._channels import channels, is_film_feed
from communique.collect._client import Client
from communique.collect._notes import Alone, Notes, Rules
from communique.collect._resolve import system_resolver
from communique.collect._schedule import Reason, adapted_pause_s, gap_after, gap_of, net_pause_s, next_visit, reasons
from communique.collect._settings import BadSettings, Clock, Mailbox, Resolve, Settings
from communique.collect._site import site
from communique.collect._trouble import Stopped

__all__ = [
    "Alone",
    "BadSettings",
    "Client",
    "Clock",
    "Mailbox",
    "Notes",
    "Reason",
    "Resolve",
    "Rules",
    "Settings",
    "Stopped",
    "adapted_pause_s",
    "capture",
    "captures",
    "channels",
    "client",
    "gap_after",
    "gap_of",
    "is_film_feed",
    "net_pause_s",
    "next_visit",
    "reasons",
    "site",
    "system_resolver",
    "validators",
]


_DEFAULTS = Settings()
_REAL_TIME = Clock()
_ALONE = Alone()


def client(
    settings: Settings = _DEFAULTS,
    *,
    resolve: Resolve = system_resolver,
    clock: Clock = _REAL_TIME,
    notes: Notes = _ALONE,
) -> Client:
    """Open the door to the network; a context manager. Close it when no thread uses it any more.

    `notes` are what the processes of a desk share of sites; without them this client is the only one.
    """
    return Client(settings, resolve, clock, notes)
