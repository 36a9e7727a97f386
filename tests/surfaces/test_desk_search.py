"""A search that finds many: what it leaves out it says, and its pages hold together."""

import html
import re

import pytest
from django.test import Client

from candour.desk import sought
from candour.people import queries as people
from tests.factories import make_enquiry, publish_policy
from tests.surfaces.desk import INBOX, reading, restrict, signed_in, text_of

pytestmark = pytest.mark.usefixtures("db")
CUT = "Showing only the 50 people closest to what you typed"
NEXT = re.compile(r'rel="next" href="(\?[^"]+)"')


@pytest.fixture
def desk(client: Client) -> Client:
    publish_policy()
    signed_in(client)
    return client


def make(count: int, name: str = "Quillfeather") -> None:
    """Let so many people ask, all with one name between them."""
    for number in range(count):
        make_enquiry(name=f"{name} {number}", email=f"z{number}@{name}.example.org")


def refs(page: str) -> list[str]:
    """Return the enquiries that a page lists."""
    return re.findall(r"/desk/enquiries/([0-9a-f-]{36})/", page)


def pages(desk: Client, text: str) -> list[str]:
    """Search, then go on to the next page until there is none."""
    found = desk.post(INBOX, {"q": text}, follow=True)
    seen = [found.content.decode()]
    while (after := NEXT.search(seen[-1])) is not None:
        assert len(seen) < 9
        seen.append(desk.get(INBOX + html.unescape(after[1])).content.decode())
    return seen


def test_a_search_that_finds_more_than_it_shows_says_so_on_each_page(
    desk: Client,
) -> None:
    make(53)

    seen = pages(desk, "Quillfeather")

    assert len(seen) == 2
    assert all(CUT in page for page in seen)
    listed = [ref for page in seen for ref in refs(page)]
    assert len(listed) == len(set(listed)) == 50
    assert all("50 enquiries." in page for page in seen)


def test_a_narrower_search_finds_all_and_says_nothing(desk: Client) -> None:
    make(53)
    make_enquiry(name="Quillfeather, Ottoline", email="o@example.org")

    [page] = pages(desk, "Ottoline")

    assert "Quillfeather, Ottoline" in page
    assert CUT not in page


def test_fewer_than_it_can_show_are_all(desk: Client) -> None:
    make(49)

    assert not [page for page in pages(desk, "Quillfeather") if CUT in page]


def test_the_inbox_without_a_search_shows_everybody(desk: Client) -> None:
    make(53)

    page = desk.get(INBOX).content.decode()

    assert CUT not in page
    assert "53 enquiries." in page


def test_of_the_closest_those_who_restricted_their_data_are_counted(
    desk: Client,
) -> None:
    make(52)
    restrict(make_enquiry(name="Quillfeather", email="zz@example.org"))

    [first, *_] = pages(desk, "Quillfeather")

    assert CUT in first
    assert "49 enquiries. 1 more is kept from you." in text_of(
        desk.post(INBOX, {"q": "Quillfeather"}, follow=True)
    )


def test_the_number_is_the_one_that_the_database_gives() -> None:
    publish_policy()
    make(sought.MOST + 1)

    with reading() as permit:
        assert len(people.search("Quillfeather", permit=permit)) == sought.MOST
