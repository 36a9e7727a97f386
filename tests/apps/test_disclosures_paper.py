"""Letters that came, paper in its place; a copy tells, an erasure waits for a hand."""

from datetime import date
from typing import Any

import psycopg
import pytest

from candour.core.errors import Conflict, Invalid
from candour.disclosures import queries
from candour.disclosures.actions import coming
from candour.disclosures.actions.coming import Sender
from candour.disposal import by_hand
from candour.disposal import queries as disposals
from candour.outbox.send import send_due
from candour.people.models import Interaction, Standing
from candour.people.models.ties import Given
from candour.policy.compile import Policy
from tests.apps import files_cast, files_office
from tests.apps.copy_cast import data_of, rows_of
from tests.apps.erasure_cast import asked_to_erase, confirm, finish, resume
from tests.apps.letters_office import DOCTOR, begun, caring, filed, patient, surgery
from tests.apps.outbox_office import opened
from tests.apps.rights_cast import LATER, fetched, plan_of, prove, work
from tests.factories import CANARY, CANARY_EMAIL, NOON, publish_policy
from tests.surfaces.desk import reading

Owner = psycopg.Connection[Any]
FROM_GP = Sender(
    "health-professional",
    "Dr Foxglove Underhill",
    "post",
    date(2026, 11, 18),
    "Her blood pressure.",
)


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return patient()


def came(person: int, sender: Sender = FROM_GP) -> Any:
    row = files_office.washed(person, files_cast.pdf(), "letter", title="A letter")
    with caring(person) as permit:
        return coming.receive(
            permit=permit,
            person_id=person,
            document=row.ref,
            sender=sender,
            by=permit.by,
            at=permit.at,
        )


def put(person: int, **changes: Any) -> Any:
    told: dict[str, Any] = {
        "kind": "form",
        "medium": "paper",
        "where": "Cellar",
        "box": "Box 12",
        "what": "Old file",
        "source": "in-person",
    }
    with caring(person) as permit:
        return coming.place(
            permit=permit,
            person_id=person,
            by=permit.by,
            at=permit.at,
            **{**told, **changes},
        )


def test_a_letter_that_came_has_its_sender_and_starts_the_clock(person: int) -> None:
    with reading():
        before = Standing.objects.get(person=person).last_interaction_at

    row = came(person)

    assert (row.source, row.sender) == ("health-professional", "Dr Foxglove Underhill")
    assert row.told_by is not None
    with reading():
        [given] = Given.objects.filter(what="correspondence")
        assert (given.giver, given.due_on) == (row.sender, row.told_by)
        [line] = Interaction.objects.filter(origin_ref=row.ref)
        assert (line.direction, line.kind, line.channel) == ("in", "letter", "post")
        # What others write is no dealing of the person's: it keeps nothing longer.
        assert Standing.objects.get(person=person).last_interaction_at == before
    with caring(person) as permit:
        [shown] = queries.received(person, permit=permit)
    assert shown.about == "Her blood pressure."


def test_what_the_patient_sent_starts_no_clock(person: int) -> None:
    row = came(person, Sender("patient", "Herself", "email", date(2026, 11, 18)))

    assert (row.told_by, row.source) == (None, "email")


@pytest.mark.parametrize(
    "wrong",
    [
        Sender("health-professional", " ", "post", date(2026, 11, 18)),
        Sender("health-professional", "Dr F", "post", date(2027, 1, 1)),
        Sender("nobody", "Dr F", "post", date(2026, 11, 18)),
    ],
)
def test_a_sender_who_is_nobody_is_not_taken(person: int, wrong: Sender) -> None:
    with pytest.raises(Invalid):
        came(person, wrong)


def test_paper_has_a_place_and_can_leave_it(person: int) -> None:
    row = put(person)
    with caring(person) as permit:
        [shown] = queries.places(person, permit=permit)
    assert (shown.locator, shown.medium) == ("Cellar, Box 12", "paper")

    with caring(person) as permit:
        coming.gone(permit=permit, person_id=person, ref=row.ref, by=permit.by, at=NOON)

    with caring(person) as permit:
        assert queries.places(person, permit=permit) == []
    with pytest.raises(Invalid):
        put(person, where=" ")
    with pytest.raises(Invalid, match="at most 120"):
        put(person, where="x" * 121)


def test_a_copy_holds_letters_what_was_given_and_where_paper_is(
    person: int, owner_sql: Owner
) -> None:
    # Whoever has health data here is asked for more than a link: they ask before.
    asked = prove(owner_sql)
    filed(person, begun(person, surgery()))
    came(person)
    put(person)

    work(at=NOON)
    data = data_of(fetched(asked))

    [given] = rows_of(data, "disclosures_disclosure")
    assert given["to"] == "Larkmoor Surgery"
    assert given["reason"] == "Shared care."
    [told] = data["given"]
    assert told["who"] == "Larkmoor Surgery"
    assert (told["fields"], told["reason"]) == (
        ["name", "date of birth"],
        "Shared care.",
    )
    [letter] = rows_of(data, "disclosures_letter")
    assert "Name: Zephyrine" in letter["body"]
    [received] = rows_of(data, "disclosures_received")
    assert received["about"] == "Her blood pressure."
    documents = rows_of(data, "files_document")
    assert "Cellar, Box 12" in [row["locator"] for row in documents]


def test_what_was_given_stays_with_what_is_kept(person: int, owner_sql: Owner) -> None:
    asked = asked_to_erase(owner_sql)
    filed(person, begun(person, surgery()))

    stays = {item.table: item for item in plan_of(asked).stays}

    assert stays["disclosures_disclosure"].article
    assert stays["disclosures_letter"].clause


@pytest.fixture
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Policy, "must_keep", lambda self, klass: None)


def test_a_certificate_waits_until_paper_is_destroyed(
    person: int, owner_sql: Owner, nothing_stays: None
) -> None:
    asked = asked_to_erase(owner_sql)
    filed(person, begun(person, surgery()))
    came(person)
    put(person)
    assert plan_of(asked).by_hand == 1
    confirm(asked)

    found = finish(asked)

    assert not found.complete
    [line] = [line for line in found.tables if line.left and "hand" in line.table]
    assert (line.name, line.left) == ("Paper and models", 1)
    assert "by hand" in line.kept
    for table in ("disclosure", "letter", "received"):
        [[left]] = owner_sql.execute(
            f"SELECT count(*) FROM disclosures_{table}"
        ).fetchall()
        assert left == 0
    resume()
    [[certificates]] = owner_sql.execute(
        "SELECT count(*) FROM disposal_certificate"
    ).fetchall()
    assert certificates == 1

    [thing] = disposals.to_destroy()
    assert thing.place == "Cellar, Box 12"
    tick(thing.ref)
    resume()

    whole = disposals.certificate(asked.ref)
    assert whole is not None
    assert whole.complete
    assert disposals.to_destroy() == []
    assert owner_sql.execute("SELECT place FROM disposal_by_hand").fetchall() == [("",)]
    with pytest.raises(Conflict):
        tick(thing.ref)


def tick(ref: Any) -> None:
    from candour import gate
    from candour.core.actor import staff

    lead = staff(DOCTOR.ref, "data-protection-lead")
    with gate.open(by=lead, purpose="rights", verb="t:t:t", at=LATER) as permit:
        by_hand.destroyed(ref=ref, by=permit.by, at=LATER)


def test_a_letter_leaves_for_the_recipient_and_the_note_for_the_patient(
    person: int, settings: Any
) -> None:
    with opened(settings) as office:
        filed(person, begun(person, surgery()))

        assert send_due(now=lambda: LATER) == 2

        arrived = {letter["To"]: letter.get_content() for letter in office.taken}
    assert CANARY in arrived["letters@larkmoor.example"]
    assert "Larkmoor Surgery" in arrived[CANARY_EMAIL]
    assert arrived.keys() == {"letters@larkmoor.example", CANARY_EMAIL}
