"""The demonstration can be worked in: words of consent and stock are there, once."""

import pytest

from candour.catalogue import stock
from candour.cli import furnish
from candour.core.actor import system
from candour.core.clock import local_date
from candour.records import shelf
from candour.records.models import ConsentForm
from candour.records.rules import WITHOUT
from tests.factories import NOON

PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


@pytest.mark.parametrize("pack", PACKS)
def test_each_class_on_a_menu_has_words_to_agree_to(pack: str) -> None:
    kinds = {service["kind"] for service in furnish.menu(pack)} - WITHOUT

    assert kinds <= {words.kind for words in shelf.WORDS}


@pytest.mark.usefixtures("db")
def test_furnishing_again_changes_nothing() -> None:
    for _ in range(2):
        shelf.furnish(by=system("test"), at=NOON, on=local_date(NOON))

    assert {form.version for form in ConsentForm.objects.all()} == {1}
    assert ConsentForm.objects.count() == len(shelf.WORDS)
    assert len(stock.batches(on=local_date(NOON), usable=True)) == len(shelf.PRODUCTS)
