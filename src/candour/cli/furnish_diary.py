"""A demonstration's rooms, devices and hours, so that visits can be booked at once."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from candour.policy.compile import Policy

LASER = "laser"
TREATMENT, TALK = "treatment", "talk"
# What a class of treatment asks for. A clinic sets its own under Catalogue.
RULES: dict[str, dict[str, Any]] = {
    "consultation": {"room_kind": TALK},
    "injectable": {
        "room_kind": TREATMENT,
        "buffer_after": 10,
        "consultation_first": True,
        "reflection_days": 1,
        "law_calls_it": "dermal_filler",
        "pom": True,
        "needs_review": True,
        "recall_days": 120,
    },
    "laser": {
        "room_kind": TREATMENT,
        "device_kind": LASER,
        "buffer_after": 15,
        "needs_review": True,
        "recall_days": 42,
    },
    "surgical": {
        "room_kind": TREATMENT,
        "buffer_before": 30,
        "buffer_after": 30,
        "consultation_first": True,
    },
    "skin": {"room_kind": TREATMENT, "buffer_after": 10},
}
KINDS = (
    ("consultation", "Consultation", False),
    ("injectable", "Injectable", False),
    ("laser", "Laser and light", False),
    ("skin", "Skin", False),
    ("surgical", "Surgery", True),
)
OPENS, NOON, AFTER, CLOSES = time(9), time(13), time(13, 45), time(18)
SINCE = date(2026, 1, 1)


def furnish(*, policy: "Policy", practitioner: str) -> None:
    """Give each site rooms and a laser, and the practitioner services and hours.

    `practitioner` is the sign-in address of whoever sees people. Done again, it
    changes nothing that is there.
    """
    from candour.accounts import actions as accounts
    from candour.accounts import queries as staff
    from candour.appointments import plans, sites
    from candour.appointments.actions import hours
    from candour.catalogue import actions, queries

    actions.set_kinds(KINDS)
    for service in queries.menu():
        rules = RULES.get(service.kind, {"room_kind": TREATMENT})
        actions.set_rules(service=service, rules=rules)
    held = {(room.site, room.name) for room in queries.rooms()}
    places = [place.slug for place in sites.of(policy)]
    for site in places:
        for name, kinds in (("Room 1", [TALK, TREATMENT]), ("Room 2", [TREATMENT])):
            if (site, name) not in held:
                actions.add_room(site=site, name=name, kinds=kinds)
        if not queries.devices(site=site):
            actions.add_device(site=site, name="Laser", kind=LASER)
    member = staff.staff_by_email(practitioner)
    if member is None:
        return
    accounts.set_practice(staff=member, services=[s.pk for s in queries.menu()])
    if plans.hours(member, on=SINCE):
        return
    for weekday in range(5):
        for opens, closes in ((OPENS, NOON), (AFTER, CLOSES)):
            hours.add_hours(
                staff=member,
                site=places[0],
                weekday=weekday,
                opens=opens,
                closes=closes,
                valid_from=SINCE,
            )
