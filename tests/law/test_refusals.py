"""The grounds on which a request may be refused are a closed list."""

import re

import pytest

from candour.law.refusals import GROUNDS, Asker, Ground, cited, ground, grounds_for
from candour.law.requests import Right

SOURCE = re.compile(r"UK GDPR Arts? \d|DPA 2018 Sch [234]( para \d+)?$")
STEP_GROUND = 120  # characters: what a step can hold


@pytest.mark.parametrize("one", GROUNDS, ids=lambda one: one.key)
def test_each_ground_is_in_the_law_and_can_be_written_down(one: Ground) -> None:
    assert SOURCE.match(one.article)
    assert len(one.cited) <= STEP_GROUND
    assert cited(one.cited) is one
    assert ground(one.key) is one
    assert one.says.endswith(".")
    assert one.rights


def test_what_is_not_on_the_list_is_no_ground() -> None:
    assert ground("we-are-busy") is None
    assert cited("UK GDPR Art 12(6)") is None


@pytest.mark.parametrize("right", [Right.ACCESS, Right.ERASURE])
def test_before_anybody_knows_who_asks_nothing_may_be_said_of_the_data(
    right: Right,
) -> None:
    keys = {one.key for one in grounds_for(right, [Asker.UNKNOWN])}

    assert keys == {"not-identified", "unfounded", "excessive"}


@pytest.mark.parametrize("right", [Right.ACCESS, Right.ERASURE])
def test_who_is_known_is_not_told_that_we_do_not_know_them(right: Right) -> None:
    keys = {one.key for one in grounds_for(right, [Asker.KNOWN])}

    assert "not-identified" not in keys
    assert "nothing-held" not in keys


def test_that_nothing_is_held_is_for_somebody_of_whom_nothing_is() -> None:
    keys = {one.key for one in grounds_for(Right.ACCESS, [Asker.STRANGER])}

    assert "nothing-held" in keys


def test_an_exemption_counts_for_the_right_that_its_schedule_names() -> None:
    access = {one.key for one in grounds_for(Right.ACCESS, [Asker.KNOWN])}
    erasure = {one.key for one in grounds_for(Right.ERASURE, [Asker.KNOWN])}

    assert {"privilege", "references", "serious-harm"} <= access - erasure
    assert {"law-requires", "legal-claims"} <= erasure - access
    assert {"crime-and-tax", "legal-proceedings"} <= access & erasure


def test_no_other_right_is_refused_from_this_list() -> None:
    assert grounds_for(Right.OBJECTION, list(Asker)) == ()
