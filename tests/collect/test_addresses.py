"""Where the desk does not go, whoever asks it to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import collect
from communique.records import Capture, Trouble
from communique.testing.hostile import HostileServer, response

Open = Callable[..., collect.Client]

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - to be refused, not bound
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::1",
    "2002:808:808::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not-an-address",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001::1"]


def client_to(*addresses: str, allow_private: bool = False) -> collect.Client:
    settings = collect.Settings(allow_private=allow_private, connect_s=0.2, respect_robots=False)
    return collect.client(settings, resolve=lambda _name: addresses)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_to_an_address_that_is_not_public_is_not_asked(address: str) -> None:
    found = collect.capture("http://party.example/", client=client_to(address))

    assert isinstance(found, Trouble)
    assert found.kind == "private-address"
    assert not found.passing


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_one_bad_address_among_good_ones_refuses_the_name(address: str) -> None:
    found = collect.capture("http://party.example/", client=client_to("93.184.216.34", address))

    assert isinstance(found, Trouble)
    assert found.kind == "private-address"


@pytest.mark.parametrize("address", ["169.254.169.254", "0.1.1.1", "224.0.0.1", "240.0.0.1", "fe80::1", "64:ff9b::1"])
def test_leave_for_private_networks_does_not_open_what_is_never_a_site(address: str) -> None:
    found = collect.capture("http://party.example/", client=client_to(address, allow_private=True))

    assert isinstance(found, Trouble)
    assert found.kind == "private-address"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not_refused(address: str) -> None:
    from communique.collect import _address

    assert _address.refusal(address, allow_private=False) is None


@given(st.ip_addresses(v=6, network="64:ff9b::/96") | st.ip_addresses(v=6, network="2002::/16"))
def test_no_ipv6_form_smuggles_an_ipv4_address(address: object) -> None:
    from communique.collect import _address

    assert _address.refusal(str(address), allow_private=True)


@given(st.text(max_size=60))
def test_any_text_given_as_an_address_is_a_trouble_or_a_refused_place(text: str) -> None:
    found = collect.capture(text, client=client_to("10.0.0.1"))

    assert isinstance(found, Trouble)
    assert "\n" not in found.detail


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "https://[::1]/", "http://10.1.2.3/feed"])
def test_a_private_address_given_as_such_is_refused_and_says_what_to_do(url: str) -> None:
    found = collect.capture(url, client=client_to())

    assert isinstance(found, Trouble)
    assert "collect.allow_private" in found.detail


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web_are_asked(port: int) -> None:
    found = collect.capture(f"http://party.example:{port}/", client=client_to("93.184.216.34"))

    assert isinstance(found, Trouble)
    assert found.kind == "port"


def test_a_name_that_nobody_knows_is_a_passing_trouble() -> None:
    def nobody(_name: str) -> tuple[str, ...]:
        raise OSError("Name or service not known")

    found = collect.capture("http://no-such-party.example/", client=collect.client(resolve=nobody))

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("no-such-host", True)


def test_the_next_address_of_a_name_is_tried_when_the_first_takes_no_connection(
    server: HostileServer, open_client: Open
) -> None:
    server.answers["/"] = response(b"here")

    found = collect.capture(
        server.url("/", "union.example"), client=open_client(resolve=lambda _name: ("127.99.0.1", "127.0.0.1"))
    )

    assert isinstance(found, Capture)
    assert found.address == "127.0.0.1"


def test_names_in_other_scripts_are_asked_in_their_wire_form(server: HostileServer, open_client: Open) -> None:
    asked: list[str] = []

    def resolve(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ("127.0.0.1",)

    collect.capture(server.url("/", "κόμμα.example"), client=open_client(resolve=resolve, respect_robots=False))

    assert asked == ["xn--mxarga2f.example"]
