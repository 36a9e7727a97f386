"""The first letter asks whose the address is; until it is answered, a yes is none."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from candour import gate
from candour.core.actor import system
from candour.core.clock import now
from candour.core.errors import Refused
from candour.outbox.marketing import check
from tests.factories import CANARY_EMAIL, publish_policy
from tests.surfaces.enquiring import ASKED, Owner, send
from tests.surfaces.requesting import proved
from tests.surfaces.visiting import form_at, text_of, work

pytestmark = pytest.mark.usefixtures("db")
LINK = re.compile(r"http://localhost:8000(/your-address/\S+)")


@pytest.fixture
def visitor() -> Client:
    publish_policy()
    return Client()


def written(visitor: Client, **answers: Any) -> str:
    """Send a question; return the path of the link in the letter that came."""
    send(visitor, **ASKED, **answers)
    work()
    [path] = LINK.findall(str(mail.outbox[-1].body))
    return str(path)


def press(visitor: Client, path: str, choice: str) -> str:
    """Press a button; return the page that follows."""
    answer = visitor.post(path, {**form_at(visitor, path), "choice": choice})
    assert (answer.status_code, answer["Location"]) == (302, path)
    return text_of(visitor.get(path))


def states(owner: Owner) -> list[tuple[str, str]]:
    """Return channel and state of each permission, in order."""
    return list(
        owner.execute(
            "SELECT channel, state FROM consent_permission ORDER BY channel"
        ).fetchall()
    )


def may_offer(owner: Owner) -> bool:
    """Say whether an offer may go to the one person, as the outbox decides it."""
    [[person]] = owner.execute("SELECT max(id) FROM people_person").fetchall()
    with gate.open(
        by=system("campaign"),
        purpose="rights",
        people=[person],
        verb="t:t:t",
        at=now(),
    ) as permit:
        rule = permit.policy.message("offer")
        try:
            check(permit=permit, person_id=person, rule=rule, address=CANARY_EMAIL)
        except Refused:
            return False
        return True


def test_a_tick_permits_nothing_before_the_letter_is_answered(
    visitor: Client, owner_sql: Owner
) -> None:
    path = written(visitor, marketing=["email"])

    assert states(owner_sql) == [("email", "unconfirmed")]
    assert not may_offer(owner_sql)
    assert "Yes, and send me offers" in text_of(visitor.get(path))


def test_looking_at_the_page_settles_nothing(visitor: Client, owner_sql: Owner) -> None:
    path = written(visitor, marketing=["email"])

    for _ in range(3):
        visitor.get(path)
        visitor.head(path)

    assert states(owner_sql) == [("email", "unconfirmed")]


def test_a_yes_lets_offers_begin_with_the_words_that_were_ticked(
    visitor: Client, owner_sql: Owner
) -> None:
    path = written(visitor, marketing=["email"])

    page = press(visitor, path, "mine-and-offers")

    assert states(owner_sql) == [("email", "given")]
    assert may_offer(owner_sql)
    assert "Stop news and offers" in page
    words = owner_sql.execute(
        "SELECT given, how, wording FROM consent_event ORDER BY id"
    ).fetchall()
    assert [(given, how) for given, how, _ in words] == [
        (True, "enquiry-form"),
        (True, "said-by-letter"),
    ]
    assert words[0][2] == words[1][2] != ""


def test_theirs_but_no_offers(visitor: Client, owner_sql: Owner) -> None:
    path = written(visitor, marketing=["email"])

    page = press(visitor, path, "mine")

    assert {state for _, state in states(owner_sql)} == {"withdrawn"}
    assert "We send you no news and no offers" in page


def test_the_same_link_stops_them_later(visitor: Client, owner_sql: Owner) -> None:
    path = written(visitor, marketing=["email", "sms"], phone="020 7946 0123")
    press(visitor, path, "mine-and-offers")

    page = press(visitor, path, "stop")

    assert dict(states(owner_sql))["email"] == "withdrawn"
    assert dict(states(owner_sql))["sms"] == "withdrawn"
    assert not may_offer(owner_sql)
    assert "We send you no news and no offers" in page


def test_to_say_that_it_is_yours_is_no_answer_about_offers_you_never_ticked(
    visitor: Client, owner_sql: Owner
) -> None:
    path = written(visitor)

    press(visitor, path, "mine")

    assert states(owner_sql) == []


def test_nothing_goes_to_an_address_that_is_a_strangers(
    visitor: Client, owner_sql: Owner
) -> None:
    path = written(visitor, marketing=["email"])

    page = press(visitor, path, "not-mine")

    assert "We write to you no more" in page
    assert {state for _, state in states(owner_sql)} == {"withdrawn"}
    [[wrong]] = owner_sql.execute(
        "SELECT wrong_at IS NOT NULL FROM people_contact_point"
    ).fetchall()
    assert wrong
    assert "Thank you. This address is yours" in press(visitor, path, "mine")


def test_an_address_that_was_said_to_be_theirs_asks_no_more_for_a_copy(
    visitor: Client, owner_sql: Owner
) -> None:
    path = written(visitor)
    press(visitor, path, "mine")

    assert "One detail more" not in text_of(visitor.get(proved(visitor)))


def test_whoever_reads_a_mistyped_address_is_asked_before_a_copy(
    visitor: Client,
) -> None:
    written(visitor, phone="020 7946 0123")

    assert "One detail more" in text_of(visitor.get(proved(visitor)))


@pytest.mark.parametrize("path", ["/your-address/nothing/", "/your-address/%00/"])
def test_a_letter_nobody_sent_leads_nowhere(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code in {404, 410}
    assert visitor.post(path, {"choice": "mine"}).status_code in {404, 410}


def test_the_secret_is_kept_nowhere_and_stands_in_no_log(
    visitor: Client, owner_sql: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    from tests.apps.canary import found_anywhere

    secret = written(visitor).strip("/").rpartition("/")[2]
    visitor.get(f"/your-address/{secret}/")

    assert not found_anywhere(owner_sql, secret)
    assert secret not in caplog.text
