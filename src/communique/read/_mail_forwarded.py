"""A forwarded mail within a mail: the head that mail programs put over it, and the text below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from itertools import takewhile

from communique.kit.text import collapsed
from communique.read._dateforms import days, stamp

# The line that a mail program puts over what it forwards, in the languages met
_MARK = re.compile(
    r"^(?:-{2,}\s*)?(?:begin forwarded message|(?:original|forwarded) message|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|anfang der weitergeleiteten nachricht|message (?:transféré|d'origine)"
    r"|début du message réexpédié"
    r"|mensaje (?:reenviado|original)|mensagem (?:encaminhada|original)|messaggio (?:inoltrato|originale)"
    r"|doorgestuurd bericht|oorspronkelijk bericht|videresendt (?:besked|meddelelse)|videresendt melding"
    r"|vidarebefordrat (?:brev|meddelande)|välitetty viesti|wiadomość (?:przekazana|oryginalna)|přeposlaná zpráva"
    r"|továbbított üzenet|mesaj redirecționat|iletilen mesaj|προωθημένο μήνυμα|пересылаемое сообщение"
    r"|переслане повідомлення|препратено съобщение|转发的邮件|轉寄郵件|転送メッセージ|전달된 메시지"
    r"|رسالة معاد توجيهها|הודעה שהועברה)"
    r"\s*:?\s*-*\s*$",
    re.I | re.M,
)
_FIELD = re.compile(r"^\*?([^\W\d_][^:\n]{1,20})\*?\s?[:：]\s*(.*)$")
# How the subject of a forwarded mail begins, in the languages of the common programs
_FORWARDS = re.compile(
    r"^\W*(?:fwd?|wg|tr|rv|enc|vs|vb|vl|pd|fs|doorst|i|ilt|yönlt|прв|πρθ|转发|轉寄|転送)\s*[:：]", re.I
)
_QUOTED = re.compile(r"^(?:> ?)+", re.M)
_FIELDS = 10  # lines of a head at most
_FROM = re.compile(
    r"^(?:from|von|de|da|van|fra|från|lähettäjä|od|feladó|kimden|από|от|від|发件人|寄件者|差出人|보낸 ?사람|من|מאת)$",
    re.I,
)
_SUBJECT = re.compile(
    r"^(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|tárgy|subiect|konu|θέμα"
    r"|тема|относно|主题|主旨|件名|제목|الموضوع|נושא)$",
    re.I,
)
_DATE = re.compile(
    r"^(?:date|sent|datum|gesendet|envoyé|fecha|enviado(?: el)?|data|inviato|verzonden|dato|sendt|skickat|päivämäärä"
    r"|lähetetty|wysłano|odesláno|dátum|trimis|tarih|gönderildi|ημερομηνία|дата|отправлено|надіслано|日期|发送时间|日付|送信日時"
    r"|날짜|التاريخ|תאריך)$",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """What was forwarded. None: its head does not say."""

    text: str
    sender: str | None
    subject: str | None
    at: str | None  # ISO 8601: a day, or a minute with offset


def forwarded(text: str, *, subject: str = "") -> Forwarded | None:
    """Yield the innermost message that a text forwards; None where it forwards none.

    One that is shorter than what is written above it is answered, not forwarded. `subject` is that of the whole mail.
    """
    if not _MARK.search(text) and (plain := _QUOTED.sub("", text)) != text and _MARK.search(plain):
        text = plain  # some programs forward a mail as if they quoted it
    start, lines = _below_mark(text, subject)
    fields = _fields(lines)
    head = {field[1].strip(): field[2].strip() for field in fields}
    below = "\n".join(lines[len(fields) :]).strip()
    if len(below) < start or not any(_FROM.match(name) for name in head):
        return None
    return Forwarded(text=below, sender=_sender(head), subject=_of(head, _SUBJECT), at=_day(_of(head, _DATE)))


def _below_mark(text: str, subject: str) -> tuple[int, list[str]]:
    """Yield where the last mark stands and the lines below it; without one, the last head of a mail and what follows.

    Outlook puts no mark over a head, so that must name a sender, a subject and a day, and the mail's own subject must
    say that it forwards: an answer looks the same.
    """
    marks = list(_MARK.finditer(text))
    if marks:
        return marks[-1].start(), text[marks[-1].end() :].lstrip("\n").split("\n")
    lines = text.split("\n") if _FORWARDS.match(subject) else []
    for number in range(len(lines) - 1, -1, -1):
        first = _FIELD.match(lines[number].strip())
        if first and _FROM.match(first[1].strip()):
            names = [field[1].strip() for field in _fields(lines[number:])]
            if any(map(_SUBJECT.match, names)) and any(map(_DATE.match, names)):
                return len("\n".join(lines[:number])), lines[number:]
    return 0, []


def _fields(lines: list[str]) -> list[re.Match[str]]:
    """Yield the fields of the head with which lines begin."""
    return [found for line in takewhile(_FIELD.match, map(str.strip, lines[:_FIELDS])) if (found := _FIELD.match(line))]


def _of(head: dict[str, str], pattern: re.Pattern[str]) -> str | None:
    return next((value for name, value in head.items() if value and pattern.match(name)), None)


def _sender(head: dict[str, str]) -> str | None:
    written = _of(head, _FROM)
    name, address = parseaddr(written) if written else ("", "")
    return collapsed(name) or address.rpartition("@")[2] or None


def _day(written: str | None) -> str | None:
    if written is None:
        return None
    found = days(written, order="day-first")
    return stamp(written) or (found[0].at if found else None)
