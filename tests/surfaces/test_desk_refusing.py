"""A person refuses a request at the desk: the ground, the reason, the letter."""

import html
import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from candour.core import clock
from candour.rights.actions import Asked
from candour.web import who
from tests.apps import rights_cast as cast
from tests.factories import make_enquiry, publish_policy
from tests.surfaces.desk import acts, signed_in, text_of

Sql = psycopg.Connection[Any]
SISTER = "Xanthippe Quillfeather"
REASON = "Your record is part of a claim that is before the county court until spring."
CLAIM = {"ground": "legal-claims", "reason": REASON}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    publish_policy()


@pytest.fixture
def lead(client: Client) -> Client:
    signed_in(client, "data-protection-lead")
    return client


@pytest.fixture
def asked(owner_sql: Sql) -> Asked:
    make_enquiry()
    return cast.prove(owner_sql, "erasure", at=clock.now())


def page_of(asked: Asked) -> str:
    return f"/desk/requests/{asked.ref}/refuse/"


def previewed(lead: Client, asked: Asked, **answers: str) -> Any:
    given = {"step": "preview", **CLAIM, **answers}
    return lead.post(page_of(asked), given)


def sent(lead: Client, asked: Asked, shown: Any) -> Any:
    """Press the button under a letter that was shown."""
    fields = {
        name: html.unescape(value)
        for name, value in HIDDEN.findall(shown.content.decode())
    }
    return lead.post(page_of(asked), {**fields, "step": "send"})


def state_of(owner: Sql) -> str:
    [[state]] = owner.execute("SELECT state FROM rights_request").fetchall()
    return str(state)


def test_the_page_of_a_request_leads_to_refusing_it(lead: Client, asked: Asked) -> None:
    page = lead.get(f"/desk/requests/{asked.ref}/").content.decode()

    assert f'href="{page_of(asked)}"' in page


def test_the_form_has_the_grounds_of_law_and_none_is_ticked(
    lead: Client, asked: Asked
) -> None:
    response = lead.get(page_of(asked))
    said = text_of(response)

    assert response.status_code == 200
    for ground in ("A law makes us keep it", "Manifestly excessive", "Crime or tax"):
        assert ground in said
    assert "UK GDPR Art 17(3)(b)" in said
    assert "A confidential reference" not in said  # that is for copies
    assert "We cannot make sure who asks" not in said  # it is known who does
    assert " checked" not in response.content.decode()


def test_the_letter_is_shown_as_it_goes_and_nothing_has_happened(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    response = previewed(lead, asked)
    said = text_of(response)

    assert response.status_code == 200
    assert "The letter as it goes" in said
    assert REASON in said
    assert "UK GDPR Art 17(3)(e)" in said
    assert "Information Commissioner" in said
    assert state_of(owner_sql) == "open"
    assert cast.letters(owner_sql, "request-refusal") == []


def test_the_letter_that_was_shown_is_the_one_that_goes(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    shown = previewed(lead, asked)

    done = sent(lead, asked, shown)

    assert done.status_code == 302
    [letter] = cast.letters(owner_sql, "request-refusal")
    assert " ".join(letter.split()) in text_of(shown)
    assert state_of(owner_sql) == "refused"
    page = text_of(lead.get(done["Location"]))
    assert "The letter is on its way" in page
    assert "Needed for a legal claim".lower() in page.lower()
    assert "By Data-protection-lead Thistlewood" in page
    assert "Refuse this request" not in page
    *_, act = acts(owner_sql, "rights:request:refuse")
    assert act[:2] == ("allow", "data-protection-lead")


def test_what_was_typed_can_be_changed(lead: Client, asked: Asked) -> None:
    response = lead.post(page_of(asked), {"step": "change", **CLAIM})
    page = response.content.decode()

    assert response.status_code == 200
    assert 'value="legal-claims" checked' in page
    assert REASON in page
    assert "Show me the letter" in page


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"ground": ""}, "Choose the ground"),
        ({"ground": "we-are-busy"}, "not one of the choices"),
        ({"ground": "references"}, "not one of the choices"),
        ({"reason": ""}, "Write why"),
        ({"reason": "No."}, "in a sentence"),
        ({"reason": "x" * 2001}, "1 character too long"),
        ({"reason": REASON + "\0"}, "hidden character"),
        ({"reason": REASON + "\x1b"}, "hidden character"),
        ({"ground": "", "reason": ""}, "2 answers need another look"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(
    lead: Client, asked: Asked, owner_sql: Sql, answers: dict[str, str], says: str
) -> None:
    response = previewed(lead, asked, **answers)

    assert response.status_code == 422
    assert says in text_of(response)
    assert answers.get("reason", REASON).replace("\0", "") in response.content.decode()
    assert state_of(owner_sql) == "open"


@pytest.mark.parametrize("reason", ['<b>No</b> & "never" \' ، مرحبا 🌿', "a\r\n\r\nb"])
def test_what_is_written_goes_as_it_was_written(
    lead: Client, asked: Asked, owner_sql: Sql, reason: str
) -> None:
    reason = f"{reason}, since a claim is before a court."

    assert sent(lead, asked, previewed(lead, asked, reason=reason)).status_code == 302

    [letter] = cast.letters(owner_sql, "request-refusal")
    assert reason.replace("\r\n", "\n") in letter


def test_a_letter_that_nobody_looked_at_does_not_go(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    response = lead.post(page_of(asked), {"step": "send", **CLAIM, "seen": "0" * 64})

    assert response.status_code == 409
    assert "not the one you looked at" in text_of(response)
    assert REASON in text_of(response)
    assert state_of(owner_sql) == "open"
    assert sent(lead, asked, response).status_code == 302


def test_a_letter_that_cannot_go_says_why_and_nothing_is_refused(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    shown = previewed(lead, asked)
    owner_sql.execute("UPDATE people_contact_point SET wrong_at = now()")

    response = sent(lead, asked, shown)

    assert response.status_code == 409
    assert "told us that it is not theirs" in text_of(response)
    assert state_of(owner_sql) == "open"


def test_sending_without_a_reason_leads_back_to_the_form(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    response = lead.post(page_of(asked), {"step": "send", "ground": "legal-claims"})

    assert response.status_code == 422
    assert "Write why" in text_of(response)
    assert state_of(owner_sql) == "open"


def test_pressed_twice_it_is_refused_once(
    lead: Client, asked: Asked, owner_sql: Sql
) -> None:
    shown = previewed(lead, asked)
    sent(lead, asked, shown)

    assert sent(lead, asked, shown).status_code == 409
    assert lead.get(page_of(asked)).status_code == 409
    assert len(cast.letters(owner_sql, "request-refusal")) == 1


def test_a_step_that_there_is_not_is_no_step(lead: Client, asked: Asked) -> None:
    assert lead.post(page_of(asked), {"step": "erase"}).status_code == 422


def test_a_late_refusal_is_called_late(lead: Client, owner_sql: Sql) -> None:
    at = clock.now() - timedelta(days=50)
    make_enquiry(at=at)
    asked = cast.prove(owner_sql, "erasure", at=at)

    assert "This answer is late" in text_of(previewed(lead, asked))


@pytest.mark.parametrize("role", ["reception", "marketing", "manager", "practitioner"])
def test_other_roles_neither_see_nor_send_it(
    client: Client, asked: Asked, owner_sql: Sql, role: str
) -> None:
    signed_in(client, role)

    for response in (
        client.get(page_of(asked)),
        previewed(client, asked),
        client.post(page_of(asked), {"step": "send", **CLAIM}),
    ):
        assert response.status_code == 403
    assert state_of(owner_sql) == "open"


def test_where_nobody_knows_who_asks_the_ground_is_about_that(
    lead: Client, owner_sql: Sql
) -> None:
    make_enquiry()
    make_enquiry(name=SISTER)
    asked = cast.prove(owner_sql, "access", at=clock.now())

    said = text_of(lead.get(page_of(asked)))

    assert "We cannot make sure who asks" in said
    assert "A confidential reference" not in said
    named = previewed(
        lead,
        asked,
        ground="not-identified",
        reason=f"We called {SISTER}, and she did not ask us for it.",
    )
    assert named.status_code == 422
    assert "somebody else who has this address" in text_of(named)


def test_whoever_asked_reads_the_reason_and_what_to_do_on_their_own_page(
    lead: Client, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(lead, asked, previewed(lead, asked))
    monkeypatch.setattr(who, "asking", lambda request, ref: cast.themselves(asked))

    said = text_of(Client().get(f"/your-data/{asked.ref}/"))

    assert "We said no" in said
    assert REASON in said
    assert "to make, to bring or to answer a legal claim" in said
    assert "If you do not agree" in said
    assert "0303 123 1113" in said
    assert "Wycliffe House" in said
    assert "ask a court" in said
