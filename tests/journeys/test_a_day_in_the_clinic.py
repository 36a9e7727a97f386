"""One person's way through a clinic in a browser, from her question to her recall.

She asks, and says that the address is hers; reception registers her. The practitioner
fills in a form with her, has her consent to a peel, does it, photographs it and writes
to her GP. Reception closes the visit, and she is due again. Marketing is refused her
file by clause, and a batch that is recalled finds her.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from candour.accounts import queries as accounts
from candour.accounts.models import Practice
from candour.catalogue.models import Batch, Service
from candour.core import clock
from candour.people.models import Person
from candour.questionnaires import shelf
from tests.apps import files_cast
from tests.apps.diary_cast import Clinic, book, furnish
from tests.apps.forms_cast import pack, publish_form
from tests.apps.letters_office import SURGERY, surgery
from tests.apps.treatment_cast import make_batch, make_form
from tests.factories import publish_policy
from tests.journeys.test_from_enquiry_to_erasure import (
    NAME,
    ask,
    clean,
    say_that_the_address_is_hers,
    sign_in,
)
from tests.journeys.world import Inbox, work
from tests.surfaces.desk import acts, reading
from tests.surfaces.filed import file_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]

QUESTION = "Would a peel help with the marks on my cheek?"
LATEX = "Latex: a rash within the hour"


@pytest.fixture
def clinic(db: None) -> Clinic:
    """Open a clinic with a diary, a form, words of consent, a batch and a surgery."""
    publish_policy(at=clock.now())
    made = furnish("")
    Service.objects.filter(pk=made.peel.pk).update(needs_review=True, recall_days=7)
    make_form("skin", title="Consent to a peel")
    make_batch(code="peel", name="Glow Peel", kind="skincare", unit="ml")
    form = shelf.fitted("medical-history", pack("model"))
    assert form is not None
    publish_form(form, "medical-history")
    surgery()
    return made


def test_a_day_in_the_clinic(
    clinic: Clinic,
    visit: Any,
    inbox: Inbox,
    owner_sql: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    hers = visit()
    ask(hers.new_page(), QUESTION)
    work()
    say_that_the_address_is_hers(hers.new_page(), inbox)
    reception = sign_in(visit(), "reception")
    register(reception)
    person = who()
    coming = book_today(person, clinic)

    treating = sign_in(visit(), "practitioner")
    practises(clinic)
    fill_in_the_form(treating, person)
    consent(treating, person, clinic)
    treat(treating, person, clinic)
    photograph(treating, person, tmp_path)
    write_to_the_gp(treating, person, inbox)

    close_the_visit(reception, coming)
    marketing_is_refused(sign_in(visit(), "marketing"), person)
    the_batch_finds_her(sign_in(visit(), "manager"))
    for verb in ("desk:patient:register", "desk:treatment:record", "desk:batch:recall"):
        assert {act[0] for act in acts(owner_sql, verb)} == {"allow"}, verb


def who() -> Person:
    """Return her, as the database knows her."""
    with reading():
        return Person.objects.get()


def register(page: Page) -> None:
    """Go from her question to her file without typing again what she wrote."""
    page.goto("/desk/enquiries/")
    page.get_by_role("link", name=NAME).click()
    assert QUESTION in page.locator("main").inner_text()
    page.locator("main a[href$='/register/']").click()
    clean(page)
    assert page.locator("[name=name]").input_value() == NAME
    page.fill("[name=born_on]", "14 June 1981")
    page.check("[name=source][value=clinic-form]")
    page.check("[name=by_whom][value=themselves]")
    page.check("[name=notice][value=printed]")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("They are registered")).to_be_visible()
    clean(page)


def book_today(person: Person, clinic: Clinic) -> str:
    """Book her for this hour, whatever day it is; return the visit's address."""
    now = clock.now()
    made = book(
        person.pk,
        Service.objects.get(pk=clinic.peel.pk),
        now.replace(minute=0, second=0, microsecond=0),
        clinic.ines,
        now=now,
        outside_hours=True,
    )
    return f"/desk/visits/{made.ref}/"


def practises(clinic: Clinic) -> None:
    """Let whoever signed in as practitioner give the peel."""
    member = accounts.staff_by_email("practitioner@clinic.example")
    assert member is not None
    Practice.objects.create(staff=member, service=clinic.peel)


def fill_in_the_form(page: Page, person: Person) -> None:
    """Answer what must be answered, with the allergy, and sign by typing."""
    page.goto(file_of(person, "forms/new/medical-history/"))
    page.get_by_label("Here, together").check()
    page.get_by_role("button", name="Begin").click()
    while page.get_by_role("button", name="Save and go on").count():
        answer(page)
        before = page.url
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_load_state()
        said = page.locator("main").inner_text()
        assert page.url != before, said
    clean(page)
    page.get_by_label("Full name").fill(NAME)
    page.get_by_role("button", name="Sign and file").click()
    expect(page.get_by_text("The form is complete")).to_be_visible()
    page.goto(file_of(person, "record/alerts/"))
    assert "llerg" in page.locator("main").inner_text()


def answer(page: Page) -> None:
    """Say yes to the allergy, no or "none" to the rest, and write what is asked."""
    for item in page.locator(".filling-item").all():
        if not item.is_visible():
            continue
        key = item.get_attribute("data-question")
        choices = item.locator("input[type=radio]")
        if choices.count():
            choices.nth(0 if key == "allergic" else choices.count() - 1).check()
        elif key == "allergies":
            item.locator("textarea").fill(LATEX)
        elif item.locator("textarea[required], input[required]").count():
            item.locator("textarea, input").first.fill("None")


def consent(page: Page, person: Person, clinic: Clinic) -> None:
    """Talk each risk through, and have her sign."""
    page.goto(file_of(person, f"record/consents/new/?service={clinic.peel.ref}"))
    week = clock.local_date(clock.now()) - timedelta(days=8)
    page.fill("[name=consulted]", week.isoformat())
    for risk in page.locator("[name=risks]").all():
        risk.check()
    page.check("[name=enough]")
    page.fill("[name=signature]", NAME)
    clean(page)
    page.get_by_role("button", name="The patient agrees").click()
    page.wait_for_url("**/record/consents/*/")
    assert "Consent to a peel" in page.locator("main").inner_text()


def treat(page: Page, person: Person, clinic: Clinic) -> None:
    """Write down the peel with its batch, and find it as it was written."""
    page.goto(file_of(person, f"record/treatments/new/?service={clinic.peel.ref}"))
    assert "This may not be done yet" not in page.locator("main").inner_text()
    page.locator("#batch-0").select_option(str(Batch.objects.get().ref))
    page.locator("#place-0").select_option("cheek-left")
    page.fill("#dose-0", "1.5")
    page.fill("[name=narrative]", "Even frosting. Tolerated well.")
    page.check("[name=advice][value=told]")
    clean(page)
    page.get_by_role("button", name="Save this treatment").click()
    expect(page.get_by_text("The treatment is saved")).to_be_visible()
    said = page.locator("main").inner_text()
    assert "C4471-B" in said
    assert "Signed" in said
    clean(page)


def photograph(page: Page, person: Person, folder: Path) -> None:
    """Send a photograph; it is washed, and then it can be looked at."""
    path = folder / "cheek.jpg"
    path.write_bytes(files_cast.jpeg(800, 600, orientation=6))
    page.goto(file_of(person, "documents/add/photograph/"))
    page.get_by_label("What it shows").fill("Left cheek, after")
    page.locator("#file").set_input_files(str(path))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 file is here")).to_be_visible()
    work()
    page.goto(file_of(person, "documents/"))
    picture = page.locator(".frame img")
    picture.scroll_into_view_if_needed()
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    clean(page)


def write_to_the_gp(page: Page, person: Person, inbox: Inbox) -> None:
    """Choose what goes and why, see the letter, send it; it is on record."""
    page.goto(file_of(person, "letters/write/gp/"))
    page.get_by_role("link", name=SURGERY).click()
    page.check("[name=fields][value=name]")
    page.check("[name=ground][value=permission-for-this]")
    page.fill("[name=says]", "In the room, today.")
    page.fill("[name=reason]", "Shared care.")
    page.check("[name=how][value=email]")
    clean(page)
    page.get_by_role("button", name="Go on to the text").click()
    page.fill("[name=body]", f"Dear Doctor,\n\n{NAME} had a peel today.")
    page.check("[name=how][value=email]")
    page.check("[name=told][value=now]")
    page.get_by_role("button", name="Save and look at it").click()
    clean(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("on its way").first).to_be_visible()
    work()
    sent = [one for one in inbox.messages if "larkmoor" in str(one["To"])]
    assert len(sent) == 1
    page.goto(file_of(person, "letters/"))
    assert SURGERY in page.locator("main").inner_text()


def close_the_visit(page: Page, coming: str) -> None:
    """Let her arrive, go in and be done: then the day to come back by stands there."""
    page.goto(coming)
    for step in ("arrived", "in-room", "done"):
        page.locator(f"button[name=action][value={step}]").click()
        page.wait_for_load_state()
    page.goto("/desk/recalls/")
    row = page.get_by_role("row").filter(has_text=NAME)
    due = clock.local_date(clock.now()) + timedelta(days=7)
    assert row.locator("time").get_attribute("datetime") == due.isoformat()
    clean(page)


def marketing_is_refused(page: Page, person: Person) -> None:
    """The file names the clause that refuses, and nothing of hers."""
    for part in ("", "record/", "letters/", "documents/"):
        found = page.goto(file_of(person, part))
        assert found is not None
        assert found.status == 403
        assert page.get_by_role("link", name="Clause 3").count()
        assert NAME not in page.content()
    clean(page)


def the_batch_finds_her(page: Page) -> None:
    """Open who received the batch, and recall it: nobody is given any of it then."""
    page.goto("/desk/stock/")
    page.get_by_role("link", name="C4471-B").click()
    said = page.locator("main").inner_text()
    assert "1 person received it" in said
    assert NAME in said
    clean(page)
    page.fill("[name=note]", "The maker found glass in it")
    page.get_by_role("button", name="Recall this batch").click()
    expect(page.get_by_role("heading", name="Recalled on")).to_be_visible()
    clean(page)
