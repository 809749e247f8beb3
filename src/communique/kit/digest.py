"""Digests as they are written everywhere: the algorithm, a colon, lower-case hex."""

from __future__ import annotations

import hashlib

from communique.kit.text import collapsed

WORDS_VERSION = b"\x01"  # of the way in which a text is normalised before its digest is taken


def sha256(content: bytes) -> str:
    """Yield the SHA-256 digest of the bytes, as "sha256:" and 64 hex digits (FIPS 180-4)."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def sha256_of_text(text: str) -> str:
    """Yield the digest of the text's UTF-8 form."""
    return sha256(text.encode("utf-8", "surrogatepass"))


def of_words(text: str) -> str:
    """Yield the digest under which a text is known: of its words and punctuation, not of its white space."""
    return sha256(WORDS_VERSION + collapsed(text).encode("utf-8", "surrogatepass"))
