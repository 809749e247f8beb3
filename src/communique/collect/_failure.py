"""What the network's faults mean for an editor."""

from __future__ import annotations

import ssl

import httpcore

from communique.collect._coding import BadCoding
from communique.collect._settings import Settings
from communique.collect._trouble import Exceeded, shown, trouble
from communique.records import Trouble

# What may go wrong with one request without any fault of ours.
FAILURES = (Exceeded, BadCoding, httpcore.TimeoutException, httpcore.NetworkError, httpcore.RemoteProtocolError)


def failure(error: Exception, url: str, settings: Settings) -> Trouble:
    """Say in one sentence what went wrong with the request for `url`."""
    where = shown(url)
    if isinstance(error, Exceeded):
        detail = f"{where} {error.trouble.detail}; if it is worth more, raise that setting"
        return trouble(error.trouble.kind, detail, passing=error.trouble.passing)
    if isinstance(error, BadCoding):
        detail = f"the answer of {where} can't be decoded: {shown(str(error))}; tell its owner"
        return trouble("bad-coding", detail, passing=True)
    if isinstance(error.__cause__, ssl.SSLError):
        return _tls(error.__cause__, where)
    if isinstance(error, httpcore.ConnectTimeout):
        detail = f"{where} did not take a connection within {settings.connect_s:g} s; see whether a browser gets one"
        return trouble("no-connection", detail, passing=True)
    if isinstance(error, httpcore.TimeoutException):
        detail = (
            f"{where} was silent for {settings.silence_s:g} s (collect.silence_s); see whether a browser gets an answer"
        )
        return trouble("timeout", detail, passing=True)
    if isinstance(error, httpcore.ConnectError):
        detail = f"{where} takes no connection ({shown(str(error))}); see whether a browser gets one"
        return trouble("no-connection", detail, passing=True)
    if isinstance(error, httpcore.NetworkError):
        detail = f"{where} broke off ({shown(str(error))}); see whether a browser gets it whole"
        return trouble("broken-answer", detail, passing=True)
    detail = f"{where} gave a broken answer ({shown(str(error))}); tell its owner if that lasts"
    return trouble("broken-answer", detail, passing=True)


def _tls(error: ssl.SSLError, where: str) -> Trouble:
    why = getattr(error, "verify_message", "") or error.reason or str(error)
    detail = f"{where} can't prove who it is ({shown(why)}); nothing is read from it until its certificate is mended"
    return trouble("bad-tls", detail, passing=True)
