"""Who insures a person's treatment. It is about paying, so it is kept with payments."""

from datetime import datetime

from candour.core.errors import Invalid
from candour.people.models import Insurance
from candour.register.permit import Permit, Row


def insurer(person_id: int, *, permit: Permit) -> Row | None:
    """Return who insures a person, or None where nobody does."""
    found = permit.read(
        Insurance.objects.filter(person=person_id), "insurer", "policy_number", "source"
    )
    return found[0] if found else None


def write(
    *,
    permit: Permit,
    person_id: int,
    name: str,
    policy_number: str,
    source: str,
    at: datetime,
) -> None:
    """Write down who insures a person; no name takes it out.

    Raises Invalid for a source that the policy does not name, and Refused where the
    purpose does not cover it.
    """
    permit.must_cover("insurance")
    permit.must_be_source(source)
    if not name.strip():
        if policy_number.strip():
            raise Invalid("Write who the insurer is.")
        Insurance.objects.filter(person=person_id).delete()
        return
    Insurance.objects.update_or_create(
        person_id=person_id,
        defaults={
            "insurer": name,
            "policy_number": policy_number,
            "source": source,
            "made_at": at,
        },
    )
