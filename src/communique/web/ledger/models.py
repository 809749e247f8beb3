"""What the newsroom knows, as tables. Columns, constraints and named query sets; rules live in the rooms.

Each row that a room made says which version of that room made it, so that what is due is a query.
Records are kept whole as JSON in `content`; what is asked for by queries has a column of its own beside it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Source(models.Model):
    """A place where an organisation publishes, and how the last visits went."""

    slug = models.CharField(max_length=100, unique=True)
    url = models.TextField()
    identity = models.CharField(max_length=900, unique=True)  # of the url: watched once, in whatever spelling
    kind = models.CharField(max_length=10)  # records.SourceKind
    name = models.TextField()
    publisher = models.CharField(max_length=100, null=True)  # actor id; null: not known
    languages = models.JSONField(default=list)  # BCP 47, likeliest first
    pause_s = models.PositiveIntegerField()
    is_paused = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    next_visit_at = models.DateTimeField()
    visited_at = models.DateTimeField(null=True)  # null: never yet
    answered_at = models.DateTimeField(null=True)  # last visit that brought an answer; null: none yet
    new_at = models.DateTimeField(null=True)  # last visit that brought something new; null: none yet
    etag = models.TextField(null=True)  # null: the site gives none
    last_modified = models.TextField(null=True)
    troubles_in_row = models.PositiveIntegerField(default=0)
    trouble_kind = models.CharField(max_length=40, null=True)  # null: the last visit went well
    trouble_detail = models.TextField(null=True)
    trouble_since = models.DateTimeField(null=True)
    listed_before = models.PositiveIntegerField(null=True)  # entries at the last visit that had some; null: none yet
    explanation = models.TextField(null=True)  # what the last listing or feed said of itself
    told = models.JSONField(default=list)  # digests of what was said of single mails, files, notes: each is said once
    text_digest = models.CharField(max_length=80, null=True)  # of a watched page at the last visit; null: none was read
    revisions_in_row = models.PositiveIntegerField(default=0)  # visits to a watched page that each found another text
    memory = models.JSONField(default=dict)  # flow.course.Memory: rhythm, wishes, moves, what was listed
    spoken = models.JSONField(default=dict)  # flow.course.Spoken: in which language its last documents were
    day_first = models.PositiveIntegerField(
        default=0
    )  # pages whose days can be read in one way only: so (3/4 in April)
    month_first = models.PositiveIntegerField(default=0)  # and those that can only be read so (3/4 in March)
    mark = models.CharField(max_length=20, null=True)  # flow.health's kind of what a person must see to; null: nothing
    marked_at = models.DateTimeField(null=True)  # when that began
    mark_seen_at = models.DateTimeField(null=True)  # null: nobody has said yet that it is seen
    told_until = models.DateTimeField(null=True)  # until then a hub has promised to tell what is new; null: none has
    told_at = models.DateTimeField(null=True)  # when it last did; null: never
    is_told_late = models.BooleanField(default=False)  # since then a visit found something that no hub had told

    class Meta:
        indexes: ClassVar = [models.Index(fields=["is_paused", "next_visit_at"], name="source_due")]
        ordering: ClassVar = ["slug"]


class Subscription(models.Model):
    """What was asked of one hub (WebSub): to tell us when one source has something new, or not to any more."""

    class State(models.TextChoices):
        OFFERED = "offered"  # the source names this hub; nothing was asked yet
        ASKED = "asked"  # and not confirmed by a call of the hub yet
        RUNNING = "running"
        REFUSED = "refused"  # by the hub, or because it must not be asked
        LEAVING = "leaving"  # the hub is to tell nothing any more

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)  # null: not watched, or at another hub
    hub = models.TextField()
    topic = models.TextField()  # what the source calls itself
    token = models.CharField(max_length=64, unique=True)  # the end of the callback's address; nobody can guess it
    secret = models.CharField(max_length=64)  # the hub signs with it
    callback = models.TextField(default="")  # the whole address as the hub last got it; "": nothing was asked yet
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    next_at = models.DateTimeField()  # when the hub is asked (again)
    tries = models.PositiveIntegerField(default=0)  # in a row, without a confirmation
    said = models.TextField(null=True)  # why it was refused or is not confirmed; null: nothing is wrong

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source"], name="one_hub_of_a_source")]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="subscription_due")]
        ordering: ClassVar = ["id"]


class Site(models.Model):
    """What the processes of the desk know together about one site, address or origin; see `collect.Notes`."""

    key = models.CharField(max_length=300, unique=True)  # "site union.example", "address 192.0.2.7", "https://…"
    rests_until = models.DateTimeField(null=True)  # null: it was never asked
    held_until = models.DateTimeField(null=True)  # a process asks it now, until then at the latest; null: none does
    rules = models.BinaryField(null=True)  # robots.txt, packed by zlib; null: there is none, everything is free
    rules_until = models.DateTimeField(null=True)  # how long that holds; null: robots.txt is not known

    class Meta:
        ordering: ClassVar = ["key"]


class Page(models.Model):
    """One known address: found in a list or a feed, visited on its own, and visited again for silent edits."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    identity = models.CharField(max_length=900, unique=True)  # kit.urls.identity of the address
    url = models.TextField()
    title = models.TextField(null=True)  # as the list gave it
    listing_date = models.DateField(null=True)  # null: the list gave none
    feed_date = models.CharField(max_length=40, null=True)  # ISO 8601 with the feed's own offset
    pinned = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    next_visit_at = models.DateTimeField(null=True)  # null: not visited again
    visited_at = models.DateTimeField(null=True)  # null: not yet
    visits = models.PositiveIntegerField(default=0)
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)
    digest = models.CharField(max_length=80, null=True)  # of the last body; null: never captured
    gone_at = models.DateTimeField(null=True)  # since when it is taken away (flow._absence); null: stands
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True)  # another address of that page; null: own
    is_disputed = models.BooleanField(default=False)  # pages with different texts call themselves so
    troubles_in_row = models.PositiveIntegerField(default=0)
    trouble_kind = models.CharField(max_length=40, null=True)
    trouble_detail = models.TextField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_visit_at"], name="page_due")]
        ordering: ClassVar = ["id"]


class Capture(models.Model):
    """One answer of the web, kept as evidence in a WARC file."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)  # null: imported by hand
    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True)  # null: the source's own address
    url = models.TextField()
    status = models.PositiveSmallIntegerField()
    media_type = models.CharField(max_length=100, null=True)
    captured_at = models.DateTimeField()
    digest = models.CharField(max_length=80)
    warc = models.CharField(max_length=200)
    offset = models.BigIntegerField()
    record_id = models.CharField(max_length=80, unique=True)  # the same capture twice adds nothing

    class Meta:
        indexes: ClassVar = [models.Index(fields=["digest"], name="capture_known")]  # mails and files seen before
        ordering: ClassVar = ["id"]


class Statement(models.Model):
    """The group of documents that say the same; one line in the inbox."""

    class Stage(models.TextChoices):
        INBOX = "inbox"
        SNOOZED = "snoozed"
        DECLINED = "declined"
        DISPATCHED = "dispatched"

    key = models.CharField(max_length=80, unique=True)  # match's id of the group's original
    story = models.CharField(max_length=80)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.INBOX)
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # last document or revision that joined it
    snoozed_until = models.DateTimeField(null=True)  # null: not snoozed
    needs_review = models.TextField(null=True)  # what changed after it was published; null: nothing
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)  # null: stands by itself
    day = models.DateField(null=True)  # of the original; null: not known
    # Keys of statements that it may be the same as: the evidence was too thin, an editor is asked. Answered ones go.
    asks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)  # rises with each action of an editor: compare-and-set

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["stage", "-first_seen_at", "-id"], name="statement_inbox"),
            models.Index(fields=["story"], name="statement_story"),
        ]
        ordering: ClassVar = ["-first_seen_at", "-id"]


class Dossier(models.Model):
    """A story that an editor named."""

    story = models.CharField(max_length=80, unique=True)  # Statement.story
    name = models.TextField()
    slug = models.CharField(max_length=120, unique=True)  # of its first name: its address on the wire, for ever
    named_at = models.DateTimeField()
    is_renamed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["slug"]


class Document(models.Model):
    """What was read from one capture; the newest of an address is current."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True)  # null: a mail or a file
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="documents")
    relation = models.CharField(max_length=12)  # records.Relation
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")  # null: the original
    score = models.FloatField()
    revises = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="revisions")
    change = models.JSONField(null=True)  # records.Change to the text it revises; null: revises none
    is_current = models.BooleanField(default=True)
    is_placed_by_hand = models.BooleanField(default=False)  # an editor's word: outlives recomputation
    language = models.CharField(max_length=20, null=True)
    day = models.DateField(null=True)
    title = models.TextField(null=True)
    digest = models.CharField(max_length=80)  # of the normalised text
    content = models.JSONField()  # records.Document, with `amendments` laid over it
    reading = models.JSONField(null=True)  # records.Document as it was read; null: `content` is that
    amendments = models.JSONField(default=list)  # records.Amendment: what editors corrected of the reading
    coding = models.JSONField(null=True)  # records.Coding; null: coding failed, see trouble
    answers = models.JSONField(default=dict)  # web.ledger.answers: what editors said of the coding; outlives it
    acts = models.JSONField(default=list)  # web.ledger.acts: what editors said of the events; likewise
    trouble = models.TextField(null=True)
    read_version = models.PositiveIntegerField()
    match_version = models.PositiveIntegerField()
    code_version = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["read_version"], name="document_reread"),
            models.Index(fields=["code_version"], name="document_recode"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(is_current=True, page__isnull=False), name="one_current_document"
            )
        ]
        ordering: ClassVar = ["id"]


class Occasion(models.Model):
    """The numbered occasion of a series that a current document names."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True)
    series = models.CharField(max_length=120)  # slug of the series' name
    name = models.TextField()  # of the series
    text = models.TextField()  # as the document names it: "21st IMCWP"
    number = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["series", "-number"], name="occasion_series")]


class Key(models.Model):
    """A cheap key of a current document: who shares one is a candidate for the same statement."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, db_index=False)  # one_key_once serves
    key = models.BigIntegerField()  # match.keys

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "-document"], name="key_candidates")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "key"], name="one_key_once")]


class Fingerprint(models.Model):
    """What matching looks at in a current document, made once: a new document is held against some hundred of them."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True)
    content = models.BinaryField()  # match.encoded


class Dispatch(models.Model):
    """The published sentence, from draft on."""

    class Stage(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        HELD = "held"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    number = models.PositiveIntegerField(unique=True, null=True)  # on this wire, given at publication; null: a draft
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="dispatches")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    text = models.TextField()
    headline = models.TextField(null=True)
    language = models.CharField(max_length=20)
    slug = models.CharField(max_length=120, default="")  # of the first published wording; "" in a draft
    pinned = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)  # null: a draft, or an import whose original has no date
    scheduled_at = models.DateTimeField(null=True)  # when it is to be published; null: not scheduled
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    import_key = models.CharField(max_length=80, unique=True, null=True)  # digest of what was imported; null: ours
    content = models.JSONField(default=dict)  # the rest of records.Dispatch as it stood at the last public change
    coding = models.JSONField(
        null=True
    )  # records.Coding of an imported text; null: its documents are coded, or nothing
    country = models.CharField(max_length=3, null=True)
    log_index = models.PositiveIntegerField(null=True)  # null: a draft
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)  # rises with each action: compare-and-set

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["stage", "-number"], name="dispatch_newest"),
            models.Index(fields=["pinned", "-number"], name="dispatch_pinned"),
            models.Index(fields=["country", "-number"], name="dispatch_country"),
            models.Index(fields=["stage", "scheduled_at"], name="dispatch_due"),  # releasing.publish_due
            models.Index(fields=["changed_at"], name="dispatch_changed"),  # site.write: what an edition lacks
            models.Index(fields=["published_at"], name="dispatch_published"),  # the news sitemap; after: and before:
        ]
        ordering: ClassVar = ["-number", "-id"]


class DispatchSection(models.Model):
    """A list of the wire that a published dispatch stands in: of an organisation, a country, a story … (wire.Kind)."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=10)  # wire.Kind
    key = models.CharField(max_length=200)
    number = models.PositiveIntegerField()  # the dispatch's, so that one index serves the list
    occasion = models.PositiveIntegerField(null=True)  # its number in a series; null: of another kind

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "key", "number"], name="section_list")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dispatch", "kind", "key"], name="one_section_once")]


class Correction(models.Model):
    """A labelled public change of a dispatch."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="corrections")
    operation = models.CharField(max_length=10)  # records.Operation
    at = models.DateTimeField()
    reason = models.TextField()
    before = models.TextField(null=True)  # the wording before; null: it stayed
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)  # null: by import

    class Meta:
        ordering: ClassVar = ["at", "id"]


class LogEntry(models.Model):
    """One entry of the transparency log, exactly as it stands there; written once, never changed."""

    index = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)  # "dispatch", "operation", "edition"
    body = models.BinaryField()
    at = models.DateTimeField()
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, null=True)  # null: an edition

    class Meta:
        ordering: ClassVar = ["index"]


class Edition(models.Model):
    """A numbered state of the wire."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    files_digest = models.CharField(max_length=80)  # of its list of files
    made_of = models.CharField(max_length=80)  # digest of settings and program: when they change, all pages may
    log_index = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-number"]


class Audit(models.Model):
    """One action of a person or of the program at the desk, and how to undo it."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)  # null: the program
    action = models.CharField(max_length=30)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, null=True)
    detail = models.JSONField(default=dict)  # what was before, for undo
    undone_at = models.DateTimeField(null=True)  # null: stands

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "-at", "-id"], name="audit_by_person")]
        ordering: ClassVar = ["-at", "-id"]


class SignInLink(models.Model):
    """A link that signs somebody in, once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    digest = models.CharField(max_length=80, unique=True)  # of the secret; the secret itself is not kept
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # null: not used yet
