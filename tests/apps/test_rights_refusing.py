"""A request is refused by a person, on a ground, in time to be told, and only once."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from candour import gate
from candour.core.actor import VISITOR, Actor, staff, system
from candour.core.errors import Invalid, NotFound, Refused
from candour.core.ids import new_ref
from candour.law.parameters import REFUSAL_MUST_SAY
from candour.policy.compile import compile_pack
from candour.rights import circle, erasure, letters, queries, refusing
from candour.rights.actions import Asked
from candour.rights.refusing import Changed, Draft, TooLate
from tests.apps.canary import found_anywhere
from tests.apps.rights_cast import (
    ask,
    make_person,
    newest_token,
    plan_of,
    prove,
    status,
    themselves,
    work,
)
from tests.apps.rights_cast import letters as sent
from tests.factories import CANARY, CANARY_EMAIL, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
REASON = "Your record is part of a claim that is before the county court until spring."
LEAD = staff(new_ref(), "data-protection-lead")
SPOUSE, PHONE = "Ptolemy Quillfeather", "020 7946 0999"
SAYS = {
    "reasons": REASON,
    "complaint_to_controller_s164A": "You can complain to us. Write to privacy@",
    "complaint_to_ICO_s165": "Information Commissioner’s Office",
    "judicial_remedy": "ask a court",
}
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


def drafted(
    asked: Asked,
    ground: str = "legal-claims",
    reason: str = REASON,
    *,
    by: Actor = LEAD,
    at: Any = NOON,
) -> Draft:
    with circle.opened(ref=asked.ref, by=by, verb="t:t:t", at=at) as found:
        permit, request, around = found
        return refusing.draft(permit, request, around, ground=ground, reason=reason)


def refuse(
    asked: Asked,
    ground: str = "legal-claims",
    reason: str = REASON,
    *,
    by: Actor = LEAD,
    at: Any = NOON,
) -> None:
    seen = drafted(asked, ground, reason, at=at).fingerprint
    refusing.refuse(
        ref=asked.ref, ground=ground, reason=reason, seen=seen, by=by, at=at
    )


@pytest.fixture
def asked(owner_sql: Owner) -> Asked:
    publish_policy()
    make_enquiry()
    return prove(owner_sql, "erasure")


def steps(owner: Owner, what: str = "refused") -> list[tuple[Any, ...]]:
    return owner.execute(
        "SELECT by, ground FROM rights_step WHERE what = %s", [what]
    ).fetchall()


def test_a_refusal_is_written_down_with_its_ground_and_who_decided(
    asked: Asked, owner_sql: Owner
) -> None:
    refuse(asked)

    found = status(asked)
    assert (found.state, found.answered_at) == ("refused", NOON)
    assert steps(owner_sql) == [
        (str(LEAD), "UK GDPR Art 17(3)(e): needed for a legal claim")
    ]


@pytest.mark.parametrize("must", REFUSAL_MUST_SAY.value)
def test_the_letter_says_all_that_the_law_asks_of_a_refusal(
    asked: Asked, owner_sql: Owner, must: str
) -> None:
    refuse(asked)

    [letter] = sent(owner_sql, "request-refusal")
    assert SAYS[must] in letter


@pytest.mark.parametrize("pack", PACKS)
def test_each_clinic_gives_a_way_to_complain_and_the_regulators_address(
    owner_sql: Owner, pack: str
) -> None:
    publish_policy(pack)
    make_enquiry()
    asked = prove(owner_sql, "erasure")

    refuse(asked)

    [letter] = sent(owner_sql, "request-refusal")
    assert "You can complain to us." in letter
    assert "0303 123 1113" in letter
    assert "SK9 5AF" in letter
    assert "within 30 days" in letter
    assert "/your-data/" in letter


def test_the_reason_can_be_read_back_from_the_letter() -> None:
    body = f"Hello,\n\n{letters.REASON}\n\nFirst.\n\nIf you do not agree\n\nLast."
    body += "\n\nIf you do not agree\n\nGo to a court."

    assert letters.reason_in(body) == "First.\n\nIf you do not agree\n\nLast."
    assert letters.reason_in("Another letter") == "Another letter"


@pytest.mark.parametrize("by", [system("match-request"), VISITOR])
def test_neither_a_job_nor_a_visitor_refuses(
    asked: Asked, owner_sql: Owner, by: Actor
) -> None:
    with pytest.raises(Invalid):
        refuse(asked, by=by)

    assert status(asked).state == "open"


def test_the_database_holds_that_somebody_decided(
    asked: Asked, owner_sql: Owner
) -> None:
    for by, ground in (("system:job", "UK GDPR Art 12(5)"), (str(LEAD), "")):
        with pytest.raises(psycopg.errors.CheckViolation) as caught:
            owner_sql.execute(
                "INSERT INTO rights_step (request_id, person_id, at, by, what, ground)"
                " SELECT id, person_id, now(), %s, 'refused', %s FROM rights_request",
                [by, ground],
            )
        assert caught.value.diag.constraint_name == "rights_step_refused_by_somebody"


@pytest.mark.parametrize("role", ["reception", "marketing", "practitioner"])
def test_a_role_without_this_purpose_refuses_nothing(asked: Asked, role: str) -> None:
    with pytest.raises(Refused):
        refuse(asked, by=staff(new_ref(), role))

    assert status(asked).state == "open"


@pytest.mark.parametrize(
    ("ground", "reason"),
    [
        ("we-are-busy", REASON),
        ("references", REASON),  # a ground for copies only
        ("not-identified", REASON),  # it is known who asks
        ("nothing-held", REASON),  # and something is held
        ("legal-claims", "  "),
        ("legal-claims", "No."),
        ("legal-claims", "x" * 2001),
        ("legal-claims", REASON + "\0"),
        ("legal-claims", REASON + "\x1b[31m"),
    ],
)
def test_without_a_ground_of_law_and_a_reason_there_is_no_letter(
    asked: Asked, ground: str, reason: str
) -> None:
    with pytest.raises(Invalid):
        drafted(asked, ground, reason)


def test_a_letter_that_was_not_seen_does_not_go(asked: Asked, owner_sql: Owner) -> None:
    with pytest.raises(Changed):
        refusing.refuse(
            ref=asked.ref,
            ground="legal-claims",
            reason=REASON,
            seen=drafted(asked, reason=REASON + " Another.").fingerprint,
            by=LEAD,
            at=NOON,
        )

    assert sent(owner_sql, "request-refusal") == []
    assert steps(owner_sql) == []


def test_after_a_copy_was_made_nobody_refuses_it(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    copy = prove(owner_sql, "access")
    work(at=NOON)

    with pytest.raises(TooLate):
        refuse(copy, "privilege")


def test_after_an_erasure_was_confirmed_or_called_off_nobody_refuses_it(
    asked: Asked,
) -> None:
    erasure.keep(ref=asked.ref, by=themselves(asked), at=NOON)

    with pytest.raises(TooLate):
        refuse(asked)


def test_what_is_gone_cannot_be_refused(asked: Asked) -> None:
    seen = plan_of(asked).fingerprint
    erasure.confirm(ref=asked.ref, seen=seen, by=themselves(asked), at=NOON)

    with pytest.raises(NotFound):
        refuse(asked)


def test_refused_twice_is_refused_once(asked: Asked, owner_sql: Owner) -> None:
    refuse(asked)

    with pytest.raises(TooLate):
        refuse(asked)
    assert len(sent(owner_sql, "request-refusal")) == 1


def test_the_link_that_was_under_way_leads_nowhere_after(owner_sql: Owner) -> None:
    publish_policy()
    make_enquiry()
    ask("erasure", CANARY_EMAIL)
    [[ref]] = owner_sql.execute("SELECT ref FROM rights_request").fetchall()
    token = newest_token(owner_sql)

    refuse(Asked(ref, ref, "erasure", ""), "unfounded")

    rows = owner_sql.execute("SELECT state, link_hash FROM rights_request").fetchall()
    assert rows == [("refused", None)]
    assert token


def test_a_refusal_is_in_time_until_the_last_day_and_says_when_it_is_not(
    asked: Asked,
) -> None:
    last = status(asked).due_on
    days = (last - NOON.date()).days

    assert drafted(asked, at=NOON + timedelta(days=days)).in_time
    assert not drafted(asked, at=NOON + timedelta(days=days + 1)).in_time


@pytest.mark.parametrize(
    "reason",
    [
        f"We called {SPOUSE}, who knows nothing of it.",
        f"We called {SPOUSE.upper()}’s number, and nobody there knew of it.",
        f"We called {PHONE} and somebody else answered.",
    ],
)
def test_a_letter_to_a_shared_address_says_nothing_of_the_others(
    owner_sql: Owner, reason: str
) -> None:
    publish_policy()
    make_enquiry()
    make_person(SPOUSE, [("email", CANARY_EMAIL), ("phone", PHONE)])
    asked = prove(owner_sql, "access")

    with pytest.raises(Invalid, match="somebody else"):
        drafted(asked, "not-identified", reason)
    letter = drafted(asked, "not-identified", "We called twice and reached nobody.")
    assert "whoever has this address" in letter.letter.body
    assert "Quillfeather" not in letter.letter.body


def test_somebody_of_whom_nothing_is_held_can_be_told_so(owner_sql: Owner) -> None:
    publish_policy()
    stranger = prove(owner_sql, "erasure", "nobody@example.org")

    refuse(stranger, "nothing-held", "We looked in every system, and on paper.")

    assert status(stranger).state == "refused"


def test_the_reason_is_sealed_and_goes_with_the_person(
    asked: Asked, owner_sql: Owner
) -> None:
    refuse(asked, reason=f"{REASON} {CANARY}")

    where = found_anywhere(owner_sql, "county court until spring")
    assert where == []
    with gate.open(
        by=LEAD,
        purpose="rights",
        people=[queries.owner(asked.ref)],
        verb="t:t:t",
        at=NOON,
    ) as permit:
        assert REASON in refusing.letter_sent(asked.ref, permit=permit)


def test_a_refused_request_can_be_asked_again(asked: Asked, owner_sql: Owner) -> None:
    refuse(asked)

    again = prove(owner_sql, "erasure", at=NOON + timedelta(hours=2))

    assert again.ref != asked.ref
    assert again.state == "open"


def test_the_letter_after_an_erasure_that_left_something_says_what_to_do() -> None:
    policy = compile_pack("model")

    letter = letters.erased(brand="Quillane", ref=new_ref(), policy=policy)

    for part in [*SAYS.values()][1:]:
        assert part in letter.body
