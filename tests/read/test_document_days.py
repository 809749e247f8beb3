"""The day of publication: which witness is believed, and which traps are not fallen into."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.read.samples import article, capture

from communique import read
from communique.records import Dating, DayOrder, Document, Explanation, Hints, Numerals

NO_HINTS = Hints()


NINTH = Dating(at="2023-03-09", precision="day", evidence="text")


def read_days(markup: str, *, hints: Hints = NO_HINTS, **known: Any) -> Document:
    found = read.document(capture(markup, **known), hints=hints)
    assert isinstance(found, Document), found
    return found


def published(markup: str, **known: Any) -> Dating | None:
    return read_days(markup, **known).published


def json_ld(**fields: str) -> str:
    import json

    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Solm, 19 June 2019", "en", "2019-06-19"),
        ("Published: June 19th, 2019", "en", "2019-06-19"),
        ("Berlin, den 19. Juni 2019", "de", "2019-06-19"),
        ("Paris, le 1er juin 2019", "fr", "2019-06-01"),
        ("Publicado el 19 de junio de 2019", "es", "2019-06-19"),
        ("19 de junho de 2019", "pt", "2019-06-19"),
        ("19 июня 2019 г.", "ru", "2019-06-19"),
        ("19 listopada 2019", "pl", "2019-11-19"),
        ("19. listopada 2019.", "hr", "2019-10-19"),
        ("2019. június 19.", "hu", "2019-06-19"),
        ("19 Haziran 2019", "tr", "2019-06-19"),
        ("19 Ιουνίου 2019", "el", "2019-06-19"),
        ("١٩ حزيران/يونيو ٢٠١٩", "ar", "2019-06-19"),
        ("19 มิถุนายน 2562", "th", "2019-06-19"),
        ("2019年6月19日", "zh", "2019-06-19"),
        ("2019년 6월 19일", "ko", "2019-06-19"),
        ("令和元年6月19日", "ja", "2019-06-19"),
        ("१९ जून २०१९", "hi", "2019-06-19"),
        ("19.6.2019", "fi", "2019-06-19"),
        ("19. junija 2019", "sl", "2019-06-19"),
        ("2019. gada 19. jūnijā", "lv", "2019-06-19"),
        ("2019ko ekainaren 19an", "eu", "2019-06-19"),
        ("2019 жылғы 19 маусым", "kk", "2019-06-19"),
        ("2019-yil 19-iyun", "uz", "2019-06-19"),
        ("19 ביוני 2019", "he", "2019-06-19"),
        ("19 جوان 2019", "ar", "2019-06-19"),
        ("19 حوزەیرانی 2019", "ckb", "2019-06-19"),
        ("ika-19 ng Hunyo 2019", "fil", "2019-06-19"),
        ("၂၀၁၉ ခုနှစ် ဇွန်လ ၁၉ ရက်", "my", "2019-06-19"),
        ("ថ្ងៃទី១៩ ខែមិថុនា ឆ្នាំ២០១៩", "km", "2019-06-19"),
        ("19 VI 2019", "pl", "2019-06-19"),
    ],
)
def test_a_day_in_words_is_read_in_many_languages(line: str, language: str, day: str) -> None:
    found = published(article(before=f"<p>{line}</p>", language=language))

    assert found == Dating(at=day, precision="day", evidence="text")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("۲۹ خرداد ۱۳۹۸", "fa"),
        ("۱۳۹۸/۰۳/۲۹", "fa"),
        ("۲۹ جوزا ۱۳۹۸", "ps"),
        ("19 มิ.ย. 62", "th"),
        ("2019年（令和元年）6月19日", "ja"),
        ("中華民國108年6月19日", "zh"),
        ("108年6月19日", "zh"),
        ("二〇一九年六月十九日", "zh"),
        ("16 شوال 1440 هـ الموافق 19 يونيو 2019", "ar"),
    ],
)
def test_years_that_are_not_counted_from_christ_are_read(line: str, language: str) -> None:
    found = published(article(before=f"<p>{line}</p>", language=language))

    assert found == Dating(at="2019-06-19", precision="day", evidence="text")


def test_an_islamic_day_alone_gives_its_month_for_the_moon_is_sighted() -> None:
    inside = published(article(before="<p>١٦ شوال ١٤٤٠ هـ</p>", language="ar"))
    at_its_end = published(article(before="<p>٢٧ شوال ١٤٤٠ هـ</p>", language="ar"))

    assert inside == Dating(at="2019-06", precision="month", evidence="text")
    assert at_its_end is None


def test_machine_markup_gives_the_minute_with_its_offset() -> None:
    found = published(article(head=json_ld(datePublished="2023-03-04T09:30:12+02:00")))

    assert found == Dating(at="2023-03-04T09:30+02:00", precision="minute", evidence="json-ld")


@pytest.mark.parametrize("value", ["2023-03-04", "2023-03-04T00:00:00Z", "2023-03-04T09:30:00"])
def test_midnight_and_instants_without_offset_are_days(value: str) -> None:
    found = published(article(head=json_ld(datePublished=value)))

    assert found == Dating(at="2023-03-04", precision="day", evidence="json-ld")


def test_the_feed_is_believed_before_the_page() -> None:
    page = article(head='<meta name="date" content="2023-03-09">')

    found = published(page, hints=Hints(feed_date="2023-03-04T07:00:00+01:00"))

    assert found == Dating(at="2023-03-04T07:00+01:00", precision="minute", evidence="feed")


def test_the_listing_dates_a_page_without_a_date() -> None:
    found = published(article(), hints=Hints(listing_date=date(2022, 5, 1)))

    assert found == Dating(at="2022-05-01", precision="day", evidence="listing")


def test_the_address_gives_a_day_or_a_month() -> None:
    day = published(article(), url="https://union.example/2021/05/07/offer")
    month = published(article(), url="https://union.example/2021/05/offer")

    assert day == Dating(at="2021-05-07", precision="day", evidence="url")
    assert month == Dating(at="2021-05", precision="month", evidence="url")


def test_an_unset_clock_in_the_address_is_no_date() -> None:
    assert published(article(), url="https://union.example/1970/01/01/offer") is None


def test_a_day_after_the_visit_is_no_date() -> None:
    assert published(article(before="<p>19 June 2031</p>")) is None


def test_the_page_clock_is_not_the_day_of_the_statement() -> None:
    page = article(before="<p>3 May 2021</p>").replace(
        "<main>", '<div class="clock">Today is Tuesday, 9 November 2021</div><main>'
    )

    found = published(page)

    assert found == Dating(at="2021-05-03", precision="day", evidence="text")


def test_an_updated_day_is_kept_apart() -> None:
    found = read_days(article(before="<p>Updated: 9 March 2023</p><p>Published: 4 March 2023</p>"))

    assert found.published == Dating(at="2023-03-04", precision="day", evidence="text")
    assert found.updated == Dating(at="2023-03-09", precision="day", evidence="text")


def test_a_page_that_only_says_when_it_changed_has_no_day() -> None:
    found = read_days(article(head='<meta property="article:modified_time" content="2023-03-09T10:00:00Z">'))

    assert found.published is None
    assert found.updated == Dating(at="2023-03-09T10:00+00:00", precision="minute", evidence="meta")


def test_a_page_whose_only_printed_day_is_that_of_its_state_bears_it() -> None:
    assert published(article(language="de", before="<p>Stand: 9.3.2023, 10:15 Uhr</p>")) == NINTH


def test_a_colophon_behind_the_text_says_when_it_was_published() -> None:
    colophon = '<p class="postmetadata">This entry was posted on 9 March 2023 and is filed under Harbour.</p>'

    assert published(article(body=colophon)) == NINTH


def test_persian_thai_and_vietnamese_days_are_read() -> None:
    written = {"fa": "۱۸ اسفند ۱۴۰۱", "th": "9 มีนาคม พ.ศ. 2566", "vi": "Ngày 9 tháng 3 năm 2023"}

    assert {published(article(language=one, before=f"<p>{day}</p>")) for one, day in written.items()} == {NINTH}


def test_days_of_comments_and_other_articles_are_not_its_day() -> None:
    comments = '<div class="comments"><p>Well said!</p><time datetime="2023-05-05">5 May 2023</time></div>'
    related = '<aside><a href="/a">Port open again</a> <time datetime="2022-01-01">1 January 2022</time></aside>'

    assert published(article(body=comments + related)) is None


def test_numerals_that_could_be_day_or_month_first_stay_open_in_english() -> None:
    assert published(article(before="<p>Published 3/4/2023</p>")) is None


def test_other_numerals_of_the_page_show_which_comes_first() -> None:
    page = article(
        before="<p>Published 3/4/2023</p>",
        body="<p>The last offer was made on 25/3/2023 and was withdrawn a day later.</p>",
    )

    assert published(page) == Dating(at="2023-04-03", precision="day", evidence="text")


def test_an_american_page_puts_the_month_first() -> None:
    found = published(article(before="<p>Published 3/4/2023</p>", language="en-US"))

    assert found == Dating(at="2023-03-04", precision="day", evidence="text")


def test_two_equal_witnesses_for_two_days_leave_it_open() -> None:
    assert published(article(before="<p>3 May 2021</p><p>5 May 2021</p>")) is None


def test_an_instant_in_utc_does_not_move_the_local_day() -> None:
    page = article(head=json_ld(datePublished="2023-11-01T23:01:00Z"))

    found = published(page, url="https://union.example/2023/11/02/offer")

    assert found == Dating(at="2023-11-02", precision="day", evidence="url")


def test_days_of_a_list_beside_the_headline_give_way_to_the_line_below_it() -> None:
    teasers = "".join(
        f'<p><a href="/{day}">Another</a> <time datetime="2023-07-0{day}">{day} July</time></p>' for day in range(1, 7)
    )

    found = published(article(before=f"<p>Published on 29 June 2023</p>{teasers}"))

    assert found == Dating(at="2023-06-29", precision="day", evidence="text")


def test_words_in_an_element_for_days_outdo_its_value() -> None:
    line = '<p><time datetime="2023-03-14T10:18:46Z">Publié le 9 mars 2023</time></p>'

    assert published(article(before=line, language="fr")) == Dating(at="2023-03-09", precision="day", evidence="time")


def test_a_day_of_change_under_the_name_of_publication_gives_way_to_an_earlier_one() -> None:
    head = (
        '<meta property="article:published_time" content="2023-03-09">'
        '<meta itemprop="datePublished" content="2024-02-02"><meta itemprop="dateModified" content="2024-02-02">'
    )

    assert published(article(head=head)) == Dating(at="2023-03-09", precision="day", evidence="meta")


def test_microdata_of_a_comment_is_not_of_the_page() -> None:
    scope = 'itemscope itemtype="https://schema.org/Comment"'
    comment = f'<div {scope}><meta itemprop="datePublished" content="2023-04-01"></div>'

    assert published(article(before="<p>9 March 2023</p>", body=comment)) == NINTH


def test_the_day_of_looking_something_up_is_no_day_of_publication() -> None:
    assert published(article(body="<p>Pay in ports, a table (retrieved 9 March 2023)</p>")) is None


def test_an_instant_in_utc_falls_on_the_day_of_the_country() -> None:
    page = article(head=json_ld(datePublished="2023-03-10T00:44:00Z"), language="es")

    found = published(page, url="https://sindicato.example.ar/comunicado")

    assert found == Dating(at="2023-03-09T21:44-03:00", precision="minute", evidence="json-ld")


def test_an_hour_that_is_called_utc_and_printed_is_local() -> None:
    page = article(
        head=json_ld(datePublished="2023-03-09T00:44:00Z"), before="<p>9 de marzo de 2023</p>", language="es"
    )

    found = published(page, url="https://sindicato.example.ar/comunicado")

    assert found == Dating(at="2023-03-09T00:44+00:00", precision="minute", evidence="json-ld")


def test_a_linked_byline_gives_its_day() -> None:
    byline = '<div><a href="/people/7">by Ana Ruiz<br>on 9 March 2023</a></div>'

    assert published(article(before=byline)) == NINTH


def test_a_line_that_names_the_title_and_its_day_is_believed_anywhere() -> None:
    page = article().replace(
        "<main>",
        "<div><h3>About</h3><p>Dockers reject the offer was posted on 9 March 2023 under Ports.</p></div><main>",
    )

    assert published(page) == NINTH


def test_an_address_of_an_archive_gives_the_day_of_the_page_not_of_the_visit() -> None:
    archive = "https://web.archive.org/web/20240218174457/https://union.example"

    found = published(article(), url=f"{archive}/2023/03/09/offer")

    assert found == Dating(at="2023-03-09", precision="day", evidence="url")
    assert published(article(), url=f"{archive}/offer") is None


def test_the_second_in_the_number_of_an_item_gives_its_day() -> None:
    found = published(article(), url="https://union.example/news/120230309174457039/offer")

    assert found == Dating(at="2023-03-09", precision="day", evidence="url")


def test_a_british_address_puts_the_day_first() -> None:
    found = published(article(before="<p>Published 9/3/2023</p>", language="en"), url="https://union.example.uk/offer")

    assert found == NINTH


TWOFOLD = article(before="<p class='date'>Published: 03/09/2023</p>")


@pytest.mark.parametrize(("order", "day"), [("day-first", "2023-09-03"), ("month-first", "2023-03-09"), (None, None)])
def test_a_day_that_can_be_read_two_ways_is_read_as_its_source_writes_days(
    order: DayOrder | None, day: str | None
) -> None:  # fmt: skip
    found = read_days(TWOFOLD, hints=Hints(day_order=order))

    assert (found.published and found.published.at) == day
    assert found.numerals == Numerals(order=order, by="source" if order else None)


def test_days_of_the_page_itself_go_before_those_of_its_source() -> None:
    page = article(before="<p class='date'>Published: 03/09/2023</p>", body="<p>Next meeting: 25/09/2023</p>")

    found = read_days(page, hints=Hints(day_order="month-first"))

    assert found.numerals == Numerals(order="day-first", by="page")


def test_a_page_without_days_in_numerals_says_nothing_of_their_order() -> None:
    assert read_days(article(), hints=Hints(day_order="month-first")).numerals is None


def test_the_explanation_says_how_days_in_numerals_were_read() -> None:
    found = read.explained(capture(TWOFOLD), hints=Hints(day_order="month-first"))

    assert isinstance(found, tuple)
    explanation: Explanation = found[1]
    (said,) = [one for one in explanation.fields if one.field == "numerals"]
    assert (said.value, said.witness) == ("month-first", "undoubted days on other pages of the source")
