"""What one visit proved opens nothing for another that followed a link before."""

from uuid import UUID

import pytest
from django.test import Client

from candour.core.actor import staff
from candour.core.clock import now
from candour.rights import identity
from tests.factories import CANARY, make_enquiry, make_staff, publish_policy
from tests.surfaces.enquiring import Owner
from tests.surfaces.requesting import proved
from tests.surfaces.visiting import form_at, text_of, work

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def both(db: None) -> tuple[Client, Client]:
    """Return two who read one mailbox: he and she. The address was never proved."""
    publish_policy()
    make_enquiry(proven=False)
    return Client(), Client()


def answer(visitor: Client, path: str) -> str:
    """Say who asks, as she can; return the page of the request."""
    said = {**form_at(visitor, path), "name": CANARY, "detail": "2026-11-20"}
    found = visitor.post(path, said)
    assert found.status_code == 302, text_of(found)
    work()
    return str(found["Location"])


def test_her_answer_opens_no_copy_for_him(both: tuple[Client, Client]) -> None:
    he, she = both
    his = proved(he)
    hers = answer(she, proved(she))

    copy = she.post(f"{hers}download/")
    assert b"".join(copy)[:2] == b"PK"
    for path in (his, hers):
        assert he.post(f"{path}download/").status_code == 404
        assert "Your copy is ready" not in text_of(he.get(path))


def test_her_answer_lets_him_erase_nothing(
    both: tuple[Client, Client], owner_sql: Owner
) -> None:
    he, she = both
    his = proved(he, "erasure")
    hers = answer(she, proved(she, "erasure"))

    for path in (his, hers):
        he.post(f"{path}erase/", {"choice": "erase", "plan": ""})
        he.post(f"{path}erase/", {"choice": "keep"})

    assert "Nothing has happened yet" in text_of(she.get(hers))
    people = owner_sql.execute("SELECT count(*) FROM people_person WHERE name <> ''")
    assert people.fetchone() == (1,)


def test_what_staff_made_sure_of_lets_no_old_visit_in(
    both: tuple[Client, Client], owner_sql: Owner
) -> None:
    he, _ = both
    his = proved(he)
    lead = staff(make_staff("data-protection-lead").ref, "data-protection-lead")
    [[ref]] = owner_sql.execute(
        "SELECT ref FROM people_person WHERE name <> ''"
    ).fetchall()

    told = identity.confirm(
        ref=UUID(his.split("/")[2]), people=[ref], how="called", by=lead, at=now()
    )
    work()

    assert told.code
    assert he.post(f"{his}download/").status_code == 404
    assert "Your copy is ready" not in text_of(he.get(his))
