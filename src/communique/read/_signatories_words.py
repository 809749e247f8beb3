"""The words of `data/signing.toml`, compiled: how statements say who signed, in 25 languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from communique.kit.text import folded

Forms = tuple[re.Pattern[str], ...]

_LIST = r"(?P<list>[^\n]{2,4000}?)"
_END = r"(?=\.?\s*$|\.\s|;\s|:\s)"
_COUNT = r"(?P<count>\d{1,3}(?:[., \u00a0’']\d{3})+|\d{1,6})"
_ALIASES = {"no": "nb", "nn": "nb", "sk": "cs", "ms": "id"}
_REFUSED_HEADINGS = ("did not sign", "not signed by", "non-?signatories", "nicht unterzeichnet", "n'ont pas signe")

# A line with one of these is the page's own foot, or asks something of the reader.
FOOT = re.compile(
    r"@|https?://|www\.|\btel\b|\bphone\b|\btelefon|\bcontacts?\b|\bkontakt|\bpress (?:office|contact)|©|copyright|"
    r"\bcookies?\b|\bnewsletter|\bshare\b|\bread more\b|\brelated\b|\bIBAN\b|\ball rights reserved",
    re.I,
)
UPDATED = re.compile(
    r"^\W*(?:last )?(?:updated|aktualisiert|mise à jour|actualizado|atualizado|aggiornato|güncellendi|bijgewerkt|"
    r"обновлено|zaktualizowano)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The cues of a language."""

    headings: re.Pattern[str]  # these three on the folded line, as a whole
    participants: re.Pattern[str]
    refused_heading: re.Pattern[str]
    signed: Forms  # these four on one sentence, with the group "list"
    among: Forms
    refused: Forms
    present: Forms
    counted: Forms  # with the group "count"
    calls: re.Pattern[str]
    others: re.Pattern[str]
    later: re.Pattern[str]
    conjunctions: re.Pattern[str]


@cache
def patterns(language: str | None) -> Patterns:
    """Yield the patterns of a language and of English, which stands on pages of every language; None: of all."""
    tables = _tables()
    primary = (language or "").split("-")[0].lower()
    known = _ALIASES.get(primary, primary)
    chosen = (
        [tables[known]] if known in tables and known != "roles" else [tables[one] for one in tables if one != "roles"]
    )
    if known != "en" and known in tables:
        chosen.append(tables["en"])
    return Patterns(
        headings=_heading(word for one in chosen for word in one["headings"]),
        participants=_heading(word for one in chosen for word in one["participants"]),
        refused_heading=_heading(_REFUSED_HEADINGS),
        signed=tuple(_compiled(one, form) for one in chosen for form in (*one["signed"], _we(one))),
        among=_forms(chosen, "among"), refused=_forms(chosen, "refused"), present=_forms(chosen, "present"),
        counted=_forms(chosen, "counted"), calls=_any(chosen, "calls"), others=_any(chosen, "others"),
        later=_any(chosen, "later"), conjunctions=_any(chosen, "conjunction"),
    )  # fmt: skip


@cache
def roles() -> re.Pattern[str]:
    """Yield the pattern of the functions in which persons sign for a body."""
    return re.compile(rf"\b(?:{'|'.join(_tables()['roles']['words'])})\b", re.I)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    written = resources.files("communique.read").joinpath("data/signing.toml").read_text("utf-8")
    tables: dict[str, Any] = tomllib.loads(written)
    return tables


def _heading(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{folded(word)})" for word in words))


def _any(chosen: list[dict[str, list[str]]], key: str) -> re.Pattern[str]:
    return re.compile("|".join(word for one in chosen for word in one.get(key, [])), re.I)


def _forms(chosen: list[dict[str, list[str]]], key: str) -> Forms:
    return tuple(_compiled(one, form) for one in chosen for form in one.get(key, []))


def _we(one: dict[str, list[str]]) -> str:
    return rf"^(?:{'|'.join(one['we'])})[,，、:]\s?LIST[,，、]?\s(?=(?:{'|'.join(one['verbs'])})\b)"


def _compiled(one: dict[str, list[str]], form: str) -> re.Pattern[str]:
    """Compile a form: a list at its end reaches to the end of the sentence."""
    if form.endswith("LIST"):
        form += _END
    texts, bodies = f"(?:{'|'.join(one['texts'])})", f"(?:{'|'.join(one['bodies'])})"
    for word, meant in (("TEXT", texts), ("BODIES", bodies), ("COUNT", _COUNT), ("LIST", _LIST)):
        form = form.replace(word, meant)
    return re.compile(form, re.I)
