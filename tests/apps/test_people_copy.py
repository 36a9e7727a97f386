"""What the file of a person holds is in their copy, and opens there."""

import json
from typing import Any

import psycopg
import pytest

from candour.rights import identity
from tests.apps.file_cast import PHONE, fill, fill_kept
from tests.apps.rights_cast import fetched, prove, themselves, work
from tests.factories import CANARY, NOON, make_enquiry, publish_policy

pytestmark = pytest.mark.usefixtures("db")
Owner = psycopg.Connection[Any]


def copy_of(owner: Owner) -> str:
    asked = prove(owner)
    if asked.state == "waiting-identity":
        answered = identity.identify(
            ref=asked.ref, name=CANARY, detail=PHONE, by=themselves(asked), at=NOON
        )
        assert answered.request is not None
        asked = answered.request
    work(at=NOON)
    told = json.loads(fetched(asked).read("data.json"))
    return json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("filled", [fill, fill_kept])
def test_every_part_of_the_file_is_in_the_copy(owner_sql: Owner, filled: Any) -> None:
    publish_policy()
    filled(make_enquiry().person_id)

    told = copy_of(owner_sql)

    wanted = ["9434765919", "Dr Foxglove Underhill", "Zeph", PHONE]
    if filled is fill:
        wanted += [
            "Asked about aftercare",
            "Ottoline Quillfeather",
            "birth-certificate",
        ]
        wanted += ["she/her", "07700 900461"]
    else:
        wanted += ["Lighthouse keeper", "Smokes a pipe.", "Harbour Mutual"]
    assert [words for words in wanted if words not in told] == []
