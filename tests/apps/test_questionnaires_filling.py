"""Filling in a form: saved as it goes, complete only as a whole, and then for good."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation
from pypdf import PdfReader

from candour.core.errors import Conflict, Invalid, NotFound
from candour.files import queries as files
from candour.files.models import Document
from candour.questionnaires import actions, building, queries
from candour.questionnaires.models import Response
from tests.apps.forms_cast import (
    ALLERGY,
    ANSWERS,
    HISTORY,
    INES,
    SIGNED,
    begin,
    caring,
    complete,
    finish,
    form_of,
    publish_form,
    question,
    save,
)
from tests.factories import NOON, publish_policy
from tests.surfaces.desk import reading
from tests.surfaces.filed import make_person

pytestmark = pytest.mark.usefixtures("db")
Sql = psycopg.Connection[Any]


@pytest.fixture
def person(db: None) -> Any:
    """A patient-to-be, a policy in force and the medical history in use."""
    publish_policy()
    publish_form()
    return make_person()


def test_what_is_signed_is_sealed_and_opens_as_it_was_answered(
    person: Any, owner_sql: Sql
) -> None:
    row = complete(person)

    [kept] = owner_sql.execute(
        "SELECT answers, signature, status, form FROM questionnaires_response"
    ).fetchall()
    assert ALLERGY.encode() not in bytes(kept[0])
    assert b"Zephyrine" not in bytes(kept[1])
    assert kept[2:] == ("complete", "Medical history, version 1")
    with caring(person) as permit:
        found = queries.filled(row.ref, person_id=person.pk, permit=permit)
    assert [(one.asks, one.says) for one in found.entries] == [
        ("Are you allergic to anything?", "Yes"),
        ("What are you allergic to?", ALLERGY),
    ]
    assert found.signature == SIGNED


def test_a_mandatory_answer_and_a_signature_are_asked_for_by_the_server(
    person: Any,
) -> None:
    row = save(person, begin(person), {"allergic": "yes"})

    with pytest.raises(actions.Unfinished) as refused:
        finish(person, row, signature=None)

    assert set(refused.value.missing) == {"allergies", "sign"}
    with reading():
        assert Response.objects.get().status == "draft"
        assert not Document.objects.exists()


def test_a_hidden_mandatory_question_is_not_demanded_and_its_answer_not_kept(
    person: Any,
) -> None:
    row = begin(person)
    save(person, row, {"allergic": "no", "allergies": "left over"})
    done = finish(person, row)

    with caring(person) as permit:
        found = queries.filled(done.ref, person_id=person.pk, permit=permit)
    assert [one.says for one in found.entries] == ["No"]


def test_an_answer_to_what_is_not_asked_is_refused_and_nothing_is_kept(
    person: Any,
) -> None:
    row = begin(person)

    with pytest.raises(Invalid, match="does not ask"):
        save(person, row, {**ANSWERS, "religion": "none of your business"})

    with reading():
        assert Response.objects.get().edition == 1


def test_sent_twice_is_once(person: Any) -> None:
    token = uuid4()
    row, again = begin(person, token=token), begin(person, token=token)
    assert row.pk == again.pk

    save(person, row)
    assert save(person, row).edition == 2
    finish(person, row)
    finish(person, row)

    with reading():
        assert Response.objects.count() == Document.objects.count() == 1


def test_of_two_who_save_one_filling_the_second_is_told(person: Any) -> None:
    row = begin(person)
    save(person, row, {"allergic": "no"})

    with pytest.raises(Conflict, match="Somebody else"):
        save(person, row, ANSWERS)


def test_a_form_withdrawn_meanwhile_keeps_what_was_typed_and_goes_on_in_the_next(
    person: Any,
) -> None:
    row = begin(person)
    with caring() as permit:
        building.withdraw(
            permit=permit, key="medical-history", version=1, why="A question is wrong",
            by=INES, at=NOON,
        )  # fmt: skip
    save(person, row)
    with pytest.raises(actions.Withdrawn):
        finish(person, row)
    with caring(person) as permit, pytest.raises(NotFound):
        actions.carry_over(permit=permit, ref=row.ref, token=uuid4(), by=INES, at=NOON)

    newer = form_of(
        *(q.model_dump(mode="json", exclude_defaults=True) for q in HISTORY.questions())
    )
    publish_form(newer)
    with caring(person) as permit:
        fresh = actions.carry_over(
            permit=permit, ref=row.ref, token=uuid4(), by=INES, at=NOON
        )
        kept = queries.filled(fresh.ref, person_id=person.pk, permit=permit)
    assert kept.values == ANSWERS
    assert kept.version.version == 2
    finish(person, fresh, edition=1)


def test_the_database_lets_nothing_complete_be_changed_nor_unsigned(
    person: Any, owner_sql: Sql
) -> None:
    complete(person)
    for change in (
        "answers = ''",
        "signature = NULL",
        "status = 'draft', completed_at = NULL",
        "form = 'Another'",
    ):
        with pytest.raises(CheckViolation, match="never changed"):
            owner_sql.execute(f"UPDATE questionnaires_response SET {change}")
    draft = begin(person)
    with pytest.raises(CheckViolation, match="signed"):
        owner_sql.execute(
            "UPDATE questionnaires_response SET status = 'complete',"
            " completed_at = now() WHERE id = %s",
            [draft.pk],
        )


def test_the_copy_that_is_filed_is_a_tagged_pdf_with_every_answer(
    person: Any, tmp_path: Any
) -> None:
    row = complete(person)

    with caring(person) as permit:
        opened = files.opened(row.document or row.ref, permit=permit)
        pdf = tmp_path / "form.pdf"
        pdf.write_bytes(b"".join(opened.part(0, opened.size)))
    told = PdfReader(pdf)
    text = " ".join(page.extract_text() for page in told.pages)
    assert "Latex, and the smell of żephyr lilies" in text
    assert "Zephyrine Quillfeather" in text
    assert "version 1" in text
    assert HISTORY.sha256()[:20] in text.replace("\n", "")
    assert "/MarkInfo" in str(told.trailer["/Root"])
    with reading():
        document = Document.objects.get()
        assert (document.kind, document.template) == ("form", "questionnaire")
        assert len(document.filed_sha256) == 64


def test_answers_in_any_alphabet_can_be_signed_and_filed(person: Any) -> None:
    said = "سميرة حساسية 你好 한글 Ω 🙂 \u202b \U0010ffff #eval(1) [*x*] $y$"

    row = complete(person, {"allergic": "yes", "allergies": said})

    with caring(person) as permit:
        found = queries.filled(row.ref, person_id=person.pk, permit=permit)
    assert found.values["allergies"] == said


def test_a_new_filling_leaves_the_old_one_and_says_what_changed(person: Any) -> None:
    first = complete(person)
    second = complete(person, {"allergic": "no"})

    with caring(person) as permit:
        now = queries.filled(second.ref, person_id=person.pk, permit=permit)
        last = queries.filled(first.ref, person_id=person.pk, permit=permit)
        changed = queries.changed(now.entries, last, permit=permit)
        listed = queries.of_person(person.pk, permit=permit)
    assert {key: one.before for key, one in changed.items()} == {"allergic": "Yes"}
    assert [row.status for row in listed] == ["complete", "complete"]


def test_an_answer_suggests_its_alert(person: Any) -> None:
    row = complete(person)

    with caring(person) as permit:
        found = queries.filled(row.ref, person_id=person.pk, permit=permit)
        [one] = queries.suggested(found, permit=permit)
    assert (one.kind, one.question) == ("allergy", "allergic")


def test_a_draft_can_be_thrown_away_and_what_is_signed_cannot(person: Any) -> None:
    draft, done = begin(person), complete(person)
    with caring(person) as permit:
        actions.discard(permit=permit, ref=draft.ref, by=INES, at=NOON)
    with caring(person) as permit, pytest.raises(Conflict):
        actions.discard(permit=permit, ref=done.ref, by=INES, at=NOON)

    with reading():
        assert Response.objects.get().pk == done.pk


def test_a_form_that_the_policy_lets_ask_nothing_is_not_begun(person: Any) -> None:
    origin = question("origin", category="ethnicity")
    section = {"key": "origin", "title": "Origin", "switch": "ethnicity"}
    form = form_of(question("one"), sections=[{**section, "questions": [origin]}])
    with caring() as permit:
        draft = building.begin(permit=permit, form=form, key="origin", by=INES, at=NOON)
        building.publish(
            permit=permit, key="origin", edition=draft.edition, by=INES, at=NOON
        )

    with pytest.raises(NotFound):
        begin(person, key="origin")
