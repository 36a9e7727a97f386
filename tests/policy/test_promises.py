"""Every promise of the five notices has a clause, a control, a check and a state."""

import dataclasses
from functools import cache
from pathlib import Path

import pytest

from candour.policy.compile import Policy, compile_pack, compile_sources
from candour.policy.load import read_pack
from candour.policy.problems import PolicyErrors
from candour.policy.promises import (
    CONTROLS,
    LISTED,
    PARTS,
    Control,
    Promise,
    Sheet,
    State,
    faults,
    packs,
    promises_of,
    read_sheet,
    untested,
)
from candour.policy.promises.sheet import parse_sheet
from candour.policy.promises.tested import is_there

TOP = Path(__file__).parents[2]

NOTICES = {
    "cm-london-medical": ("P0", 148),
    "dermaesthetics": ("P1", 42),
    "ai-beauty": ("P2", 117),
    "private-clinic": ("P3", 125),
    "pro-aesthetics": ("P4", 42),
}
"""How the promises of each published notice are numbered, and how many there are."""

# Where a published notice is at odds with the law or with itself.
CONFLICTS = {
    *("P0-004", "P0-013", "P0-017", "P0-026", "P0-030", "P0-031", "P0-045", "P0-062"),
    *("P0-063", "P0-071", "P0-072", "P0-081", "P0-089", "P0-112", "P0-129", "P0-140"),
    *("P1-006", "P1-009", "P1-016", "P1-017", "P1-033"),
    *("P2-031", "P2-047", "P2-052", "P2-064", "P2-099", "P2-101"),
    *("P3-002", "P3-033", "P3-057", "P3-077", "P3-088"),
    *("P4-001", "P4-010", "P4-012", "P4-019", "P4-023", "P4-033", "P4-036", "P4-042"),
}


@cache
def policy_of(name: str) -> Policy:
    return compile_pack(name)


@cache
def sheet_of(name: str) -> Sheet:
    return read_sheet(policy_of(name))


@cache
def promises(name: str) -> dict[str, Promise]:
    found = promises_of(policy_of(name), sheet_of(name))
    return {one.id: one for one in found}


def everything() -> dict[str, Promise]:
    return {key: one for name in NOTICES for key, one in promises(name).items()}


def test_every_clinic_with_a_published_notice_keeps_a_table() -> None:
    assert packs() == tuple(sorted(NOTICES))
    assert len(everything()) == 474


@pytest.mark.parametrize("name", NOTICES)
def test_no_promise_is_missing_and_none_is_made_up(name: str) -> None:
    letter, count = NOTICES[name]

    ids = list(sheet_of(name).promises)

    assert ids == [f"{letter}-{number:03}" for number in range(1, count + 1)]


@pytest.mark.parametrize("name", NOTICES)
def test_every_clause_is_a_key_of_the_compiled_policy(name: str) -> None:
    policy = policy_of(name)

    lost = [
        (one.id, one.clause)
        for one in promises(name).values()
        if not policy.under(one.clause)
    ]

    assert lost == []


def test_every_control_is_on_the_list_and_every_one_listed_keeps_something() -> None:
    named = {one.control for one in everything().values()}

    assert named == set(CONTROLS)


def test_nothing_is_wrong_with_the_list_of_controls() -> None:
    assert list(faults(LISTED)) == []


def test_every_test_that_a_control_names_is_there() -> None:
    named = [test for control in LISTED for test in control.tests]

    assert [test for test in named if not is_there(test, TOP)] == []
    assert untested() == frozenset()


@pytest.mark.parametrize("control", [one for one in LISTED if one.built])
def test_a_control_that_is_built_is_in_a_module_that_exists(control: Control) -> None:
    path = TOP / "src" / Path(*control.keeps.split("."))

    assert path.is_dir() or path.with_suffix(".py").is_file()


def test_every_promise_says_how_it_stands_and_why() -> None:
    for one in everything().values():
        assert one.state in State
        assert one.why.endswith("."), one.id
        assert one.check, one.id


def test_what_is_kept_names_its_test_and_what_is_planned_its_part() -> None:
    for one in everything().values():
        control = CONTROLS[one.control]
        if one.state is State.KEPT:
            assert control.built
            assert control.tests[0] in one.why
        elif one.state is State.PLANNED:
            assert not control.built
            assert PARTS[control.part] in one.why


@pytest.mark.parametrize("name", NOTICES)
def test_every_departure_is_a_promise_that_is_not_kept_as_published(name: str) -> None:
    for departure in policy_of(name).departures:
        one = promises(name)[departure.says]
        assert one.state is State.UNLAWFUL
        assert departure.key in one.why
        assert all(reason in one.why for reason in departure.why)


@pytest.mark.parametrize("row", sorted(CONFLICTS))
def test_a_known_conflict_is_never_simply_kept(row: str) -> None:
    assert everything()[row].state in (State.UNLAWFUL, State.DECISION)


@pytest.mark.parametrize("name", NOTICES)
def test_a_clause_that_is_undecided_waits_for_a_person(name: str) -> None:
    undecided = {one.key: one.why for one in policy_of(name).open_decisions}

    for one in promises(name).values():
        if one.state is State.DECISION:
            assert any(why in one.why for why in undecided.values())
        elif one.state is not State.UNLAWFUL:
            assert one.clause not in undecided


# ---- one small table, changed -------------------------------------------------------

ROW = "{clause: retention.clinical.keep, control: retention-sweep, check: it goes}"
KEPT = "{clause: bases, control: purpose-gate, check: refused when nobody declared it}"


def small(*rows: str, name: str = "dermaesthetics", head: str = "") -> str:
    lines = "".join(f"  {row}\n" for row in rows)
    return f"{head or 'candour: 1'}\npolicy: {name}\npromises:\n{lines}"


def whole(*rows: str) -> str:
    """Return a table that has the rows its policy's departures name, and these."""
    said = ("P1-009", "P1-017", "P1-033")
    return small(*(f"{row}: {ROW}" for row in said), *rows)


def stand(text: str, **given: frozenset[str]) -> list[tuple[str, State]]:
    policy = policy_of("dermaesthetics")
    sheet = parse_sheet(text, "x.yaml", policy)
    found = promises_of(policy, sheet, **given)
    return [(one.id, one.state) for one in found][3:]


def mistakes(text: str) -> list[str]:
    with pytest.raises(PolicyErrors) as refused:
        parse_sheet(text, "x.yaml", policy_of("dermaesthetics"))
    return [str(problem) for problem in refused.value.problems]


def test_a_promise_stands_as_its_control_and_its_clause_do() -> None:
    text = whole(
        f"P1-100: {KEPT}",
        "P1-101: {clause: rights.access, control: complete-copy, check: whole copy}",
        "P1-102: {clause: arrangement, control: purpose-gate, check: who answers}",
        "P1-103: {clause: controllers, control: purpose-gate, check: who answers}",
        f"P1-104: {KEPT[:-1]}, lawful: the other way round}}",
    )

    assert stand(text) == [
        ("P1-100", State.KEPT),
        ("P1-101", State.PLANNED),
        ("P1-102", State.DECISION),
        ("P1-103", State.DECISION),
        ("P1-104", State.UNLAWFUL),
    ]


def test_a_promise_whose_test_is_gone_is_not_kept() -> None:
    gone = frozenset({"purpose-gate"})

    assert stand(whole(f"P1-100: {KEPT}"), untested=gone) == [("P1-100", State.PLANNED)]


def test_a_clause_that_is_decided_waits_for_nobody() -> None:
    sources = dict(read_pack("dermaesthetics"))
    file = "dermaesthetics/policy.yaml"
    before = next(
        line for line in sources[file].splitlines() if line.startswith("arrangement:")
    )
    after = "arrangement: {contact: privacy, rights: privacy}"
    sources[file] = sources[file].replace(before, after)
    policy = compile_sources(sources)

    found = {one.id: one for one in promises_of(policy, sheet_of("dermaesthetics"))}

    assert promises("dermaesthetics")["P1-016"].state is State.DECISION
    assert found["P1-016"].state is State.KEPT


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "P1-100: {clause: retention.clinicl, control: purpose-gate, check: gone}",
            "x.yaml:7:20: promises.P1-100.clause: 'retention.clinicl' is not a key of"
            " this policy. Did you mean 'retention.clinical'?",
        ),
        (
            "P1-100: {clause: bases, control: purpose-gat, check: it is refused}",
            "x.yaml:7:36: promises.P1-100.control: 'purpose-gat' is not known here."
            " Did you mean 'purpose-gate'?",
        ),
        (
            "P1-100: {clause: bases, check: it is refused}",
            "x.yaml:7:3: promises.P1-100.control: 'control' is missing."
            " Add 'control: …'.",
        ),
        (
            "P1-100: {control: purpose-gate, check: it is refused}",
            "x.yaml:7:3: promises.P1-100.clause: 'clause' is missing. Add 'clause: …'.",
        ),
        (
            f"P1-100: {KEPT[:-1]}, state: kept}}",
            "x.yaml:7:90: promises.P1-100.state: 'state' is not a key here."
            " Known here: clause, control, check, lawful.",
        ),
        (
            'P1-100: {clause: bases, control: purpose-gate, check: ""}',
            "promises.P1-100.check: the text is empty",
        ),
        (f"P1-9: {KEPT}", "x.yaml:7:3: promises.P1-9: string should match pattern"),
        (f"P1-009: {KEPT}", "'P1-009' is here twice; it was first on line 4"),
    ],
)
def test_a_row_that_is_badly_written_is_refused_where_it_stands(
    row: str, says: str
) -> None:
    [said] = mistakes(whole(row))

    assert says in said


def test_a_table_lacks_the_row_that_a_departure_names() -> None:
    said = mistakes(whole().replace("P1-017", "P1-018"))

    assert said == [
        "x.yaml:4:3: promises: a departure names P1-017, which has no row here."
        " Add the row."
    ]


def test_a_table_belongs_to_its_policy() -> None:
    [said] = mistakes(whole().replace("dermaesthetics", "ai-beauty"))

    assert said.startswith("x.yaml:2:9: policy: this is the table of 'dermaesthetics'.")


def test_all_mistakes_of_a_table_are_told_at_once() -> None:
    said = mistakes(small("P1-001: {clause: nowhere, control: nothing}", "P1-002: {}"))

    assert len(said) == 9


@pytest.mark.parametrize("text", ["", "candour: 1", "- 1", "candour: 1\npromises: 3"])
def test_what_is_no_table_is_refused(text: str) -> None:
    assert mistakes(text)


def test_a_pack_without_a_table_is_told_which_have_one() -> None:
    with pytest.raises(PolicyErrors, match="'model' keeps no table of promises"):
        read_sheet(policy_of("model"))


# ---- the list of controls, broken ---------------------------------------------------

GATE = CONTROLS["purpose-gate"]


@pytest.mark.parametrize(
    ("control", "says"),
    [
        (dataclasses.replace(GATE, tests=()), "is built and no test checks it"),
        (dataclasses.replace(GATE, built=False), "is not marked as built"),
        (dataclasses.replace(GATE, part=8), "belongs to no part of the work"),
        (dataclasses.replace(GATE, keeps=""), "does not say which module keeps it"),
    ],
)
def test_a_control_that_is_badly_listed_is_found(control: Control, says: str) -> None:
    [said] = faults([control])

    assert says in said


def test_a_control_listed_twice_is_found() -> None:
    assert list(faults([GATE, GATE])) == ["purpose-gate is on the list twice."]


@pytest.mark.parametrize(
    "test",
    [
        "tests/apps/test_gate.py::test_that_was_never_written",
        "tests/apps/test_no_such_file.py::test_a_refusal",
        "tests/apps/test_gate.py",
        "tests/factories.py::make_enquiry",
    ],
)
def test_a_test_that_is_not_there_leaves_its_control_untested(test: str) -> None:
    broken = dataclasses.replace(GATE, tests=(*GATE.tests, test))

    assert untested(TOP, [GATE]) == frozenset()
    assert untested(TOP, [broken]) == {"purpose-gate"}
