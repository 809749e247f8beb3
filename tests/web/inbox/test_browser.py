"""The desk in a real browser: by keys alone, without script, narrow, dark, mirrored, and with hostile words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from tests.seeing import CONTRAST, in_chromium, scripts, seen

from communique import registry
from communique.records import Occasion
from communique.web.ledger import models, pairs, store

from .conftest import PILOTS, coding

pytestmark = in_chromium

LEAD = "The Union of River Pilots calls on the Ministry of Waterways to reopen the four locks at Aldermouth."
ARABIC = "تدعو نقابة مرشدي النهر وزارة المياه إلى إعادة فتح الأهوسة الأربعة قبل فيضان الربيع."
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea><script>alert(1)</script>",
    "{{ 7|add:7 }} {% debug %} javascript:alert(1)",
)


class Editor:
    """Somebody at the desk, with eyes and keys."""

    def __init__(self, driver: webdriver.Chrome, desk: Any, address: str) -> None:
        self.driver, self.address = driver, address
        seen(driver, 1440)
        desk.signed_in()
        driver.get(f"{address}/desk/sign-in/")
        driver.add_cookie({"name": "communique-desk", "value": desk.clients["editor"].cookies["communique-desk"].value})

    def get(self, path: str) -> None:
        self.driver.get(self.address + path)

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def until(self, selector: str, text: str = "") -> Any:
        """Wait until something stands on the page (with a text in it), and yield it."""

        def found(driver: webdriver.Chrome) -> Any:
            shown = [one for one in driver.find_elements(By.CSS_SELECTOR, selector) if text in one.text]
            return shown[0] if shown else False

        return WebDriverWait(self.driver, 20, ignored_exceptions=[Exception]).until(found)

    def bar(self) -> list[str]:
        """Yield the keys that are shown as working now."""
        return [one.text.split()[0] for one in self.driver.find_elements(By.CSS_SELECTOR, ".keys li") if one.text]


@pytest.fixture
def editor(chrome: webdriver.Chrome, desk: Any, address: str) -> Editor:
    return Editor(chrome, desk, address)


def test_a_statement_is_published_by_keys_alone(desk: Any, editor: Editor) -> None:
    desk.statement("Of the weir at Aldermouth.", minutes=3)
    desk.statement(minutes=1)
    editor.get("/desk/")
    editor.until(".beside .group-title", "Of the weir")

    editor.press("j")
    editor.until(".beside .group-title", "The Union of River Pilots")
    editor.press("1")
    editor.until("textarea")
    editor.press(Keys.CONTROL + "a" + Keys.NULL, LEAD)
    editor.until("[data-state]", "not saved")
    editor.press(Keys.CONTROL + Keys.ENTER)
    editor.until(".said", "Published as number 1")

    assert models.Dispatch.objects.get().text == LEAD
    editor.until(".line[aria-current]", "Of the weir")


def test_findings_follow_the_typing(desk: Any, editor: Editor) -> None:
    statement = desk.statement()
    editor.get(f"/desk/statements/{statement.key}/")

    editor.until("[data-does=draft]").click()
    editor.until("textarea").send_keys(" It has 917 boats.")

    assert "917" in editor.until(".findings .blocked").text


def test_declining_and_undoing_take_two_keys(desk: Any, editor: Editor) -> None:
    desk.statement()
    editor.get("/desk/")
    editor.until(".beside .acts")

    editor.press("3")
    editor.until(".empty", "All is done")
    editor.press("u")
    editor.until(".line", "calls on")

    assert models.Statement.objects.get().stage == "inbox"


def test_words_that_were_typed_outlive_a_look_at_another_line(desk: Any, editor: Editor) -> None:
    desk.statement("Of the weir at Aldermouth.", minutes=1)
    desk.statement(minutes=3)
    editor.get("/desk/")
    editor.until(".beside [data-does=draft]").click()
    editor.until("textarea").send_keys(" And soon.")

    editor.press(Keys.ESCAPE)
    editor.driver.find_element(By.CSS_SELECTOR, ".line:not([aria-current])").click()
    editor.until(".beside .group-title", "Of the weir")

    assert models.Dispatch.objects.get().text.endswith("And soon.")


def test_the_key_bar_shows_only_keys_that_work_now(desk: Any, editor: Editor) -> None:
    first = desk.statement()
    editor.get("/desk/")
    editor.until(".beside .acts")
    alone = editor.bar()
    desk.statement(ARABIC, of=first, language="ar")
    editor.get("/desk/")
    editor.until(".beside .acts")

    assert alone == ["1", "2", "3", "h", "i", "y", "r", "0"]
    assert editor.bar() == ["1", "2", "3", "h", "=", "i", "y", "r", "0", "[", "]"]


def test_a_draft_is_given_a_time_and_taken_back_by_keys(desk: Any, editor: Editor) -> None:
    desk.statement()
    editor.get("/desk/")
    editor.until(".beside .acts")
    editor.press("1")
    editor.until("#draft:focus")
    editor.press(Keys.ESCAPE)
    editor.press("t")
    field = editor.until(".later input")
    editor.driver.execute_script("arguments[0].value = '2999-06-01T09:30'", field)
    field.send_keys(Keys.ENTER)
    said = editor.until(".said p", "Goes out on").text
    scheduled = editor.bar()
    editor.press("x")
    editor.until(".said p", "A draft again")

    assert "1 June 2999, 09:30" in said
    assert [key for key in scheduled if key in ("1", "t", "x")] == ["x"]
    assert models.Dispatch.objects.get().stage == "draft"


def test_enter_in_a_field_of_a_draft_never_publishes(desk: Any, editor: Editor) -> None:
    statement = desk.statement()
    desk.signed_in().post(f"/desk/statements/{statement.key}/draft/")
    models.Dispatch.objects.update(text="The pilots have 917 boats.")
    scripts(editor.driver, on=False)
    editor.get(f"/desk/statements/{statement.key}/")
    editor.until("[name=reason]").send_keys("told by telephone", Keys.ENTER)
    editor.until(".said p", "Saved")

    editor.driver.find_element(By.CSS_SELECTOR, ".later summary").click()
    editor.until(".later input").send_keys("01012999", Keys.TAB, "0930AM", Keys.ENTER)
    editor.until(".said p", "Saved")

    assert models.Dispatch.objects.get().stage == "draft"


def test_what_the_program_merged_is_parted_by_a_key(desk: Any, editor: Editor) -> None:
    first, second = desk.statement(), desk.statement(ARABIC, language="ar", minutes=2)
    store.DatabaseLedger().join(first.key, [second.key], now=first.first_seen_at)
    editor.get(f"/desk/statements/{first.key}/")
    editor.until("[data-does=part]")

    editor.press("p")
    editor.until(".said p", "Parted again")

    assert models.Statement.objects.get(pk=second.pk).merged_into is None


def test_a_merge_takes_two_keys(desk: Any, editor: Editor) -> None:
    statement, other = desk.statement(), desk.statement(f"{LEAD} Now.", minutes=2)
    models.Statement.objects.update(story="t-locks")
    editor.get(f"/desk/statements/{statement.key}/")
    editor.until("[data-does=merge]")

    editor.press("2")
    editor.until("[data-does=answer-1]")
    editor.press("a")
    editor.until(".said p", "Merged")

    assert models.Statement.objects.get(pk=statement.pk).merged_into == other


def test_typing_in_a_field_presses_no_keys_of_the_desk(desk: Any, editor: Editor) -> None:
    desk.statement()
    editor.get("/desk/")
    editor.until(".beside .acts")

    editor.press("/")
    editor.until("[type=search]:focus").send_keys("31h")

    assert editor.driver.switch_to.active_element.get_attribute("value") == "31h"
    assert models.Statement.objects.get().stage == "inbox"


def test_what_a_colleague_does_shows_without_moving_a_line(desk: Any, editor: Editor) -> None:
    gone = desk.statement("Of the weir at Aldermouth.", minutes=3)
    desk.statement(minutes=1)
    editor.get("/desk/")
    editor.until(".beside .acts")
    before = [line.rect for line in editor.driver.find_elements(By.CSS_SELECTOR, ".line")]

    models.Statement.objects.filter(pk=gone.pk).update(stage="declined")
    editor.driver.execute_script('document.querySelector("desk-inbox").pulse()')
    editor.until(".line[data-gone]")

    assert [line.rect for line in editor.driver.find_elements(By.CSS_SELECTOR, ".line")] == before


def test_pointing_at_a_part_of_the_proposal_lights_its_words(desk: Any, editor: Editor) -> None:
    statement = desk.statement()
    editor.get(f"/desk/statements/{statement.key}/")
    part = editor.until(".sentence mark[data-part]")

    editor.driver.execute_script("arguments[0].focus()", part)

    lit = editor.driver.find_elements(By.CSS_SELECTOR, ".sheet mark[data-lit]")
    assert lit
    assert {one.get_attribute("data-part") for one in lit} == {part.get_attribute("data-part")}


def test_everything_works_without_script(desk: Any, editor: Editor) -> None:
    desk.statement()
    scripts(editor.driver, on=False)
    editor.get("/desk/")

    editor.until(".line").click()
    editor.until(".beside [data-does=draft]").click()
    editor.until("textarea").send_keys(" It has 917 boats.")
    editor.until("[data-check-button]").click()
    found = editor.until(".findings .blocked").text
    editor.until("textarea").clear()
    editor.until("textarea").send_keys(LEAD)
    editor.until("[data-does=publish]").click()
    editor.until(".said", "Published as number 1")

    assert "917" in found
    assert models.Dispatch.objects.get().text == LEAD


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_what_is_behind_them(desk: Any, editor: Editor, scheme: str) -> None:
    statement = desk.statement(undecided=True)
    models.Statement.objects.update(needs_review="numbers: 4 became 5")
    seen(editor.driver, 1440, scheme)

    for path in ("/desk/", f"/desk/statements/{statement.key}/", "/desk/sources/", "/desk/keys/", "/desk/published/"):
        editor.get(path)
        ratio, words = editor.driver.execute_script(CONTRAST)
        assert ratio >= 7, (path, words)


def test_at_320_pixels_nothing_is_wider_than_the_page(desk: Any, editor: Editor) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
    first = desk.statement(long, language="de")
    desk.statement(ARABIC, of=first, language="ar")
    seen(editor.driver, 320)

    desk.published(f"{LEAD} Now.", url=f"https://site.example/{'a-long-address-without-a-place-to-break/' * 3}")
    own = f"statements/{first.key}/"
    for path in ("", own, f"{own}differences/", f"{own}merge/", "sources/", "audit/", "stories/", "published/",
                 "dispatches/1/", "organisations/"):  # fmt: skip
        editor.get(f"/desk/{path}")
        editor.driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
        wide = editor.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 320, path


@pytest.mark.parametrize("words", [f"{'Donaudampfschifffahrtsgesellschaft' * 3} of the river", ARABIC])
def test_at_360_pixels_no_page_of_a_series_a_story_or_a_reading_is_wider(desk: Any, editor: Editor, words: str) -> None:
    occasion = Occasion(text=words, span=(0, 9), name=words, kind="congress", number=21, series=words)
    first = desk.statement(title=words, coding=replace(coding(LEAD), occasions=(occasion,)))
    desk.statement(f"{LEAD} {words}", title=words, minutes=2, publisher=None)
    record = models.Capture.objects.order_by("pk")[0].record_id.removeprefix("urn:uuid:")
    registry.save(desk.workspace.registry, [replace(PILOTS, names=((words, "de"),))])
    seen(editor.driver, 360)

    editor.get("/desk/series/")
    editor.until(".plain-list a").click()
    editor.until("main h2", "No. 21")
    for path in ("/desk/series/", editor.driver.current_url.removeprefix(editor.address), "/desk/sources/source-1/",
                 f"/desk/stories/{first.story}/?q=locks", f"/desk/statements/{first.key}/reading/{record}/",
                 f"/desk/organisations/{PILOTS.id}/"):  # fmt: skip
        editor.get(path)
        editor.driver.execute_script("for (const one of document.querySelectorAll('main details')) one.open = true")
        assert editor.driver.execute_script("return document.documentElement.scrollWidth") <= 360, path


DIGITS = """
const signs = [...document.querySelectorAll("main kbd")].filter((one) => one.checkVisibility());
return [signs.map((one) => one.innerText).filter((key) => "123".includes(key)), document.documentElement.scrollWidth];
"""


@pytest.mark.parametrize("kind", ["document", "statement"])
def test_the_digits_answer_the_question_at_360_pixels(desk: Any, editor: Editor, kind: str) -> None:
    first = desk.statement()
    asked = {"of": first, "score": 0.55} if kind == "document" else {"asks": (first.key,)}
    other = desk.statement(ARABIC, language="ar", minutes=2, **asked)
    seen(editor.driver, 360)
    editor.get(f"/desk/statements/{(first if kind == 'document' else other).key}/")
    editor.until("[data-does=same-3]")

    digits, wide = editor.driver.execute_script(DIGITS)
    editor.press("3")
    editor.until(".said p")

    assert (digits, wide <= 360) == (["1", "2", "3"], True)
    assert [row["said"] for row in pairs.rows(None)] == ["story"]


def test_words_of_the_other_direction_are_marked_as_such(desk: Any, editor: Editor) -> None:
    statement = desk.statement(ARABIC, language="ar")
    editor.get(f"/desk/statements/{statement.key}/")

    text = editor.until(".sheet-text")

    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("ar", "rtl")
    assert editor.driver.execute_script("return getComputedStyle(arguments[0]).textAlign", text) == "start"


def test_hostile_words_run_nothing(desk: Any, editor: Editor) -> None:
    keys = [desk.statement(f"{attack} {number}", title=attack).key for number, attack in enumerate(ATTACKS)]

    for path in ("/desk/", *(f"/desk/statements/{key}/" for key in keys), f"/desk/statements/{keys[0]}/merge/"):
        editor.get(path)
        editor.until("main")
        assert editor.driver.execute_script("return window.ran") == [], path


def test_every_field_and_button_has_a_name(desk: Any, editor: Editor) -> None:
    statement = desk.statement(undecided=True)
    nameless = """return [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")]
      .filter((one) => one.checkVisibility() && !(one.textContent.trim() || one.getAttribute("aria-label") ||
        one.title || one.labels?.length)).map((one) => one.outerHTML)"""

    for path in ("/desk/", f"/desk/statements/{statement.key}/", f"/desk/statements/{statement.key}/merge/",
                 "/desk/sources/", "/desk/published/"):  # fmt: skip
        editor.get(path)
        assert editor.driver.execute_script(nameless) == [], path


UNDER_THE_BAR = """
const [bar, one] = [document.querySelector(".keys"), document.activeElement];
return one !== document.body && one.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
"""


def test_the_bar_of_keys_hides_nothing_that_has_the_focus(desk: Any, editor: Editor) -> None:
    statement = desk.statement()
    for number in range(12):
        desk.statement(f"{LEAD} Again, {number}.", minutes=number)
    editor.get(f"/desk/statements/{statement.key}/merge/")
    editor.until(".keys li")

    hidden = []
    for _ in range(45):
        editor.press(Keys.TAB)
        hidden.append(editor.driver.execute_script(UNDER_THE_BAR))

    assert not any(hidden)


def test_a_page_on_which_no_key_works_has_no_bar(desk: Any, editor: Editor) -> None:
    desk.statement()

    editor.get("/desk/audit/")

    assert editor.driver.execute_script("return document.querySelector('.keys').checkVisibility()") is False


def test_escape_closes_a_menu_before_it_leads_back(desk: Any, editor: Editor) -> None:
    statement = desk.statement()
    editor.get(f"/desk/statements/{statement.key}/")
    editor.until(".keys li")

    editor.press("h")
    editor.until(".snooze[open]")
    editor.press(Keys.ESCAPE)
    still = editor.driver.current_url
    editor.press(Keys.ESCAPE)

    assert still.endswith(f"{statement.key}/")
    editor.until(".list-head", "Inbox")
