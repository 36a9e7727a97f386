"""A copy's page is for a reader: our short names are said in words."""

import html
import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from candour import gate
from candour.notices import actions as notices
from candour.rights import erasure, lapse
from candour.rights.copy import page, said
from candour.rights.models import CLOSED_STATES, KINDS, OPEN_STATES
from tests.apps.rights_cast import READER, ask, fetched, prove, themselves, work
from tests.factories import NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]
PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)
OURS = r"(?:[a-z]+[-_])+[a-z]+"  # how a short name looks
TEXT = re.compile(r"<(?:dd|td|th scope=\"row\"|dt)[^>]*>(.*?)</(?:dd|td|th|dt)>", re.S)
WORDS = {"email", "opted-in", "sign-in", "wet-ink"}


def cells(body: str) -> list[str]:
    """Return what stands in the lists and tables, without their tags."""
    found = [re.sub(r"<[^>]+>", " ", cell) for cell in TEXT.findall(body)]
    return [html.unescape(cell).strip() for cell in found]


def full_page(owner: Owner) -> str:
    """Make somebody with a row wherever there can be one; return their copy's page."""
    person = make_enquiry().person_id
    with gate.open(
        by=READER, purpose="rights", people=[person], verb="t:t:t", at=NOON
    ) as permit:
        notices.shown(
            permit=permit, person_id=person, layer="form", place="enquiry", at=NOON
        )
    erased = prove(owner, "erasure")
    erasure.keep(ref=erased.ref, by=themselves(erased), at=NOON)
    ask("erasure", at=NOON + timedelta(hours=2))
    lapse.lapse(at=NOON + timedelta(days=10))
    asked = prove(owner, at=NOON + timedelta(days=11))
    work(at=NOON + timedelta(days=11))
    found = fetched(asked, at=NOON + timedelta(days=11, minutes=5))
    return found.read("index.html").decode()


@pytest.mark.parametrize("pack", PACKS)
def test_no_short_name_of_ours_is_left_for_a_reader(
    owner_sql: Owner, pack: str
) -> None:
    publish_policy(pack)

    found = cells(full_page(owner_sql))

    assert len(found) > 60
    slugs = [cell for cell in found if re.fullmatch(OURS, cell) and cell not in WORDS]
    assert slugs == []
    bare = {"access", "erasure", "rights", "enquiry", "open", "queued", "email"}
    assert bare & set(found) == set()


def test_what_we_did_with_a_request_reads_as_a_story(owner_sql: Owner) -> None:
    publish_policy()

    body = full_page(owner_sql)

    for says in (
        "A copy of your data",
        "To be erased",
        "You called it off",
        "On the enquiry form",
    ):
        assert says in body


def test_the_copy_ends_with_what_to_do_who_does_not_agree(owner_sql: Owner) -> None:
    publish_policy()

    body = html.unescape(full_page(owner_sql))

    assert "If you do not agree" in body
    assert "You can complain to us. Write to privacy@quillane.example" in body
    assert "0303 123 1113" in body
    assert "Wycliffe House" in body
    assert "ask a court" in body


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_request_has_words(kind: str) -> None:
    assert kind in said.KINDS


@pytest.mark.parametrize("state", [*OPEN_STATES, *CLOSED_STATES])
def test_each_state_of_a_request_has_words(state: str) -> None:
    assert state in said.STATES


def test_what_has_no_words_yet_is_still_no_slug() -> None:
    assert said.of_column("kind", "something-new_here") == "Something new here"
    assert said.role("head-of-care") == "Head of care"
    assert said.purpose("some-use") == "For some use"


def test_nobodys_own_words_are_changed() -> None:
    own = "well-known-to-me <b>"

    assert page._said("message", own) == own
    assert page._said("value", own) == own
    assert page._said("topics", ["skin-care", "laser"]) == "Skin care, Laser"
    assert page._said("reply_by", []) == ""
