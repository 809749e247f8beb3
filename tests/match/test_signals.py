"""What survives translation: numbers in words, terms of the trade, names in other scripts."""

from __future__ import annotations

import pytest

from communique import match
from communique.testing.builders import document


def _share(left: tuple[str, str], right: tuple[str, str]) -> set[int]:
    one, other = (match.fingerprint(document(title=None, language=tag, text=text)) for tag, text in (left, right))
    return set(one.marks) & set(other.marks)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "forty-five boats"), ("fr", "quarante-cinq bateaux"), ("de", "fünfundvierzig Boote"),
        ("es", "cuarenta y cinco barcos"), ("it", "quarantacinque barche"), ("ru", "сорок пять лодок"),
        ("el", "σαράντα πέντε βάρκες"), ("tr", "kırk beş tekne"), ("ar", "خمسة وأربعون قارباً"),
        ("hi", "पैंतालीस नावें"), ("ja", "四十五人"), ("zh", "四十五人"), ("ar", "٤٥ قارباً"), ("hi", "४५ नावें"),
    ],
)  # fmt: skip
def test_a_number_is_one_value_in_words_and_digits(language: str, text: str) -> None:
    assert _share((language, text), ("nl", "45"))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1.2 million people"), ("de", "1,2 Millionen Menschen"), ("ru", "1,2 млн человек"), ("zh", "120万人")],
)
def test_a_number_with_its_magnitude_is_one_value(language: str, text: str) -> None:
    assert _share((language, text), ("nl", "1200000"))


def test_numbers_that_a_comma_parts_are_not_added() -> None:
    assert not _share(("en", "forty-five, sixty"), ("nl", "105"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "am 19.09. in Gent"),
        ("en", "on September 19"),
        ("ja", "九月十九日"),
        ("zh", "9月19日"),
        ("hi", "१९ सितंबर"),
    ],
)
def test_a_day_is_one_value_in_every_form(language: str, text: str) -> None:
    assert _share((language, text), ("nl", "19 september"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "la grève"), ("de", "Warnstreik"), ("ru", "забастовку"), ("el", "απεργίας"), ("ar", "والإضراب"),
        ("hi", "हड़ताल"), ("ja", "無期限のストライキに"), ("zh", "举行罢工"), ("tr", "grevde"), ("es", "la huelga"),
    ],
)  # fmt: skip
def test_a_word_of_the_trade_is_one_term_in_all_languages(language: str, text: str) -> None:
    assert _share((language, text), ("en", "a strike"))


def test_a_foreign_name_in_chinese_is_heard_as_in_japanese() -> None:
    assert _share(("zh", "编辑布兰德维克表示"), ("ja", "ブランドヴィク氏"))
