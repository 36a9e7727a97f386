"""What the pages of the catalogue show."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from candour.accounts import queries as accounts
from candour.accounts.actions import PROFESSIONAL
from candour.appointments import plans, sites
from candour.catalogue import queries
from candour.desk import forms_catalogue as forms
from candour.desk.wording_diary import AWAY, WEEKDAYS
from candour.policy.compile import Policy

DAYS = tuple(WEEKDAYS.values())


def everything(policy: Policy, *, today: date) -> dict[str, Any]:
    """Return all there is, for desk/catalogue/index.html."""
    prices = queries.prices(on=today)
    places = {place.slug: place.name for place in sites.of(policy)}
    return {
        "services": [
            {
                "url": reverse("desk:catalogue-service", args=[one.ref]),
                "name": one.name,
                "kind": one.kind,
                "minutes": one.minutes,
                "price": money(prices[one.pk].pence) if one.pk in prices else "",
                "active": one.active,
            }
            for one in queries.everything()
        ],
        "rooms": [
            {
                "ref": one.ref,
                "name": one.name,
                "at": places.get(one.site, one.site),
                "kinds": one.kinds,
            }
            for one in queries.rooms()
        ],
        "devices": [
            {
                "ref": one.ref,
                "name": one.name,
                "at": places.get(one.site, one.site),
                "kinds": [one.kind],
            }
            for one in queries.devices()
        ],
        "practitioners": [
            {
                "url": reverse("desk:catalogue-practitioner", args=[one.ref]),
                "name": one.name,
                "gives": len(one.practises.all()),
                "numbers": ", ".join(
                    f"{r.register} {r.number}" for r in one.registrations.all()
                ),
            }
            for one in accounts.practitioners()
        ],
        "closed": [
            {
                "at": places.get(one.site, one.site),
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
            }
            for one in plans.away(None, since=today)
        ],
        "sites": list(places.items()),
        "today": today,
    }


def money(pence: int | None) -> str:
    """Write a price as £295 or £90.50, and nothing where none is said."""
    if pence is None:
        return ""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"


def service(held: Any, typed: QueryDict, *, today: date) -> dict[str, Any]:
    """Return one service, or an empty one; what was typed goes before what is held."""

    def value(name: str) -> Any:
        if name in typed:
            return typed[name]
        found = getattr(held, name, "")
        if isinstance(found, list):
            return ", ".join(found)
        return "" if found is None else found

    ticked = {name: bool(typed.get(name)) for name in forms.TICKS}
    if not typed:
        ticked = {name: bool(getattr(held, name, False)) for name in forms.TICKS}
    return {
        "service": held,
        "name": value("name"),
        "says": value("says"),
        "numbers": [
            {"name": name, "label": label, "value": value(name), "needed": needed}
            for group, needed in ((forms.NUMBERS, True), (forms.OPTIONAL, False))
            for name, label in group.items()
        ],
        "words": [
            {"name": name, "label": label, "value": value(name)}
            for name, label in {**forms.WORDS, **forms.LISTS}.items()
        ],
        "ticks": [
            {"name": name, "label": label, "ticked": ticked[name]}
            for name, label in forms.TICKS.items()
        ],
        "law": list(forms.LAW_WORDS.items()),
        "law_chosen": value("law_calls_it"),
        "prices": [
            {"pence": money(p.pence), "is_from": p.is_from, "on": p.valid_from}
            for p in (held.prices.all() if held else ())
        ],
        "today": today,
    }


def practitioner(member: Any, policy: Policy, *, today: date) -> dict[str, Any]:
    """Return what somebody gives, their numbers, and when they work."""
    gives = {one.service_id for one in member.practises.all()}
    return {
        "member": member,
        "services": [
            {"ref": str(one.ref), "name": one.name, "ticked": one.pk in gives}
            for one in queries.menu()
        ],
        "registrations": accounts.registrations(member),
        "registers": PROFESSIONAL,
        "hours": [
            {"pk": row.pk, "day": DAYS[row.weekday], "row": row}
            for row in plans.hours(member, on=today)
        ],
        "away": [
            {"pk": row.pk, "kind": AWAY[row.kind], "row": row}
            for row in plans.away(member, since=today)
        ],
        "kinds": [one for one in AWAY.items() if one[0] != "closed"],
        "weekdays": list(enumerate(DAYS)),
        "sites": [(s.slug, s.name) for s in sites.of(policy)],
        "today": today,
    }
