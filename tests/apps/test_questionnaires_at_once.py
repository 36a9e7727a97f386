"""Two at once: one filling, one signature, one published version."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections

from candour.core.errors import Conflict
from candour.files.models import Document
from candour.questionnaires import building, versions
from candour.questionnaires.models import Questionnaire, Response
from tests.apps.forms_cast import (
    HISTORY,
    INES,
    begin,
    caring,
    finish,
    publish_form,
    save,
)
from tests.factories import NOON, publish_policy
from tests.surfaces.desk import reading
from tests.surfaces.filed import make_person

pytestmark = pytest.mark.usefixtures("db")
WRITERS = 4


@pytest.fixture
def person(db: None) -> Any:
    """Somebody with a file, and the medical history in use."""
    publish_policy()
    publish_form()
    return make_person()


def together(act: Callable[[], object]) -> list[object]:
    """Do the same thing in several threads at once; return what came of each."""
    ready, results = threading.Barrier(WRITERS), []

    def one() -> None:
        ready.wait()
        try:
            results.append(act())
        except (Conflict, IntegrityError) as wrong:
            results.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_token_begins_one_filling(person: Any) -> None:
    token = uuid4()

    results = together(lambda: begin(person, token=token))

    assert len(results) == WRITERS
    assert any(isinstance(one, Response) for one in results)
    with reading():
        assert Response.objects.count() == 1


def test_one_filling_is_signed_and_filed_once(person: Any) -> None:
    row = begin(person)
    save(person, row, {"allergic": "no"})

    results = together(lambda: finish(person, row))

    assert [type(one) for one in results] == [Response] * WRITERS
    with reading():
        assert Response.objects.get().status == "complete"
        assert Document.objects.count() == 1


def test_of_several_who_save_other_answers_one_wins(person: Any) -> None:
    row, weights = begin(person), iter(range(60, 60 + WRITERS))

    results = together(
        lambda: save(person, row, {"allergic": "no", "weight": str(next(weights))})
    )

    won = [one for one in results if isinstance(one, Response)]
    assert len(won) == 1
    assert sum(isinstance(one, Conflict) for one in results) == WRITERS - 1


def test_a_draft_is_published_once(person: Any) -> None:
    with caring() as permit:
        draft = building.begin(
            permit=permit, form=HISTORY, key="twice", by=INES, at=NOON
        )

    def publish() -> object:
        with caring() as permit:
            return building.publish(
                permit=permit, key="twice", edition=draft.edition, by=INES, at=NOON
            )

    results = together(publish)

    assert sum(isinstance(one, versions.Version) for one in results) == 1
    assert Questionnaire.objects.filter(key="twice").count() == 1
