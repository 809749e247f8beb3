"""The nouns: what goes between rooms. Frozen dataclasses, standard library only.

Room: records
In: nothing
Out: Source, Capture, Document, Assignment, Coding, Dispatch and their parts; Trouble for what failed
Entry: import the names from here
"""

from communique.records.capture import Capture, Evidence
from communique.records.coding import (
    Actor,
    Coding,
    Context,
    DateExpression,
    Event,
    EventType,
    Level,
    Mention,
    Modality,
    Occasion,
    Place,
    Quote,
    Span,
)
from communique.records.dispatch import (
    Correction,
    Dispatch,
    DispatchEvent,
    DispatchSource,
    Draft,
    Finding,
    Operation,
    SourceText,
    Stage,
)
from communique.records.document import (
    DateEvidence,
    Dating,
    DayWitness,
    Document,
    Explanation,
    Feed,
    FeedEntry,
    FieldWitness,
    Hints,
    Listing,
    ListingEntry,
    PagePart,
    Precision,
    Signatory,
    SignatoryRelation,
)
from communique.records.source import NO_WISHES, Source, SourceKind, Validators, Wishes
from communique.records.statement import Assignment, Change, Kinship, Relation
from communique.records.trouble import Trouble

__all__ = [
    "NO_WISHES",
    "Actor",
    "Assignment",
    "Capture",
    "Change",
    "Coding",
    "Context",
    "Correction",
    "DateEvidence",
    "DateExpression",
    "Dating",
    "DayWitness",
    "Dispatch",
    "DispatchEvent",
    "DispatchSource",
    "Document",
    "Draft",
    "Event",
    "EventType",
    "Evidence",
    "Explanation",
    "Feed",
    "FeedEntry",
    "FieldWitness",
    "Finding",
    "Hints",
    "Kinship",
    "Level",
    "Listing",
    "ListingEntry",
    "Mention",
    "Modality",
    "Occasion",
    "Operation",
    "PagePart",
    "Place",
    "Precision",
    "Quote",
    "Relation",
    "Signatory",
    "SignatoryRelation",
    "Source",
    "SourceKind",
    "SourceText",
    "Span",
    "Stage",
    "Trouble",
    "Validators",
    "Wishes",
]
