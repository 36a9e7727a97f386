"""Who insures a person, at the desk."""

import pytest
from django.test import Client

from candour.people.models import Insurance
from tests.factories import CANARY, publish_policy
from tests.surfaces.desk import reading, signed_in, text_of
from tests.surfaces.filed import file_of, make_person

pytestmark = pytest.mark.usefixtures("db")
SENT = {
    "insurer_name": "Harbour Mutual",
    "insurer_number": "HM-20417",
    "insurer_source": "clinic-form",
}


def test_an_insurer_is_written_down_shown_and_taken_out(client: Client) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, "reception")
    page = file_of(person, "insurer/")

    assert client.post(page, SENT).status_code == 302
    shown = client.get(page)
    assert "taking payment" in text_of(shown)
    assert 'value="Harbour Mutual"' in shown.content.decode()
    assert (
        file_of(person, "insurer/")
        in client.get(file_of(person, "details/")).content.decode()
    )

    client.post(page, {**SENT, "insurer_name": "", "insurer_number": ""})
    with reading():
        assert not Insurance.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"insurer_number": "4242 4242 4242 4242"}, "card number"),
        ({"insurer_source": "gossip"}, "not one of the choices"),
        ({"insurer_name": ""}, "Write who the insurer is"),
    ],
)
def test_what_cannot_be_so_comes_back(
    client: Client, changed: dict[str, str], said: str
) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, "reception")

    page = client.post(file_of(person, "insurer/"), {**SENT, **changed})

    assert page.status_code == 422
    assert said in text_of(page)


def test_a_role_without_payment_is_refused(client: Client) -> None:
    publish_policy()
    person = make_person()
    signed_in(client, "practitioner")

    page = client.get(file_of(person, "insurer/"))

    assert page.status_code == 403
    assert CANARY not in text_of(page)
