"""Being at the desk: signing in as staff do, and looking at what came of it."""

import html
import re
from datetime import timedelta
from typing import Any

import psycopg
from django.core.cache import cache
from django.test import Client

from candour import gate
from candour.accounts.actions import add_staff
from candour.accounts.models import Staff
from candour.core.actor import system
from candour.enquiries.models import Enquiry
from candour.outbox.models import Message
from candour.people.models import Standing
from candour.policy.terms import Reach
from candour.web.who import SECOND_STEP
from tests.factories import NOON, make_staff

PASSWORD = "correct horse battery staple"
SIGN_IN = "/desk/sign-in/"
SECOND = "/desk/sign-in/code/"
INBOX = "/desk/enquiries/"
ANSWER = "We do. A first visit is 45 minutes.\n\nNoor 🌿 <b>مرحبا</b>"


def give_app(staff: Staff) -> str:
    """Give a member of staff an authenticator app; return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(staff.user, secret)
    return str(secret)


def digits(secret: str) -> str:
    """Return what the app shows now, as though no digits were used before."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    cache.clear()
    *_, counter = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, counter)))


def send_password(client: Client, staff: Staff, password: str = PASSWORD) -> Any:
    """Send email and password, as the sign-in page does."""
    form = {"login": staff.user.email, "password": password}
    return client.post(SIGN_IN, form)


def signed_in(client: Client, role: str = "reception") -> Staff:
    """Be a new member of staff who took both steps. There is no password to hash."""
    staff = add_staff(
        email=f"{role}@clinic.example",
        name=f"{role.capitalize()} Thistlewood",
        roles=[role],
        at=NOON - timedelta(days=365),
    )
    give_app(staff)
    client.force_login(staff.user)
    session = client.session
    session[SECOND_STEP] = True
    session.save()
    return staff


def sign_in(client: Client, role: str = "reception") -> Staff:
    """Sign in as a new member of staff in `role`, with both steps."""
    staff = make_staff(role)
    secret = give_app(staff)
    assert send_password(client, staff).status_code == 302
    answer = client.post(SECOND, {"code": digits(secret)})
    assert answer.status_code == 302
    return staff


def text_of(response: Any) -> str:
    """Return what a page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def page_of(enquiry: Enquiry) -> str:
    """Return the address of an enquiry at the desk."""
    return f"{INBOX}{enquiry.ref}/"


def acts(sql: psycopg.Connection[Any], verb: str) -> list[tuple[Any, ...]]:
    """Return outcome, role, clause and people of each act with this verb."""
    return sql.execute(
        "SELECT outcome, role, clause, people FROM trail_event WHERE verb = %s"
        " ORDER BY id",
        [verb],
    ).fetchall()


def reading() -> Any:
    """Open a unit of work in which a test may look at everybody's data."""
    return gate.open(
        by=system("test"),
        purpose="retention",
        reach=Reach.ALL,
        verb="test:look:on",
        at=NOON,
    )


def state_of(enquiry: Enquiry) -> str:
    """Return the state an enquiry is in now."""
    with reading():
        return Enquiry.objects.get(pk=enquiry.pk).status


def messages() -> list[Message]:
    """Return every message that was queued, oldest first."""
    with reading():
        return list(Message.objects.order_by("pk"))


def restrict(enquiry: Enquiry) -> None:
    """Restrict the use of whoever asked, as the law lets them ask for."""
    with reading():
        Standing.objects.filter(person=enquiry.person_id).update(restricted_at=NOON)


def answer(desk: Client, enquiry: Enquiry, text: str = ANSWER, seen: int = 0) -> Any:
    """Answer an enquiry as the form does."""
    return desk.post(
        page_of(enquiry), {"action": "reply", "text": text, "seen": str(seen)}
    )
