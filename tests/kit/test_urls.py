"""One page has many addresses, and two pages never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.kit import urls

PLAIN = "https://press.example/news/2024/the-lock-opens?id=7"
SEGMENT = st.text(
    st.characters(exclude_characters="/?#\\", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1
)
NUMBER = st.integers(min_value=1, max_value=10**9)


@pytest.mark.parametrize(
    "other",
    [
        "http://press.example/news/2024/the-lock-opens?id=7",
        "https://www.press.example/news/2024/the-lock-opens/?id=7",
        "HTTPS://Press.Example:443/news/2024/the-lock-opens?id=7#comments",
        "https://m.press.example/news/2024/the-lock-opens?id=7",
        "https://staging.press.example/news/2024/the-lock-opens?id=7",
        "https://www-staging.press.example/news/2024/the-lock-opens?id=7",
        "https://press.example/news/2024/the-lock-opens/amp/?id=7",
        "https://press.example/news/2024/the-lock-opens/index.html?id=7",
        "https://press.example/news//2024/./old/../the-lock-opens?id=7",
        "https://press.example/news/2024/the%2Dlock%2dopens?id=7",
        "https://press.example/news/2024/the-lock-opens?utm_source=rss&id=7&fbclid=x",
        "https://press.example/news/2024/the-lock-opens;jsessionid=0A1B?id=7",
        "https://press.example/news/2024/the-lock-opens?PHPSESSID=12&id=7&print=1",
        "https://press.example/news/2024/the-lock-opens?id=7&sid=0123456789abcdef0123456789abcdef",
        " https://press.example/news/2024/the-lock-opens?id=7&_=1717000000000 ",
    ],
)
def test_other_spellings_of_an_address_are_the_same_page(other: str) -> None:
    assert urls.identity(other) == urls.identity(PLAIN) == "press.example/news/2024/the-lock-opens?id=7"


def test_a_switch_for_telephones_is_not_taken_for_a_month() -> None:
    assert urls.identity("https://a.example/p.html?m=1") == urls.identity("https://a.example/p.html")
    assert urls.identity("https://a.example/p?m=1&y=2020") != urls.identity("https://a.example/p?y=2020")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/en/news/7", "https://a.example/fr/news/7"),  # translations
        ("https://a.example/n?sid=7", "https://a.example/n?sid=8"),  # a story, no session
        ("https://a.example/n?session=43", "https://a.example/n?session=44"),  # a parliament's
        ("https://a.example/n?id=YQ==", "https://a.example/n?id=YQ="),  # what base64 ends with
        ("https://a.example/x%2Fy", "https://a.example/x/y"),
        ("https://a.example/n?q=%CF%F0", "https://a.example/n?q=%D0%E8"),  # words in windows-1251
        ("https://a.example/#!/news/7", "https://a.example/#!/news/8"),  # routes of a script
        ("https://a.example/guitars/amp", "https://a.example/guitars"),
        ("https://dev.a.example/", "https://a.example/"),  # a site for developers
        ("https://m-power.a.example/", "https://power.a.example/"),
        ("https://m.co.example/", "https://co.example/"),
        ("https://a.example:8080/", "https://a.example/"),
        ("https://a.example/web/2020/http://b.example/", "https://a.example/web/2020/https://b.example/"),
        ("mid:7@a.example", "urn:7@a.example"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert urls.identity(one) != urls.identity(other)


@given(st.lists(SEGMENT, max_size=5), st.lists(st.tuples(SEGMENT, SEGMENT), max_size=4))
def test_the_form_of_a_form_is_itself(path: list[str], query: list[tuple[str, str]]) -> None:
    asked = "&".join(f"{name}={value}" for name, value in query)

    once = urls.identity(f"https://www.a.example/{'/'.join(path)}?{asked}")

    assert urls.identity(f"https://{once}") == once
    assert urls.identity(once) == once


@given(st.text())
def test_any_text_has_one_form(text: str) -> None:
    once = urls.identity(text)

    assert urls.identity(once) == once


@given(
    NUMBER,
    NUMBER,
    st.sampled_from(["/n/{}", "/n-{}.html", "/n?id={}", "/n?sid={}&lang=en", "/{}/", "/#/n/{}", "/n?p={}&m=1"]),
)
def test_two_ids_are_never_one_page(one: int, other: int, form: str) -> None:
    first, second = (urls.identity("https://a.example" + form.format(number)) for number in (one, other))

    assert (first == second) == (one == other)


@given(st.tuples(SEGMENT, SEGMENT), st.tuples(SEGMENT, SEGMENT))
def test_two_paths_that_a_server_tells_apart_are_never_one_page(one: tuple[str, str], other: tuple[str, str]) -> None:
    from urllib.parse import quote, unquote

    first, second = ("/".join(quote("x" + part, safe="") for part in parts) for parts in (one, other))
    same = urls.identity(f"https://a.example/{first}") == urls.identity(f"https://a.example/{second}")

    assert same == (unquote(first) == unquote(second)) or ";" in unquote(first + second)


@given(st.permutations(["a=1", "b=2", "b=3", "utm_medium=mail", "gclid=z"]))
def test_the_order_of_parameters_does_not_matter(parts: list[str]) -> None:
    assert urls.identity("https://a.example/?" + "&".join(parts)) == "a.example?a=1&b=2&b=3"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/", True), ("https://www.a.example/index.php", True), ("https://a.example/fr/", True),
        ("https://a.example/pt-BR", True), ("https://a.example/news", False), ("https://a.example/?p=7", False),
    ],
)  # fmt: skip
def test_a_front_page_is_known(url: str, *, expected: bool) -> None:
    assert urls.is_front(url) == expected
