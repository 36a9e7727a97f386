"""Building forms at the desk, without a script."""

import html
import json
import re
from typing import Any

import psycopg
import pytest
from django.test import Client
from psycopg.errors import CheckViolation

from candour.questionnaires import versions
from tests.apps.forms_cast import HISTORY, form_of, publish_form, question
from tests.factories import publish_policy
from tests.surfaces.desk import acts, signed_in, text_of

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]
FORMS = "/desk/forms/"
DRAFT = f"{FORMS}sleep/draft/"
ASKS = {
    "asks": "Do you sleep well?",
    "kind": "yes-no",
    "category": "health.conditions",
    "mandatory": "yes",
    "when-test": "is",
    "alert-test": "is",
}


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    """A practitioner at the desk."""
    publish_policy()
    signed_in(client, "practitioner")
    return client


def edition(page: Any) -> str:
    """Return which state of the draft a page was made of."""
    found = re.search(r'name="edition" value="(\d+)"', page.content.decode())
    assert found
    return found[1]


def begin(desk: Client, title: str = "Sleep") -> str:
    """Begin a form; return the address of its draft."""
    answer = desk.post(f"{FORMS}new/", {"title": title, "step": "begin"})
    return str(answer["Location"])


def ask(desk: Client, draft: str = DRAFT, **more: str) -> Any:
    """Add a question to the first section."""
    address = f"{draft}question/?in=first"
    page = desk.get(address)
    return desk.post(address, {"edition": edition(page), **ASKS, **more})


def step(desk: Client, name: str, on: str = "", draft: str = DRAFT, **more: str) -> Any:
    """Take one step of the draft."""
    page = desk.get(draft)
    return desk.post(draft, {"edition": edition(page), "step": name, "on": on, **more})


def test_a_form_is_made_checked_published_and_cannot_change(
    desk: Client, owner_sql: Sql
) -> None:
    assert begin(desk) == DRAFT
    assert ask(desk).status_code == 302
    ask(desk, asks="Since when not?", kind="text", when="do-you-sleep-well",
        **{"when-values": "No"})  # fmt: skip
    seen = text_of(desk.get(DRAFT))
    assert "Only if «Do you sleep well?» is No" in seen
    check = desk.get(f"{DRAFT}publish/")
    assert "What is new" in text_of(check)
    assert "conditions you have or had" in text_of(check)

    done = desk.post(f"{DRAFT}publish/", {"edition": edition(check)}, follow=True)

    assert "Published" in text_of(done)
    assert versions.newest("sleep") is not None
    [(outcome, role, *_)] = acts(owner_sql, "desk:form-builder:publish")
    assert (outcome, role) == ("allow", "practitioner")
    for change in ("definition = '{}'", "title = 'Other'", "state = 'draft'"):
        with pytest.raises(CheckViolation, match="never changed"):
            owner_sql.execute(f"UPDATE questionnaires_questionnaire SET {change}")
    with pytest.raises(CheckViolation, match="never changed"):
        owner_sql.execute("DELETE FROM questionnaires_questionnaire")


def test_a_form_that_asks_more_than_the_policy_collects_cannot_be_published(
    desk: Client,
) -> None:
    begin(desk)
    ask(desk, asks="What is your origin?", kind="text", category="ethnicity")
    assert "1 question cannot be published" in text_of(desk.get(DRAFT))

    page = desk.post(f"{DRAFT}publish/", {"edition": "2"})

    assert page.status_code == 422
    said = text_of(page)
    assert "«What is your origin?» asks for ethnic origin (ethnicity)" in said
    assert "Clause" in said
    assert versions.newest("sleep") is None


def test_sections_and_questions_are_added_moved_and_removed(desk: Client) -> None:
    begin(desk)
    ask(desk, asks="One?")
    ask(desk, asks="Two?")
    page = desk.get(f"{DRAFT}section/")
    made = {"edition": edition(page), "title": "Origin", "says": "You need not say.",
            "switch": "ethnicity", "asked": "yes"}  # fmt: skip
    assert desk.post(f"{DRAFT}section/", made)["Location"].endswith("#origin")

    assert step(desk, "down", "one")["Location"] == f"{DRAFT}#one"
    assert [q.key for q in versions.draft("sleep").form.questions()] == ["two", "one"]
    step(desk, "up", "origin")
    assert [s.key for s in versions.draft("sleep").form.sections] == ["origin", "first"]
    step(desk, "remove", "two")
    step(desk, "head", title="Rest", says="About your nights.", about="treatment")

    form = versions.draft("sleep").form
    assert [q.key for q in form.questions()] == ["one"]
    assert (form.title, form.about) == ("Rest", "treatment")
    assert "it does not, so this is left out" in text_of(desk.get(DRAFT))
    again = desk.get(f"{DRAFT}question/?in=first&on=one")
    assert 'value="One?"' in again.content.decode()
    assert "Left out Origin" in text_of(desk.get(f"{FORMS}sleep/1/"))


def test_of_two_who_edit_a_draft_the_second_is_told_and_loses_nothing(
    desk: Client,
) -> None:
    begin(desk)
    late = edition(desk.get(DRAFT))
    ask(desk)

    page = desk.post(
        f"{DRAFT}question/?in=first",
        {**ASKS, "edition": late, "asks": "Written meanwhile <b>?"},
    )

    assert page.status_code == 409
    assert "Somebody else changed this draft" in text_of(page)
    assert html.escape("Written meanwhile <b>?") in page.content.decode()
    sent = {**ASKS, "edition": edition(page), "asks": "Written meanwhile <b>?"}
    assert desk.post(f"{DRAFT}question/?in=first", sent).status_code == 302
    assert len(list(versions.draft("sleep").form.questions())) == 2
    head = {"edition": late, "step": "head", "title": "Mine", "says": "Kept"}
    again = desk.post(DRAFT, head)
    assert again.status_code == 409
    assert 'value="Mine"' in again.content.decode()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"asks": " "}, "Write the question first"),
        ({"kind": "telepathy"}, "Choose how it is answered"),
        ({"category": ""}, "Choose one of the list"),
        ({"kind": "one", "options": "Only one"}, "two choices or more"),
        ({"kind": "number", "least": "few"}, "whole numbers"),
        ({"when": "gone"}, "not there any more"),
        ({"alert": "allergy", "alert-values": "perhaps"}, "compare with choices"),
        ({"alert": "apocalypse", "alert-values": "yes"}, "cannot be read"),
        ({"asks": "x" * 300}, "at most 200 letters"),
    ],
)
def test_a_question_that_makes_no_sense_comes_back_as_typed(
    desk: Client, more: dict[str, str], says: str
) -> None:
    begin(desk)

    page = ask(desk, **{"help": "Typed with care", **more})

    assert page.status_code == 422
    assert says in text_of(page)
    assert "Typed with care" in page.content.decode()
    assert versions.draft("sleep").edition == 1


def test_a_later_version_says_what_changed_and_the_old_one_stays(desk: Client) -> None:
    publish_form()
    form = f"{FORMS}medical-history/"
    draft = desk.post(form, {"step": "edit"})["Location"]
    step(desk, "remove", "weight", draft)

    check = desk.get(f"{draft}publish/")
    assert "What changes from version 1" in text_of(check)
    assert "«About weight?» Removed" in text_of(check)
    desk.post(f"{draft}publish/", {"edition": edition(check)})

    said = text_of(desk.get(form))
    assert "Version 2 Published" in said
    assert "Version 1 Replaced" in said
    assert versions.one("medical-history", 1).form == HISTORY


def test_a_form_is_withdrawn_with_a_reason_and_asked_no_more(desk: Client) -> None:
    publish_form()
    form = f"{FORMS}medical-history/"

    assert desk.post(form, {"step": "withdraw", "version": "1"}).status_code == 422
    done = desk.post(
        form, {"step": "withdraw", "version": "1", "why": "Too long"}, follow=True
    )

    assert "Withdrawn Too long" in text_of(done)
    assert versions.newest("medical-history") is None
    assert versions.in_use() == []


def test_a_form_is_exported_and_brought_back_as_a_draft(desk: Client) -> None:
    publish_form()
    out = desk.get(f"{FORMS}medical-history/1/export/")
    assert out["Content-Disposition"] == 'attachment; filename="medical-history-1.json"'

    made = desk.post(f"{FORMS}new/", {"step": "import", "text": out.content.decode()})

    assert made["Location"] == f"{FORMS}medical-history-2/draft/"
    assert versions.draft("medical-history-2").form == HISTORY
    copied = desk.post(f"{FORMS}medical-history/", {"step": "copy"})["Location"]
    assert copied == f"{FORMS}copy-of-medical-history/draft/"


def test_a_hostile_form_that_is_brought_is_refused_in_words(desk: Client) -> None:
    loop = form_of(question("a", "yes-no"), question("b", "yes-no")).data()
    one, two = loop["sections"][0]["questions"]
    one["when"] = {"question": "b", "values": ["yes"]}
    two["asks"] = "<script>alert(1)</script>"
    text = json.dumps(loop)

    page = desk.post(f"{FORMS}new/", {"step": "import", "text": text})

    assert page.status_code == 422
    assert "round in a circle" in text_of(page)
    assert html.escape(text) in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert versions.listed() == []


def test_a_draft_is_thrown_away(desk: Client) -> None:
    begin(desk)

    assert step(desk, "drop")["Location"] == FORMS
    assert desk.get(DRAFT).status_code == 404
    assert desk.post(DRAFT, {"step": "drop", "edition": "1"}).status_code in (404, 409)


def test_a_manager_builds_forms_too(client: Client, db: None) -> None:
    publish_policy()
    signed_in(client, "manager")

    assert begin(client) == DRAFT
    assert 'href="/desk/forms/"' in client.get("/desk/").content.decode()


@pytest.mark.parametrize("role", ["reception", "marketing", "finance"])
def test_another_role_is_refused_with_the_clause(
    client: Client, db: None, role: str, owner_sql: Sql
) -> None:
    publish_policy()
    signed_in(client, role)

    page = client.get(FORMS)

    assert page.status_code == 403
    assert "Clause" in text_of(page)
    assert 'href="/desk/forms/"' not in client.get("/desk/").content.decode()
    [(outcome, *_)] = acts(owner_sql, "desk:form-builder:list")
    assert outcome != "allow"
