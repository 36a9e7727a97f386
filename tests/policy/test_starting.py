"""A first policy, written from a few answers, is right from the start."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.cli import new
from candour.core.errors import Invalid
from candour.policy.compile import Policy, compile_sources
from candour.policy.lint import Severity, lint
from candour.policy.load import read_pack
from candour.policy.starting import ELECTRONIC, Answers, written
from tests.policy.lint.cases import yardsticks
from tests.policy.test_command import run

TODAY = date(2026, 11, 22)
WHOLE = Answers(
    name="zephyr",
    clinic="Zephyr",
    on=TODAY,
    host="www.zephyr.example",
    company="Zephyr Ltd",
    company_number="01234567",
    address="1 Cork Street, London",
    ico="ZA123456",
    email="privacy@zephyr.example",
)


def compiled(answers: Answers) -> Policy:
    text = written(answers)
    return compile_sources({f"{answers.name}/policy.yaml": text, **read_pack("model")})


def found(answers: Answers, *, notes: bool = False) -> set[str]:
    return {
        one.rule
        for one in lint(compiled(answers), yardsticks(), TODAY)
        if (one.severity is Severity.NOTE) is notes
    }


def test_with_every_question_answered_nothing_is_left_to_put_right() -> None:
    assert found(WHOLE) == set()


def test_what_a_person_has_to_look_at_is_not_taken_from_the_model() -> None:
    assert found(WHOLE, notes=True) == {"assessment-undated", "cookie-unreviewed"}


LINES = st.text(max_size=60)
ANSWERS = st.builds(
    Answers,
    name=st.just("zephyr"),
    clinic=LINES.map(lambda text: f"Z{text}"),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    region=st.sampled_from(["ENG", "WLS", "SCT", "NIR"]),
    company=LINES,
    address=LINES,
    marketing=st.lists(st.sampled_from(ELECTRONIC), unique=True).map(tuple),
    photographs=st.booleans(),
    children=st.booleans(),
    cctv=st.booleans(),
    card_company=LINES,
    keep=st.integers(1, 99),
)


@given(ANSWERS)
def test_whatever_is_answered_the_file_is_well_written(answers: Answers) -> None:
    policy = compiled(answers)

    assert policy.clinic.startswith("Z")
    assert policy.clinic.isprintable()
    assert policy.region == answers.region
    assert set(answers.marketing) <= set(policy.marketing.channels)
    assert policy.open_decisions
    assert "cctv" in policy.collected or not answers.cctv


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"address": ""}, {"decide-open", "controller-unidentified"}),
        ({"ico": ""}, {"decide-open", "controller-unregistered"}),
        ({"company_number": ""}, {"decide-open"}),
        ({"email": ""}, {"decide-open", "no-contact"}),
        ({"card_company": "Zed"}, {"decide-open", "recipient-inactive"}),
        ({"keep": 7}, {"shorter-than-guidance"}),
        ({"marketing": ("email", "sms")}, set()),
        ({"photographs": True}, set()),
        ({"children": True}, set()),
        ({"cctv": True}, set()),
    ],
)
def test_what_was_not_answered_is_left_to_decide(
    changed: dict[str, object], rules: set[str]
) -> None:
    known = {name: getattr(WHOLE, name) for name in Answers.__slots__}

    assert found(Answers(**(known | changed))) == rules


@pytest.mark.parametrize("name", ["Zephyr", "a b", "../etc", "", "a--b"])
def test_a_name_that_is_no_slug_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        written(Answers(name=name, clinic="Zephyr", on=TODAY))


def test_the_command_writes_a_file_that_can_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "here" / "zephyr.yaml"
    words = ("--clinic", 'Zephyr: "Skin"', "--marketing", "email, sms", "--keep", "10")

    assert run("new", "zephyr", *words, "--out", str(file)) == 0
    assert "to decide" in capsys.readouterr().out
    assert run("check", str(file)) == 0

    assert run("new", "zephyr", *words, "--out", str(file)) == 2
    assert "There is a policy already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "answer", "says"),
    [
        ("--region", "FR", "'FR' is none of"),
        ("--marketing", "pigeon", "'pigeon' is none of"),
        ("--keep", "for ever", "not a number of years"),
        ("--cctv", "maybe", "neither yes nor no"),
        ("--host", "not a host", "host"),
        ("--clinic", " ", "needs a name"),
        ("--company-number", "12", "register kept by Companies House"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(
    option: str,
    answer: str,
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "zephyr.yaml"
    clinic = () if option == "--clinic" else ("--clinic", "Zephyr")

    code = run("new", "zephyr", *clinic, option, answer, "--out", str(file))

    assert code == 2
    assert says in capsys.readouterr().err
    assert not file.exists()


def test_at_a_terminal_each_question_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "Zephyr" if "called" in question else ""

    monkeypatch.setattr(new, "_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    file = tmp_path / "zephyr.yaml"

    assert run("new", "zephyr", "--keep", "9", "--out", str(file)) == 0
    assert len(asked) == len(new.QUESTIONS) - 1
    assert "keep: P9Y" in file.read_text(encoding="utf-8")
