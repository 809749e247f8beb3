"""A site must prove its name before anything is read from it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from communique import collect
from communique.collect import Client
from communique.records import Capture, Trouble
from communique.testing.hostile import HostileServer, response

Open = Callable[..., Client]

NAME = "parliament.example"


def _pem_for(name: str, folder: Path) -> Path:
    """Write a self-signed certificate and its key for a name into one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    both = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "both.pem"
    path.write_bytes(both + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _pem_for(NAME, tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def secure(pem: Path) -> Iterator[tuple[HostileServer, list[str | None]]]:
    """Start a TLS server; the list holds the names that were asked for in the handshakes (SNI)."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with HostileServer(tls=context) as server:
        server.answers["/"] = response(b"sealed")
        yield server, names


def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure: tuple[HostileServer, list[str | None]], open_client: Open
) -> None:
    found = collect.capture(secure[0].url("/", NAME), client=open_client())

    assert isinstance(found, Trouble)
    assert (found.kind, found.passing) == ("bad-tls", True)


def test_a_desk_may_name_its_own_authority_and_the_name_is_sent(
    secure: tuple[HostileServer, list[str | None]], open_client: Open, pem: Path
) -> None:
    found = collect.capture(secure[0].url("/", NAME), client=open_client(authorities=pem))

    assert isinstance(found, Capture), found
    assert found.body == b"sealed"
    assert secure[1][-1] == NAME


def test_a_certificate_for_another_name_is_refused(
    secure: tuple[HostileServer, list[str | None]], open_client: Open, pem: Path
) -> None:
    found = collect.capture(secure[0].url("/", "ministry.example"), client=open_client(authorities=pem))

    assert isinstance(found, Trouble)
    assert found.kind == "bad-tls"
    assert "ministry.example" in found.detail
