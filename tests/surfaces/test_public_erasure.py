"""An erasure: seen first, then done, and certified."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.factories import CANARY, make_enquiry, publish_policy
from tests.surfaces.requesting import Owner, count, proved
from tests.surfaces.visiting import text_of, work

pytestmark = pytest.mark.usefixtures("db")

TABLES = ("people_person", "people_contact_point", "enquiries_enquiry", "vault.key")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def plan_of(visitor: Client, page: str) -> str:
    found = re.search(r'name="plan" value="([0-9a-f]{64})"', text_of(visitor.get(page)))
    assert found is not None
    return found[1]


def test_an_erasure_shows_first_what_goes_and_what_stays(
    visitor: Client, owner_sql: Owner
) -> None:
    make_enquiry()
    page = text_of(visitor.get(proved(visitor, "erasure")))

    assert "Nothing has happened yet" in page
    assert "What you asked us" in page
    assert "UK GDPR Articles 5(2) and 17(3)(b)" in page
    assert count(owner_sql, "enquiries_enquiry") == 1


def test_an_erasure_is_done_and_certified(visitor: Client, owner_sql: Owner) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")
    sent = {"choice": "erase", "plan": plan_of(visitor, page)}

    answer = visitor.post(f"{page}erase/", sent)
    checking = visitor.get(answer["Location"])
    work()
    done = visitor.get(page, follow=True)

    assert answer["Location"] == page
    assert checking.status_code == 302 or "We are erasing" in text_of(checking)
    assert "What you asked us to erase is gone" in text_of(done)
    assert CANARY not in text_of(done)
    assert [count(owner_sql, table) for table in TABLES] == [0, 0, 0, 0]
    ref = page.split("/")[2]
    [letter] = [m for m in mail.outbox if "certificate" in str(m.body)]
    assert f"/your-data/certificate/{ref}/" in letter.body
    other = Client().get(f"/your-data/certificate/{ref}/")
    assert "What you asked us to erase is gone" in text_of(other)


def test_a_second_press_leads_to_the_same_end(visitor: Client) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")
    sent = {"choice": "erase", "plan": plan_of(visitor, page)}

    answers = [visitor.post(f"{page}erase/", sent) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, page)] * 2


def test_keeping_everything_erases_nothing(visitor: Client, owner_sql: Owner) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    visitor.post(f"{page}erase/", {"choice": "keep", "plan": plan_of(visitor, page)})

    assert "Nothing was erased" in text_of(visitor.get(page))
    assert count(owner_sql, "enquiries_enquiry") == 1


@pytest.mark.parametrize("choice", ["", "everything", "\0"])
def test_without_a_choice_nothing_happens(
    visitor: Client, owner_sql: Owner, choice: str
) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    visitor.post(f"{page}erase/", {"choice": choice, "plan": plan_of(visitor, page)})

    assert "Nothing has happened yet" in text_of(visitor.get(page))
    assert count(owner_sql, "disposal_erasure") == 0


@pytest.mark.parametrize("plan", ["", "0" * 64, "\0", "🌿"])
def test_what_is_erased_is_what_was_seen(
    visitor: Client, owner_sql: Owner, plan: str
) -> None:
    make_enquiry()
    page = proved(visitor, "erasure")

    answer = visitor.post(f"{page}erase/", {"choice": "erase", "plan": plan})

    assert answer.status_code == 409
    assert "Something was added since you looked" in text_of(answer)
    assert plan_of(visitor, page) in text_of(answer)
    assert count(owner_sql, "enquiries_enquiry") == 1
