"""A letter leaves once, as it was seen, on a ground, on record, and the person told."""

import io
import threading
from typing import Any

import psycopg
import pytest
from pypdf import PdfReader

from candour.core.errors import Invalid, Refused
from candour.disclosures.actions import leaving, writing
from candour.disclosures.deciding import Ground
from candour.disclosures.models import Letter
from candour.people.models import Interaction, Patient
from candour.recipients import actions as recipients
from candour.recipients.models import Recipient
from tests.apps.files_office import contents
from tests.apps.letters_office import (
    CHECKED,
    DOCTOR,
    begun,
    caring,
    filed,
    given,
    patient,
    previewed,
    saved,
    surgery,
)
from tests.factories import CANARY, CANARY_EMAIL, NOON, publish_policy
from tests.surfaces.desk import messages, reading

Owner = psycopg.Connection[Any]


@pytest.fixture
def person(db: None) -> int:
    publish_policy()
    return patient()


def read(person: int, row: Letter) -> str:
    pdf = contents(person, row.document) if row.document else b""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_letter_by_email_is_filed_recorded_sent_and_told(person: int) -> None:
    to = surgery()

    row = filed(person, begun(person, to))

    assert row.state == "sent"
    [one] = given()
    assert (one.to, one.recipient_id, one.how) == ("Larkmoor Surgery", to.pk, "email")
    assert one.fields == ["identity.name", "identity.birth-date"]
    assert (one.ground, one.permission is not None) == ("permission-for-this", True)
    assert (one.purpose, one.clause) == ("care", "recipients.gp")
    assert (one.told_at, one.told_how, one.document) == (NOON, "email", row.document)
    sent = {message.kind: message for message in messages()}
    assert sent["letter"].address == "letters@larkmoor.example"
    assert sent["disclosure-notice"].address == CANARY_EMAIL
    assert CANARY not in sent["letter"].subject
    said = read(person, row)
    assert f"Name: {CANARY}" in said
    assert "Larkmoor Surgery" in said
    assert "Ines Halloran" in said


def test_a_letter_by_post_is_given_when_it_was_posted(person: int) -> None:
    row = filed(person, begun(person, surgery(), how="post"))
    assert row.state == "filed"
    assert given() == []

    with caring(person, later=5) as permit:
        leaving.posted(
            permit=permit, person_id=person, ref=row.ref, by=permit.by, at=permit.at
        )

    [one] = given()
    assert (one.how, one.at > NOON) == ("post", True)
    assert [m.kind for m in messages()] == ["disclosure-notice"]
    with reading():
        assert Interaction.objects.filter(origin_ref=row.ref).count() == 1
    with pytest.raises(writing.Overtaken), caring(person) as permit:
        leaving.posted(
            permit=permit, person_id=person, ref=row.ref, by=permit.by, at=permit.at
        )


def test_without_their_yes_nothing_begins(person: int) -> None:
    with pytest.raises(Refused) as refused:
        begun(person, surgery(), ground=Ground("listed-recipient"))

    assert refused.value.clause == "recipients.gp.only-if"
    with pytest.raises(Invalid):
        begun(person, surgery(name="Other"), ground=Ground("permission-for-this"))


def test_what_the_policy_does_not_give_cannot_be_chosen(person: int) -> None:
    with pytest.raises(Refused) as refused:
        begun(person, surgery(), ("name", "phone"))

    assert refused.value.clause == "recipients.gp.gets"


def test_a_recipient_can_be_narrowed_by_what_they_said_they_need(person: int) -> None:
    with pytest.raises(Refused) as refused:
        begun(person, surgery(fields=["identity.name"]))

    assert "do not need" in refused.value.reason


def test_a_hospital_that_the_notice_names_for_emergencies_needs_a_yes(
    person: int,
) -> None:
    hospital = surgery("hospital", name="Quill General")

    with pytest.raises(Refused) as refused:
        begun(person, hospital, ground=Ground("listed-recipient"), template="hospital")

    assert refused.value.clause == "recipients.hospital.for"
    assert filed(person, begun(person, hospital, template="hospital")).state == "sent"


def test_a_recipient_taken_off_between_preview_and_sending_gets_nothing(
    person: int,
) -> None:
    to = surgery()
    row = begun(person, to)
    seen = previewed(person, row).fingerprint
    with caring(person) as permit:
        recipients.change(
            policy=permit.policy,
            ref=to.ref,
            seen=1,
            told={**CHECKED, "active": False},
            by=DOCTOR,
            at=NOON,
        )

    with pytest.raises(leaving.Changed):
        filed(person, row, seen)
    with pytest.raises(Refused) as refused:
        filed(person, row)

    assert "not active" in refused.value.reason
    assert (given(), messages()) == ([], [])
    with reading():
        assert Letter.objects.get(ref=row.ref).state == "draft"


def test_a_thing_that_vanished_since_the_preview_stops_the_letter(
    person: int,
) -> None:
    row = begun(person, surgery(), ("name", "nhs"))
    seen = previewed(person, row).fingerprint
    with reading():
        Patient.objects.filter(person=person).update(nhs_number=None, nhs_key=None)

    with pytest.raises(leaving.Changed):
        filed(person, row, seen)

    assert previewed(person, row).gone == ("nhs",)
    assert given() == []


def test_two_who_send_one_letter_send_it_once(person: int) -> None:
    row = begun(person, surgery())
    seen = previewed(person, row).fingerprint
    came: list[str] = []

    def send() -> None:
        from django.db import connection

        try:
            came.append(filed(person, row, seen).state)
        except writing.Overtaken:
            came.append("overtaken")
        finally:
            connection.close()

    both = [threading.Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(came) == ["overtaken", "sent"]
    assert len(given()) == 1
    assert len(messages()) == 2


def test_of_two_who_type_the_second_is_told(person: int) -> None:
    row = begun(person, surgery())
    saved(person, row, "First.")

    with pytest.raises(writing.Overtaken):
        saved(person, row, "Second.")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('#read("/etc/passwd") $x$ *b* @ref <l> \\', '#read("/etc/passwd") $x$ *b*'),
        ("Zoë 🌿 leaf", "Zoë [herb] leaf"),
        ("Name: 中文 Chan", "[U+4E2D][U+6587] Chan"),
        ("a\u202eb\x07c", "abc"),
    ],
)
def test_any_text_is_printed_as_text(person: int, text: str, printed: str) -> None:
    row = saved(person, begun(person, surgery()), text)

    assert printed in read(person, filed(person, row))


def test_a_name_from_right_to_left_is_set(db: None) -> None:
    publish_policy()
    person = patient(name="مرحبا Żephyrine 🌿", email="rtl@example.org")

    row = filed(person, begun(person, surgery()))

    assert "Żephyrine" in read(person, row)


def test_a_reason_may_be_long_and_not_endless(person: int) -> None:
    with pytest.raises(Invalid, match="2,000"):
        begun(person, surgery(), reason="x" * 10_000)


def test_a_card_number_stays_out_of_a_letter(person: int) -> None:
    row = begun(person, surgery())

    with pytest.raises(Invalid, match="card number"):
        saved(person, row, "Paid by 4111 1111 1111 1111.")


def test_the_patient_is_told_or_why_not_is_kept(person: int) -> None:
    row = begun(person, surgery(), told="not")
    with pytest.raises(Invalid, match="why the patient"):
        filed(person, row)

    row = saved(person, row, "Dear Doctor", told="not", why_not="They are in danger.")
    filed(person, row)

    [one] = given()
    assert (one.told_at, one.why_not is not None) == (None, True)
    assert [message.kind for message in messages()] == ["letter"]


def test_a_letter_to_the_patient_is_no_disclosure(person: int) -> None:
    row = filed(person, begun(person, None, (), "patient", ground=Ground("")))

    assert row.state == "sent"
    assert given() == []
    assert [message.address for message in messages()] == [CANARY_EMAIL]


def test_by_email_only_to_an_address_that_was_checked(person: int) -> None:
    row = begun(person, surgery(email=""))

    with pytest.raises(Invalid, match="no email address"):
        filed(person, row)


def test_the_database_wants_a_ground(person: int, owner_sql: Owner) -> None:
    filed(person, begun(person, surgery()))

    with pytest.raises(psycopg.errors.CheckViolation, match="has_a_ground"):
        owner_sql.execute("UPDATE disclosures_disclosure SET permission = NULL")


def test_the_register_wants_a_check_before_anybody_is_active(
    db: None, owner_sql: Owner
) -> None:
    publish_policy()
    with pytest.raises(Invalid):
        surgery(screened_at=None)
    with pytest.raises(Invalid, match="Article 46"):
        surgery(country="US")

    with pytest.raises(psycopg.errors.CheckViolation, match="active_is_checked"):
        owner_sql.execute("UPDATE recipients_recipient SET active = true")


def test_publishing_takes_over_whom_the_policy_names(db: None) -> None:
    publish_policy()

    rows = {row.slug: row for row in Recipient.objects.all()}

    assert {"gp", "hospital", "tax-authority", "regulators"} <= rows.keys()
    assert not any(row.active for row in rows.values())
