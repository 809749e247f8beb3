"""Digests as they are written everywhere: the algorithm, a colon, lower-case hex."""

from __future__ import annotations

import hashlib


def sha256(content: bytes) -> str:
    """Yield the SHA-256 digest of the bytes, as "sha256:" and 64 hex digits (FIPS 180-4)."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def sha256_of_text(text: str) -> str:
    """Yield the digest of the text's UTF-8 form."""
    return sha256(text.encode("utf-8", "surrogatepass"))
