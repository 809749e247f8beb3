"""One page under many addresses is one document; a page that is taken away is an event; a clock makes no revision."""

from __future__ import annotations

import pytest

from communique.flow._enter import RESTLESS
from communique.testing.web import Answer

from .conftest import World, article, feed

LOCKS = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
BARGES = "Since 14 January 37 barges have waited below the weir, and 212 members have had no work."
TIDE = "Members in all eleven harbours will vote on a strike between 9 and 13 March, the union's council decided."
PAGE = article("Reopen the locks", LOCKS, BARGES)


def to(path: str, status: int = 301) -> Answer:
    return Answer(status=status, headers=(("Location", path),))


def called(page: Answer, canonical: str) -> Answer:
    link = f'<link rel="canonical" href="{canonical}"></head>'
    return Answer(body=page.body.replace(b"</head>", link.encode()))


def feed_of(world: World, *paths: str) -> Answer:
    return feed(*(world.url(path) for path in paths))


def test_a_redirect_and_its_target_are_one_page(world: World) -> None:
    world.show({"/feed.xml": feed_of(world, "/old", "/locks"), "/old": to("/locks"), "/locks": PAGE})
    world.watch()

    tally, _ = world.collect()

    assert (tally.found, tally.documents, world.ledger.counts()["current"]) == (2, 1, 1)


def test_what_redirects_led_to_is_known_when_another_list_names_it(world: World) -> None:
    world.show({"/feed.xml": feed_of(world, "/old"), "/old": to("/locks"), "/locks": PAGE})
    world.watch()
    world.collect()
    world.show({"/feed.xml": feed_of(world, "/locks", "/old"), "/old": to("/locks"), "/locks": PAGE})
    world.later(hours=2)

    tally, _ = world.collect()

    assert (tally.found, tally.documents) == (0, 0)


def test_a_language_path_that_calls_itself_by_the_plain_one_is_that_page(world: World) -> None:
    page = called(PAGE, world.url("/locks"))
    world.show({"/feed.xml": feed_of(world, "/en/locks", "/locks"), "/en/locks": page, "/locks": page})
    world.watch()

    world.collect()

    assert world.ledger.counts()["current"] == 1


@pytest.mark.parametrize("canonical", ["/", "/en/", "/statements", "https://elsewhere.example/locks"])
def test_a_name_that_is_not_plausible_is_not_believed(world: World, canonical: str) -> None:
    other = article("No to 2.1 per cent", TIDE, BARGES)
    paths = ("/statements/locks", "/statements/pay")
    world.show(
        {
            "/feed.xml": feed_of(world, *paths),
            "/statements/locks": called(PAGE, canonical),
            "/statements/pay": called(other, canonical),
        }
    )
    world.watch()

    world.collect()

    assert world.ledger.counts()["current"] == 2
    assert not world.ledger.is_known(world.url(canonical) if canonical.startswith("/") else canonical)


def test_one_name_on_pages_with_different_texts_is_not_believed_and_can_be_found_later(world: World) -> None:
    pages = {f"/s/{number}": article(f"Lock {number}", f"{LOCKS} Lock {number}.", BARGES) for number in range(3)}
    named = {path: called(page, world.url("/template")) for path, page in pages.items()}
    world.show({"/feed.xml": feed_of(world, *pages), **named})
    world.watch()
    world.collect()
    world.show({"/feed.xml": feed_of(world, "/template"), "/template": article("No to 2.1 per cent", TIDE), **named})
    world.later(hours=2)

    tally, _ = world.collect()

    assert world.asked("/template")
    assert "".join(entry.document.text for entry in world.ledger.entries()).count(TIDE) == 1
    assert (tally.documents, world.ledger.counts()["current"]) == (1, 4)


def test_an_address_that_leads_to_another_statement_later_is_gone_and_no_revision(world: World) -> None:
    pay = article("No to 2.1 per cent", TIDE)
    world.show({"/feed.xml": feed_of(world, "/locks", "/pay"), "/locks": PAGE, "/pay": pay})
    world.watch()
    world.collect()
    world.show({"/feed.xml": feed_of(world, "/locks", "/pay"), "/locks": to("/pay"), "/pay": pay})
    world.later(hours=2)

    tally, visits = world.collect()

    assert (tally.revisions, world.ledger.counts()["current"]) == (0, 2)
    assert [visit.trouble.kind for visit in visits if visit.trouble] == []  # it is said when it is entered
    assert tally.troubles == 1


MISSING = article("Page not found", "Sorry, there is nothing here. Try the search.")
LOGIN = Answer(
    body=b"<html><title>Members</title><body><form><input type='password'></form><p>Sign in.</p></body></html>"
)
PARKED = article("rivermen.example", "This domain is for sale. Make an offer.")


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (Answer(status=404), "gone"), (Answer(status=410), "gone"), (MISSING, "soft-404"), (to("/", 302), "soft-404"),
        (article("Fehler 404", "Diese Seite gibt es nicht."), "soft-404"), (LOGIN, "login-wall"),
        (to("/login?next=/locks", 302), "login-wall"), (Answer(status=401), "login-wall"), (PARKED, "parked"),
    ],
)  # fmt: skip
def test_a_page_that_is_taken_away_is_an_event_and_its_document_stays(world: World, now: Answer, kind: str) -> None:
    front = {"/": article("River Pilots", "Welcome."), "/login": LOGIN}
    world.show({"/feed.xml": feed_of(world, "/locks"), "/locks": PAGE, **front})
    world.watch()
    world.collect()
    world.show({"/feed.xml": feed_of(world, "/locks"), "/locks": now, **front})
    world.later(hours=2)

    tally, visits = world.collect()

    assert [visit.trouble.kind for visit in visits if visit.trouble] == [kind]
    assert (tally.documents, world.ledger.counts()["current"]) == (0, 1)


def test_a_short_statement_under_a_head_with_a_login_is_a_statement(world: World) -> None:
    login = b"<body><header><form action='/login'><input name=u><input type='password'></form></header>"
    page = Answer(body=article("No to 2.1 per cent", TIDE, BARGES).body.replace(b"<body>", login))
    world.show({"/feed.xml": feed_of(world, "/pay"), "/pay": page})
    world.watch()

    tally, _ = world.collect()

    assert (tally.documents, tally.troubles) == (1, 0)


def test_a_statement_about_what_is_missing_is_a_statement(world: World) -> None:
    page = article("404 jobs not found: the pilots' answer", LOCKS, BARGES, TIDE, LOCKS, BARGES, TIDE, LOCKS, BARGES)
    world.show({"/feed.xml": feed_of(world, "/locks"), "/locks": page})
    world.watch()

    tally, _ = world.collect()

    assert (tally.documents, tally.troubles) == (1, 0)


def test_a_page_with_a_clock_a_counter_and_related_pages_makes_no_revision(world: World) -> None:
    def shown(number: int) -> Answer:
        around = (
            f"<aside><h2>Related</h2><ul><li><a href='/s/{number}'>Another statement {number}</a></li></ul></aside>"
            f"<footer>Read {number} times. It is 12:{number:02}.</footer></body>"
        )
        return Answer(body=PAGE.body.replace(b"</body>", around.encode()))

    world.show({"/position": shown(1)})
    world.watch(url=world.url("/position"), kind="page")
    world.collect()
    revisions = 0
    for number in range(2, 6):
        world.show({"/position": shown(number)})
        world.later(hours=30)
        revisions += world.collect()[0].revisions

    assert revisions == 0


def test_a_page_with_another_text_at_each_visit_is_restless_after_a_while(world: World) -> None:
    world.watch(url=world.url("/position"), kind="page", pause_s=60)
    revisions, told = 0, []
    for number in range(RESTLESS + 4):
        world.show({"/position": article("Our position", LOCKS, f"{BARGES} It is the {number + 100}th day.")})
        world.later(days=2)
        tally, _ = world.collect()
        revisions += tally.revisions
        told.append(tally.troubles)

    assert revisions == RESTLESS
    assert told == [0] * (RESTLESS + 1) + [1] * 3


def test_a_restless_page_that_comes_to_rest_is_told_again(world: World) -> None:
    world.watch(url=world.url("/position"), kind="page", pause_s=60)
    for number in [*range(RESTLESS + 2), RESTLESS + 1, 1]:
        world.show({"/position": article("Our position", LOCKS, f"{BARGES} It is the {number + 100}th day.")})
        world.later(days=2)
        tally, _ = world.collect()

    assert (tally.revisions, tally.troubles) == (1, 0)
