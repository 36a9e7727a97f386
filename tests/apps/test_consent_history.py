"""What somebody agreed to is history: added to, never changed."""

import pytest
from django.db import ProgrammingError, connection

from candour import gate
from candour.core.actor import system
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET given = true",
        "UPDATE consent_event SET wording = 'something else'",
        "UPDATE consent_event SET at = now()",
        "TRUNCATE consent_event",
    ],
)
def test_the_site_cannot_change_what_somebody_agreed_to(statement: str) -> None:
    publish_policy()
    person = make_enquiry().person_id

    with (
        pytest.raises(ProgrammingError, match="permission denied for table consent"),
        gate.open(
            by=system("test"), purpose="rights", people=[person], verb="t:t:t", at=NOON
        ),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
