from datetime import date, timedelta

import pytest

from candour.law import parameters
from candour.law.parameters import Parameter
from candour.law.regions import UK

ALL = {
    name: value
    for name, value in vars(parameters).items()
    if isinstance(value, Parameter)
}
BARE = {
    name
    for name, value in vars(parameters).items()
    if name.isupper() and not name.startswith("_") and name not in ALL
}


@pytest.mark.parametrize("name", ALL)
def test_each_value_says_where_it_was_read_and_where_it_applies(name: str) -> None:
    parameter = ALL[name]

    assert parameter.source.strip()
    assert "http" not in parameter.source
    assert parameter.region
    assert parameter.region <= UK


def test_every_value_is_a_parameter() -> None:
    assert not BARE - {"ENGLAND_ONLY", "NOT_SCOTLAND", "SCOTLAND_ONLY", "UK"}


@pytest.mark.parametrize("name", [n for n, p in ALL.items() if p.in_force_from])
def test_a_value_applies_from_its_first_day(name: str) -> None:
    first = ALL[name].in_force_from
    assert isinstance(first, date)

    assert ALL[name].in_force(first)
    assert not ALL[name].in_force(first - timedelta(1))
