"""Numbers of registers: each has its form, and a wrong one is told with its place."""

import pytest

from candour.policy.compile import compile_pack, compile_sources
from candour.policy.load import read_pack
from candour.policy.problems import PolicyErrors
from candour.policy.vocabulary.registers import REGISTERS, Register


@pytest.mark.parametrize(
    ("register", "number"),
    [
        *(("ICO", number) for number in ("ZA000000", "Z1234567", "C1234567")),
        *(("ICO", number) for number in ("00012345678", "ZB765432")),
        *(("companies", number) for number in ("01234567", "SC123456", "R0000123")),
        ("CQC", "1-101668152"),
        ("GMC", "7012345"),
        ("NMC", "12A3456E"),
        ("HCPC", "PH123456"),
        ("HIW", "W1/24/0123"),
    ],
)
def test_a_number_in_one_of_its_forms_is_taken(register: str, number: str) -> None:
    assert REGISTERS[register].fits(number)


@pytest.mark.parametrize(
    ("register", "number"),
    [
        *(("ICO", number) for number in ("ZA00000", "1234", "ZAB123456", "za123456")),
        *(("companies", number) for number in ("1003682", "O6293464", "123456789")),
        ("CQC", "101668152"),
        ("GMC", "701234"),
        ("NMC", "12Z3456E"),
        ("HIW", "none"),
    ],
)
def test_a_number_in_no_such_form_is_not(register: str, number: str) -> None:
    assert not REGISTERS[register].fits(number)


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda one: one.body)
def test_the_example_of_each_register_fits_it(register: Register) -> None:
    assert register.fits(register.like)


@pytest.mark.parametrize(
    ("name", "number", "wrong", "key", "at"),
    [
        (
            "private-clinic",
            'company: "10036829"',
            'company: "1003682"',
            "controllers.private-clinic.company",
            '"1003682"',
        ),
        (
            "private-clinic",
            'company: "06293464"',
            'company: "O6293464"',
            "controllers.private-clinic.parent.company",
            '"O6293464"',
        ),
        (
            "ai-beauty",
            "ico: ZA406076",
            "ico: ZA40607",
            "controllers.ai-beauty.ico",
            "ZA40607",
        ),
        (
            "model",
            "registrations: {CQC: 1-900000001}",
            "registrations: {CQC: 900000001}",
            "controllers.quillane.registrations.CQC",
            "900000001",
        ),
        (
            "model",
            "registrations: {CQC: 1-900000001}",
            "registrations: {CQX: 1-900000001}",
            "controllers.quillane.registrations.CQX",
            "CQX",
        ),
    ],
)
def test_a_wrong_number_is_told_with_its_line_and_column(
    name: str, number: str, wrong: str, key: str, at: str
) -> None:
    sources = dict(read_pack(name))
    file = f"{name}/policy.yaml"
    assert sources[file].count(number) == 1
    text = sources[file].replace(number, wrong)
    sources[file] = text
    row, line = next(
        (row, line) for row, line in enumerate(text.splitlines(), 1) if wrong in line
    )

    compile_pack(name)
    with pytest.raises(PolicyErrors) as raised:
        compile_sources(sources)

    [problem] = raised.value.problems
    assert (problem.key, problem.line) == (key, row)
    assert problem.column == line.index(at) + 1
    assert problem.suggestion
