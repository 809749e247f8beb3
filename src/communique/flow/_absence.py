"""A page that answers and is not there: the words of a missing page, a login, a domain that is for sale."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from communique.kit import urls
from communique.kit.text import folded
from communique.records import Capture, Document, Trouble

GONE = (404, 410)
ABSENT = frozenset({"gone", "soft-404", "login-wall", "parked"})  # kinds of trouble that say: it was taken away
A_LINE = 120  # characters; a shorter text says no more than "please log in"
SHORT = 700  # characters; a text that is longer is more than a notice
_LOOKED_AT = 200_000  # bytes of a page

_LOGIN_PATH = re.compile(
    r"/(?:wp-login\.php|log-?in|sign-?in|signon|auth|anmelden|connexion|acceder|accedi)(?:[/.]|$)", re.I
)
_LOGIN = re.compile(
    r"(?:please |bitte )?(?:log ?in|sign ?in|member(?:s|s.)? (?:area|login)|anmeld(?:en|ung)|einloggen|connexion"
    r"|se connecter|iniciar (?:sesion|sessao)|acceder|accedi|inloggen|zaloguj sie|вход|воити|giris(?: yap)?"
    rf"|تسجيل الدخول|登录|登錄|{re.escape(folded('ログイン'))})(?:\s*[|·–—-]\s.{{0,40}})?"
)
_PASSWORD = re.compile(rb"<input[^>]{0,300}type\s*=\s*[\"']?password", re.I)
_HEADING = re.compile(r"<(?:title|h1)(?:\s[^>]{0,300})?>([^<]{1,300})<", re.I)
# Whole titles, folded (lower case, no accents), of pages that a site shows for what it does not have.
_PLAIN = (
    "not found", "page non trouvée", "page introuvable", "page inexistante", "página no encontrada",
    "página não encontrada", "pagina non trovata", "pagina niet gevonden", "страница не найдена",
    "страница не существует", "сторінку не знайдено", "strona nie została znaleziona", "strona nie istnieje",
    "sayfa bulunamadı", "الصفحة غير موجودة", "页面不存在", "頁面不存在", "页面未找到", "找不到页面", "找不到頁面",
    "ページが見つかりません", "ページが見つかりませんでした", "la página no existe", "cette page n’existe pas",
)  # fmt: skip
_SAID_MISSING = "|".join(
    (
        *(re.escape(folded(phrase)) for phrase in _PLAIN),
        r"(?:the |this |that )?(?:page|file|content|article) (?:\w+ ){0,4}(?:not (?:be )?|can.t be )(?:found|exist)",
        r"(?:die |diese )?seite (?:\w+ ){0,2}nicht (?:gefunden|vorhanden|verfugbar)",
        r"(?:die |diese )?seite existiert nicht",
    )
)
# Such a sentence, alone or beside "404", an apology, the site's name: "404 – Page not found | River Pilots".
_MISSING = re.compile(
    r"(?:(?:error|fehler|erreur|ошибка|hata|sorry|oops|ops)\W{0,3})*(?:404\W{1,4})?(?:error\W{1,3})?"
    rf"(?:404|{_SAID_MISSING})[.!]?(?: ?\(?404\)?)?(?:\s*[|·–—-]\s.{{0,40}})?"
)
_PARKED = re.compile(
    r"\b(?:this )?domain (?:name )?(?:is|may be|has) (?:been )?(?:for sale|parked|expired)"
    r"|\bbuy this domain\b|\bdomain steht zum verkauf\b|\bce (?:nom de )?domaine est a vendre\b"
    r"|\beste dominio esta (?:a la venta|en venta)\b"
)
_PARKING = (b"sedoparking.com", b"parkingcrew.net", b"bodis.com", b"hugedomains.com", b"afternic.com/forsale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Why a page is not there."""

    kind: str  # one of ABSENT
    what: str  # what the site does, as the second half of a sentence

    def of(self, url: str) -> Trouble:
        """Yield it as the trouble of a page that was there before."""
        detail = f"{url}: {self.what} now; the evidence of earlier visits stays"
        return Trouble(room="collect", kind=self.kind, detail=detail, passing=False)


def of_answer(capture: Capture, *, url: str) -> Absence | None:
    """Say why a page is not there, as far as its answer alone tells; None: it may be."""
    if capture.status in GONE:
        return Absence(kind="gone", what=f"the site answers {capture.status}")
    if capture.status in (401, 402):
        return Absence(kind="login-wall", what=f"the site asks for a login ({capture.status})")
    if 200 <= capture.status < 300 and capture.final_url != url:
        return _of_redirect(capture, url)
    return None


def _of_redirect(capture: Capture, url: str) -> Absence | None:
    there = capture.final_url
    if urls.is_front(there) and not urls.is_front(url):
        return Absence(kind="soft-404", what=f"the address leads to the front page {there}")
    if _LOGIN_PATH.search(urlsplit(there).path) and not _LOGIN_PATH.search(urlsplit(url).path):
        return Absence(kind="login-wall", what=f"the address leads to a login ({there})")
    return None


def of_page(capture: Capture, document: Document | None) -> Absence | None:
    """Say why what was read is no statement but a notice that it is not there; None: it is one, or can't be told."""
    text = document.text if document else ""
    if len(text) > SHORT or capture.media_type == "application/pdf":
        return None
    said = [folded(part)[:200] for part in _headings(capture, document) if part]
    if any(_MISSING.fullmatch(part) for part in said):
        return Absence(kind="soft-404", what="the site shows a notice that there is no such page (with status 200)")
    body = capture.body[:_LOOKED_AT]
    if any(mark in body for mark in _PARKING) or _PARKED.search(folded(f"{' '.join(said)} {text[:300]}")):
        return Absence(kind="parked", what="the domain is for sale or parked")
    # Many sites have a login in the head of every page: only where there is nothing else, the page is one.
    is_called_so = any(_LOGIN.fullmatch(part) for part in said)
    if _PASSWORD.search(body) and (is_called_so or len(text) < A_LINE):
        return Absence(kind="login-wall", what="the site shows a login instead of the page")
    return None


def _headings(capture: Capture, document: Document | None) -> tuple[str | None, ...]:
    """Yield how a page is called; one on which nothing could be read (a bare notice) by its own elements."""
    if document is not None:
        return document.title, document.text.partition("\n")[0]
    body = capture.body[:_LOOKED_AT].decode(_charset(capture), "replace")
    return tuple(" ".join(unescape(part).split()) for part in _HEADING.findall(body)[:4])


def _charset(capture: Capture) -> str:
    try:
        return codecs.lookup(capture.charset or "utf-8").name
    except LookupError:
        return "utf-8"
