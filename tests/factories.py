"""The cast, made through the real actions. Names are canaries no real text contains."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from candour import gate
from candour.accounts.actions import add_staff
from candour.accounts.models import Staff
from candour.core.actor import VISITOR
from candour.enquiries import actions as enquiries
from candour.enquiries.models import Enquiry
from candour.notices.actions import publish
from candour.notices.models import PolicyVersion
from candour.people import actions as people
from candour.people.normal import email_key
from candour.policy.compile import compile_pack

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CANARY = "Zephyrine Quillfeather"
CANARY_EMAIL = "zephyrine.quillfeather@example.org"
QUESTION = "Do you treat redness on the cheeks? Yours, Żephyrine 🌿"


def publish_policy(name: str = "model", *, at: datetime = NOON) -> PolicyVersion:
    """Put a pack in force, as a demonstration."""
    return publish(policy=compile_pack(name), by="test", at=at, demo=True)


def make_enquiry(
    *,
    name: str = CANARY,
    email: str = CANARY_EMAIL,
    message: str = QUESTION,
    at: datetime = NOON,
    proven: bool = True,
) -> Enquiry:
    """Take an enquiry the way the front door does; return its row.

    `proven` says that whoever reads the address has said that it is theirs.
    """
    person = people.allocate()
    with gate.open(
        by=VISITOR,
        purpose="enquiry",
        people=[person],
        verb="public:enquiry:send",
        at=at,
    ) as permit:
        people.add_person(
            permit=permit,
            person_id=person,
            name=name,
            contacts=[("email", email)],
            relation="enquirer",
            source="website-form",
            brand="",
            at=at,
        )
        if proven:
            key = email_key(email)
            people.verify_address(permit=permit, person_id=person, key=key, at=at)
        return enquiries.receive(
            permit=permit,
            person_id=person,
            token=uuid4(),
            topics=["skin"],
            message=message,
            reply_by=["email"],
            source="website-form",
            brand="",
            at=at,
        )


def make_staff(role: str = "reception", *, email: str | None = None) -> Staff:
    """Add a member of staff in one role, since long ago."""
    return add_staff(
        email=email or f"{role}@clinic.example",
        name=f"{role.capitalize()} Thistlewood",
        roles=[role],
        at=NOON - timedelta(days=365),
        password="correct horse battery staple",
    )
