"""Lexicons: a mistake in the file is named; forms of English verbs are made by rule."""

from __future__ import annotations

from importlib.resources import files

import pytest

from communique.code import BadLexicon, _glossary
from communique.code._lexicon import lexicon, parsed, shaped


def english() -> str:
    return files("communique.code").joinpath("data", "lexicons", "en.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "lemma", "kind"),
    [
        ("condemned", "condemn", "past"),
        ("criticises", "criticise", "s"),
        ("denies", "deny", "s"),
        ("denied", "deny", "part"),
        ("banned", "ban", "past"),
        ("committing", "commit", "ing"),
        ("held", "hold", "part"),
        ("withdrew", "withdraw", "past"),
        ("agreeing", "agree", "ing"),
        ("published", "publish", "past"),
        ("reject", "reject", "base"),
        ("visited", "visit", "past"),
    ],
)
def test_a_form_is_read_as_a_form_of_its_verb(form: str, lemma: str, kind: str) -> None:
    words = lexicon("en")

    assert words is not None
    assert (lemma, kind) in words.forms[form]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('type = "CONDEMN"', 'type = "CURSE"', "entry 'condemn': unknown type 'CURSE'"),
        ('plover = "ACCUSE"', 'plover = "BLAME"', "entry 'condemn': unknown PLOVER type 'BLAME'"),
        ('owner = "target"', 'owner = "victim"', "entry 'condemn': unknown slot 'victim'"),
        ("\n[modality]", "\n[mood]", "the entry 'modality' is missing"),
        ("\n[closed]", "\n[closed", "en.toml: not TOML"),
    ],
)
def test_a_mistake_in_a_lexicon_is_named(before: str, after: str, said: str) -> None:
    with pytest.raises(BadLexicon) as caught:
        parsed(english().replace(before, after, 1), "en.toml", shape=shaped, like="en.toml")

    assert said in str(caught.value)


def test_a_mistake_in_a_glossary_is_named_and_where_to_look() -> None:
    with pytest.raises(BadLexicon, match=r"nl\.toml: the entry 'order' is missing; fr\.toml shows what it holds"):
        parsed('language = "nl"', "nl.toml", shape=_glossary.shaped, like="fr.toml")


def test_there_is_no_lexicon_of_a_language_that_has_none() -> None:
    assert lexicon("ja") is None
