"""Treatments, consents and stock at the desk."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client

from candour.accounts.models import Practice, Registration, Staff
from candour.catalogue.models import Batch, Service
from candour.core import clock
from candour.records.models import Treatment
from tests.apps.treatment_cast import RISKS, born, make_batch, make_form, make_service
from tests.factories import CANARY, publish_policy
from tests.surfaces.desk import acts, reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person, restrict

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


class Desk:
    """A doctor at the desk, with a patient, a treatment and a batch."""

    def __init__(self, client: Client) -> None:
        publish_policy()
        self.client, self.person = client, make_person()
        born(self.person.pk)
        self.service, self.batch = make_service(), make_batch()
        self.words = make_form()
        self.doctor = practising(signed_in(client, "prescriber"), self.service)

    def at(self, part: str, **query: object) -> str:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return file_of(self.person, f"record/{part}") + (f"?{asked}" if asked else "")

    def consent(self, **changes: object) -> Any:
        today = clock.local_date(clock.now())
        form: dict[str, object] = {
            "token": uuid4(),
            "form": self.words.ref,
            "consulted": (today - timedelta(days=8)).isoformat(),
            "risks": [str(n) for n in range(len(RISKS))],
            "asked": "Will it hurt? A little.",
            "enough": "yes",
            "signature": "Zephyrine Q.",
            **changes,
        }
        return self.client.post(
            self.at("consents/new/", service=self.service.ref), form
        )

    def treat(self, **changes: object) -> Any:
        form: dict[str, object] = {
            "token": uuid4(),
            "step": "save",
            "staff": self.doctor.ref,
            "day": clock.local_date(clock.now()).isoformat(),
            "lines": "3",
            "batch-0": self.batch.ref,
            "place-0": "glabella",
            "dose-0": "12",
            "x-0": "48",
            "y-0": "33",
            "batch-1": self.batch.ref,
            "place-1": "forehead",
            "dose-1": "8.5",
            "narrative": "Tolerated well.",
            "cost": "350",
            "advice": "told",
            **changes,
        }
        return self.client.post(
            self.at("treatments/new/", service=self.service.ref), form
        )


def practising(member: Staff, service: Service) -> Staff:
    Registration.objects.create(staff=member, register="GMC", number="7000001")
    Practice.objects.create(staff=member, service=service)
    return member


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    return Desk(client)


def test_consent_then_treatment_with_batch_and_map(desk: Desk, owner_sql: Sql) -> None:
    kept = desk.consent()
    assert "Will it hurt?" in text_of(desk.client.get(kept["Location"]))
    saved = desk.treat()
    page = desk.client.get(saved["Location"])

    said = text_of(page)
    assert "The treatment is saved" in said
    assert "Between the brows: 12 units, Type A 100" in said
    assert "batch C4471-B" in said
    assert "£350" in said
    assert '<circle cx="48" cy="33"' in page.content.decode()
    listed = text_of(desk.client.get(desk.at("treatments/")))
    assert "Type A 100, C4471-B: 8.5 units" in listed
    [(outcome, role, _, people)] = acts(owner_sql, "desk:treatment:record")
    assert (outcome, role, people) == ("allow", "prescriber", [desk.person.pk])


def test_without_consent_it_is_refused_and_what_was_typed_comes_back(
    desk: Desk,
) -> None:
    page = desk.treat()

    assert page.status_code == 422
    said = text_of(page)
    assert "This may not be done yet" in said
    assert "no consent to this treatment" in said
    assert "Take consent to botulinum toxin" in said
    assert "Tolerated well." in said
    assert 'value="12"' in page.content.decode()
    with reading():
        assert Treatment.objects.count() == 0


def test_an_exception_needs_its_reason_and_stands_on_the_page(desk: Desk) -> None:
    unsaid = desk.treat(exception="complication")
    saved = desk.treat(exception="complication", exception_reason="Vessel blocked.")

    assert unsaid.status_code == 422
    assert "Say why" in text_of(unsaid)
    assert "Vessel blocked." in text_of(desk.client.get(saved["Location"]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dose-0": "lots"}, "Write the dose as a number"),
        ({"dose-0": "NaN"}, "Write the dose as a number"),
        ({"dose-0": "0.001"}, "Write the dose as a number"),
        ({"dose-0": "1e-9"}, "Write the dose as a number"),
        ({"place-0": ""}, "Choose the place"),
        ({"batch-0": str(uuid4())}, "Choose the batch"),
        ({"day": "yesterday"}, "Write a day"),
        ({"day": "2099-01-01"}, "has not happened yet"),
        ({"cost": "a lot"}, "amount in pounds"),
        ({"cost": "NaN"}, "amount in pounds"),
        ({"cost": "1e999999"}, "amount in pounds"),
        ({"staff": str(uuid4())}, "Choose who did it"),
        ({"narrative": "4111 1111 1111 1111"}, "card number"),
    ],
)
def test_a_treatment_that_will_not_do_comes_back(
    desk: Desk, changes: dict[str, object], said: str
) -> None:
    desk.consent()

    page = desk.treat(**changes)

    assert page.status_code == 422
    assert said in text_of(page)
    with reading():
        assert Treatment.objects.count() == 0


def test_more_lines_keep_what_was_typed(desk: Desk) -> None:
    page = desk.treat(step="more")

    assert page.status_code == 200
    assert 'id="dose-5"' in page.content.decode()
    assert 'value="8.5"' in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"risks": ["0"]}, "Talk through each risk"),
        ({"signature": ""}, "The patient signs here"),
        ({"consulted": ""}, "Write the day"),
        ({"form": str(uuid4())}, "words of this consent have changed"),
    ],
)
def test_a_consent_that_is_not_whole_comes_back(
    desk: Desk, changes: dict[str, object], said: str
) -> None:
    page = desk.consent(**changes)

    assert page.status_code == 422
    assert said in text_of(page)
    assert "Will it hurt?" in text_of(page)


def test_a_drawn_signature_is_kept_as_lines_and_nothing_else(desk: Desk) -> None:
    drawn = "10,10 20,30 40,20;5,5 9,9;<script>,1 2"

    kept = desk.consent(signature="", drawn=drawn)
    page = desk.client.get(kept["Location"]).content.decode()

    assert '<polyline points="10,10 20,30 40,20"/>' in page
    assert "<script>,1" not in page


def test_the_patient_takes_a_consent_back_at_once(desk: Desk) -> None:
    kept = desk.consent()["Location"]

    desk.client.post(f"{kept}take-back/")

    assert "Taken back" in text_of(desk.client.get(kept))
    assert desk.treat().status_code == 422


def test_a_consent_is_put_away_with_a_reason(desk: Desk) -> None:
    kept = desk.consent()["Location"]

    assert desk.client.post(f"{kept}put-away/", {"reason": ""}).status_code == 422
    desk.client.post(f"{kept}put-away/", {"reason": "Another product."})

    assert "Put away on" in text_of(desk.client.get(kept))
    assert "Another product." in text_of(desk.client.get(kept))


def test_a_course_shows_how_far_it_is(desk: Desk) -> None:
    desk.consent()
    course = {
        "token": uuid4(),
        "service": desk.service.ref,
        "planned": "3",
        "plan": "Every six weeks.",
    }
    desk.client.post(desk.at("courses/"), course)
    page = desk.client.get(desk.at("treatments/new/", service=desk.service.ref))
    ref = page.content.decode().split("1 of 3")[0].rsplit('value="', 1)[1].split('"')[0]

    desk.treat(course=ref)

    assert "1 of 3" in text_of(desk.client.get(desk.at("treatments/")))
    assert desk.client.post(desk.at("courses/"), {"planned": "99"}).status_code == 422


def test_a_grave_event_asks_for_a_yellow_card_until_it_is_reported(desk: Desk) -> None:
    event = {
        "token": uuid4(),
        "kind": "vascular-occlusion",
        "severity": "severe",
        "noticed": clock.local_date(clock.now()).isoformat(),
        "account": "Blanching; hyaluronidase given.",
    }
    desk.client.post(desk.at("events/new/"), event)
    page = desk.client.get(desk.at("treatments/"))
    assert "Yellow Card" in text_of(page)
    body = page.content.decode()
    report = body.split("/record/events/")[1:]
    address = next(one.split('"')[0] for one in report if "report" in one)

    desk.client.post(desk.at(f"events/{address}"), {"reason": "YC-1"})

    assert "number YC-1" in text_of(desk.client.get(desk.at("treatments/")))


@pytest.mark.parametrize("role", ["reception", "marketing", "finance", "manager"])
@pytest.mark.parametrize("part", ["treatments/", "consents/", "treatments/new/"])
def test_who_does_not_treat_is_refused(client: Client, role: str, part: str) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, role)

    assert client.get(file_of(person, f"record/{part}")).status_code == 403


def test_a_batch_is_taken_in_found_and_recalled(desk: Desk, owner_sql: Sql) -> None:
    desk.consent()
    desk.treat()
    other = Client()
    signed_in(other, "manager")

    assert "C4471-B" in text_of(other.get("/desk/stock/"))
    page = other.get(f"/desk/stock/{desk.batch.ref}/")
    table = other.post(f"/desk/stock/{desk.batch.ref}/list/")
    other.post(f"/desk/stock/{desk.batch.ref}/recall/", {"note": "The maker"})

    assert "1 person received it" in text_of(page)
    assert CANARY in text_of(page)
    assert CANARY in table.content.decode()
    assert CANARY not in table["Content-Disposition"]
    assert Batch.objects.get().recalled_at is not None
    assert "Choose the batch" in text_of(desk.treat())
    verbs = ("desk:batch:recipients", "desk:batch:export", "desk:batch:recall")
    assert [acts(owner_sql, verb)[0][0] for verb in verbs] == ["allow"] * 3


def test_a_restricted_person_is_counted_in_a_recall_and_not_named(desk: Desk) -> None:
    desk.consent()
    desk.treat()
    restrict(desk.person)
    other = Client()
    signed_in(other, "manager")

    said = text_of(other.get(f"/desk/stock/{desk.batch.ref}/"))

    assert "1 more received it" in said
    assert CANARY not in said


def test_stock_is_for_who_treats_or_recalls(client: Client) -> None:
    publish_policy()
    make_batch()
    signed_in(client, "reception")

    assert client.get("/desk/stock/").status_code == 403
    batch = Batch.objects.get()
    assert client.get(f"/desk/stock/{batch.ref}/").status_code == 403


def test_a_batch_that_expired_or_is_there_is_not_taken_in(desk: Desk) -> None:
    form = {"product": desk.batch.product.ref, "number": "C4471-B"}

    twice = desk.client.post("/desk/stock/", {**form, "expires": "2099-01-01"})
    old = desk.client.post("/desk/stock/", {**form, "expires": "2020-01-01"})

    assert "in stock already" in text_of(twice)
    assert "has expired" in text_of(old)
    assert (twice.status_code, old.status_code) == (409, 422)
