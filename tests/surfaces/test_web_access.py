"""Who may open what: staff with a second factor, and the public what is listed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from candour.accounts import actions as accounts
from candour.core import clock
from candour.core.errors import NotFound
from candour.policy.compile import compile_pack
from candour.policy.terms import Reach
from candour.web import middleware, who
from tests.factories import make_staff, publish_policy
from tests.surfaces.desk import give_app

pytestmark = pytest.mark.usefixtures("db")

REF = "0193a0b0-7c11-7d55-9c1a-2f6d0b8a1e11"
FILLED = {
    "ref": REF,
    "kind": "photograph",
    "token": "t",
    "secret": "s",
    "id": "x",
    "pk": 1,
    "version": 1,
    "uidb36": "1",
    "key": "a-b",
}


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield every address there is, as (name, path with its parts filled in)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{prefix}{entry.pattern} has no name"
            name = f"{space}{entry.name}"
            parts = entry.pattern.regex.groupindex
            yield name, reverse(name, kwargs={p: FILLED.get(p, REF) for p in parts})


ADDRESSES = dict(addresses())


def test_every_public_page_on_the_list_exists() -> None:
    assert ADDRESSES.keys() >= middleware.PUBLIC | middleware.SETTING_UP


@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - middleware.PUBLIC))
def test_a_page_that_is_not_listed_as_public_asks_for_sign_in(name: str) -> None:
    publish_policy()

    read = Client().get(ADDRESSES[name])
    sent = Client().post(ADDRESSES[name])

    assert (read.status_code, sent.status_code) == (302, 302)
    assert read["Location"].startswith("/desk/sign-in/?next=%2Fdesk%2F")
    assert sent["Location"] == "/desk/sign-in/"


def test_the_guard_is_the_list_and_not_the_views(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_policy()

    monkeypatch.setattr(middleware, "PUBLIC", middleware.PUBLIC - {"public:home"})

    assert Client().get("/").status_code == 302


@pytest.mark.parametrize(
    "name",
    sorted(ADDRESSES.keys() - middleware.PUBLIC - middleware.SETTING_UP),
)
def test_a_password_alone_leads_to_setting_up_a_second_factor(name: str) -> None:
    publish_policy()
    client = Client()
    client.force_login(make_staff().user)

    answer = client.get(ADDRESSES[name])

    assert (answer.status_code, answer["Location"]) == (302, ADDRESSES["mfa_index"])


def test_the_pages_for_setting_up_are_open_without_a_second_factor() -> None:
    publish_policy()
    client = Client()
    client.force_login(make_staff().user)

    assert client.get(ADDRESSES["mfa_index"]).status_code == 200


def test_somebody_who_left_is_turned_away_at_once() -> None:
    publish_policy()
    person = make_staff()
    give_app(person)
    client = Client()
    client.force_login(person.user)

    accounts.leave(staff=person, at=clock.now())

    assert client.get(ADDRESSES["mfa_index"]).status_code in {302, 403}


def request_of(user: Any) -> Any:
    request = RequestFactory().get("/desk/")
    request.user = user
    request.session = {}  # type: ignore[assignment]
    return request


def test_of_several_roles_the_one_that_fits_the_purpose_acts() -> None:
    policy = compile_pack("model")
    person = accounts.add_staff(
        email="both@clinic.example",
        name="Both Thistlewood",
        roles=["marketing", "reception"],
        at=clock.now() - timedelta(days=1),
    )

    def role(purpose: str, reach: Reach) -> str:
        request = request_of(person.user)
        return who.staff(request, policy=policy, purpose=purpose, reach=reach).role

    assert role("enquiry", Reach.DAY) == "reception"
    assert role("offers", Reach.ALL) == "marketing"
    assert role("care", Reach.ONE) == "marketing"


def test_without_a_role_an_actor_has_none() -> None:
    person = make_staff()
    accounts.end_role(staff=person, role="reception", at=clock.now())

    acting = who.staff(
        request_of(person.user), policy=compile_pack("model"), purpose="enquiry"
    )

    assert (acting.role, acting.ref) == ("", str(person.ref))


def test_a_request_that_this_visit_has_not_proved_is_not_found() -> None:
    with pytest.raises(NotFound):
        who.asking(request_of(None), UUID(REF))
