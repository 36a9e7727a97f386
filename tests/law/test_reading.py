"""Cases that cannot be read are refused with the key that is wrong."""

from typing import Any

import pytest

from candour.law.vectors import UnreadableCase, evaluate


@pytest.mark.parametrize(
    ("area", "given", "names"),
    [
        ("astrology", {}, "astrology"),
        ("dsar_deadline", {"received": "2026-02-30"}, "received"),
        ("dsar_deadline", {"received": 20260901}, "received"),
        ("dsar_deadline", {"received": "9999-12-31"}, "date"),
        ("dsar_deadline", {"received": "2026-09-01", "region": "FRA"}, "region"),
        ("dsar_deadline", {"received": "2026-09-01", "right": "silence"}, "right"),
        ("dsar_deadline", {"received": "2026-09-01", "clinic": 7}, "clinic"),
        ("dsar_deadline", {"received_at": "2026-09-01T10:00:00"}, "time zone"),
        (
            "dsar_deadline",
            {"received": "2026-09-01", "clarification": ["2026-09-02"]},
            "clarification",
        ),
        ("complaint_clock", {}, "received"),
        ("breach", {"aware": "2026-09-04"}, "aware"),
        ("breach", {"aware": "2026-09-04T10:00:00Z", "risk": "some"}, "risk"),
        ("retention", {"category": "cctv"}, "recorded"),
        ("retention", {"category": "x", "policy_days": "31"}, "policy_days"),
        ("retention", {"category": "x", "policy_days": True}, "policy_days"),
        ("retention", {"category": "x", "policy_period": "a year"}, "policy_period"),
        ("retention", {"interactions": [["2026-01-01"]]}, "interactions"),
        ("serious_harm", {"requester": "parent"}, "subject_age"),
        ("reflection_period", {"consultation": "2026-09-01"}, "treatment"),
        ("child", {"treatment": "filler"}, "dob"),
    ],
)
def test_the_message_names_what_is_wrong(
    area: str, given: dict[str, Any], names: str
) -> None:
    with pytest.raises(UnreadableCase, match=names):
        evaluate(area, given)
