"""Documents by their keys, and what matching looks at in them. Only what is current is kept here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Max, Q

from communique import match
from communique.web.ledger import models, recorded

# The newest documents that have each of some keys: of index key_candidates one short range for each, however many share
# the key, and one row for each key, which halves the time of a row for each document. Databases differ in how a list is
# handed to them and handed back.
_NEWEST = {
    "sqlite": """
        SELECT asked.value, (
            SELECT group_concat(document_id) FROM (
                SELECT document_id FROM ledger_key WHERE key = asked.value ORDER BY document_id DESC LIMIT %s
            )
        ) FROM json_each(%s) AS asked
    """,
    "postgresql": """
        SELECT asked.key, (
            SELECT string_agg(document_id::text, ',') FROM (
                SELECT document_id FROM ledger_key WHERE key = asked.key ORDER BY document_id DESC LIMIT %s
            ) AS newest
        ) FROM (SELECT value::bigint AS key FROM json_array_elements_text(%s::json)) AS asked
    """,
}


def keep(document: models.Document, keys: Iterable[int], fingerprint: match.Fingerprint) -> None:
    """Enter keys and fingerprint of a document, in place of what is there."""
    forget(document.pk)
    models.Key.objects.bulk_create(models.Key(document=document, key=key) for key in sorted(keys))
    models.Fingerprint.objects.create(document=document, content=match.encoded(fingerprint))


def forget(document: int) -> None:
    """Take keys and fingerprint away: the document is no candidate any more."""
    models.Key.objects.filter(document=document).delete()
    models.Fingerprint.objects.filter(document=document).delete()


def candidates(keys: Iterable[int], known: match.Background, *, limit: int) -> list[match.Candidate]:
    """Yield current documents that share a key, those that share most (and rarest) keys first."""
    return of(match.nearest(_sharers(match.telling(keys, known)), known, limit=limit))


def sharing(documents: Sequence[int], *, limit: int) -> list[int]:
    """Yield current documents that share kept keys with some, and those themselves, in the order of `candidates`."""
    keys = models.Key.objects.filter(document__in=documents).values_list("key", flat=True)
    uncounted = match.background([])  # a page can't wait for the archive to be counted; marks are as rare as usual
    return match.nearest(_sharers(sorted(set(keys))), uncounted, limit=limit)


def of(documents: Sequence[int]) -> list[match.Candidate]:
    """Yield documents as matching compares them, in the order given."""
    rows = models.Document.objects.filter(pk__in=documents).values_list(
        "pk", "fingerprint__content", "statement__key", "statement__story"
    )
    found = {pk: (kept, statement, story) for pk, kept, statement, story in rows}
    made = {pk: match.kept(bytes(kept)) if kept else None for pk, (kept, _, _) in found.items()}
    made |= _anew([pk for pk, one in made.items() if one is None])
    return [
        match.Candidate(key=str(pk), fingerprint=one, statement=found[pk][1], story=found[pk][2])
        for pk in documents
        if (one := made.get(pk)) is not None
    ]


def told_in(stories: Sequence[str], *, limit: int) -> list[match.Candidate]:
    """Yield the newest current documents of some stories, the oldest of them first."""
    rows = models.Document.objects.filter(is_current=True, statement__story__in=stories)
    newest = rows.filter(statement__merged_into__isnull=True).order_by("-pk").values_list("pk", flat=True)[:limit]
    return of(sorted(newest))


def written_by(source_id: str, beside: Sequence[str], *, limit: int) -> list[match.Fingerprint]:
    """Yield what a source, and those that some documents are of, published last: `limit` of each."""
    documents = models.Document.objects.filter(is_current=True)
    asked = Q(slug=source_id) | Q(document__in=[int(key) for key in beside])
    found: list[match.Fingerprint] = []
    for source in models.Source.objects.filter(asked).distinct().order_by("pk"):
        newest = documents.filter(source=source).order_by("-pk").values_list("fingerprint__content", flat=True)[:limit]
        found += [one for kept in newest if kept and (one := match.decoded(bytes(kept))) is not None]
    return found


def newest() -> int:
    """Yield the number of the newest document, which is about how many there are."""
    return models.Fingerprint.objects.aggregate(newest=Max("pk"))["newest"] or 0


def background() -> match.Background:
    """Yield how common marks are among the newest documents."""
    rows = models.Fingerprint.objects.order_by("-pk").values_list("content", flat=True)[: match.COUNTED]
    return match.background(one for kept in rows if (one := match.decoded(bytes(kept))))


def _sharers(keys: Sequence[int]) -> dict[int, list[int]]:
    """Yield, for each key, the newest documents that have it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST[connection.vendor], [match.SHARERS, json.dumps(keys)])
        return {key: list(map(int, newest.split(","))) for key, newest in cursor.fetchall() if newest}


def _anew(documents: Sequence[int]) -> dict[int, match.Fingerprint | None]:
    """Yield fingerprints made from the documents themselves, where an older program kept others."""
    rows = models.Document.objects.filter(pk__in=documents) if documents else []
    return {row.pk: match.fingerprint(recorded.document(row)) for row in rows}
