"""What the pages of photographs show."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from candour.core.clock import local_date
from candour.core.errors import Conflict, NotFound
from candour.desk.forms_prescriptions import PhotographForm
from candour.desk.wording_photographs import MOMENTS, POSES, USES, WORDING
from candour.records import pictured
from candour.records.actions.photographs import may_be_published
from candour.records.pictured import Picture
from candour.records.places import PLACES
from candour.register.permit import Permit

FIRST_SAY = "Say first what the photograph shows."


def grid(person_id: int, ref: UUID, *, permit: Permit) -> dict[str, Any]:
    """Return the photographs of a file by series, those nobody described first."""
    pictures = pictured.photographs(person_id, permit=permit)
    groups: dict[str, list[Picture]] = {}
    for one in pictures:
        if one.shows is not None:
            groups.setdefault(one.shows.series or "Others", []).append(one)
    return {
        "new": [_card(one, ref) for one in pictures if one.shows is None],
        "groups": [
            {
                "title": title,
                "pictures": [_card(one, ref) for one in sorted(found, key=_order)],
                "pairs": _pairs(found, ref),
            }
            for title, found in groups.items()
        ],
        "add": reverse("desk:patient-documents-add", args=[ref, "photograph"]),
        "waiting": reverse("desk:patient-documents", args=[ref]),
    }


def _order(one: Picture) -> tuple[str, str, date]:
    shows = one.shows
    if shows is None:
        return "", "", local_date(one.file.made_at)
    return shows.pose, shows.place, shows.taken_on


def _card(one: Picture, ref: UUID) -> dict[str, Any]:
    shows = one.shows
    return {
        "ref": one.file.ref,
        "small": reverse("desk:file-small", args=[one.file.ref]),
        "large": reverse("desk:file-large", args=[one.file.ref]),
        "url": reverse("desk:patient-photographs-one", args=[ref, one.file.ref]),
        "label": _label(one),
        "moment": MOMENTS[shows.moment] if shows else "",
        "day": shows.taken_on if shows else local_date(one.file.made_at),
        "uses": [USES[use] for use in USES if one.allows(use)],
    }


def _label(one: Picture) -> str:
    if one.shows is None:
        return "Not described yet"
    place = PLACES.get(one.shows.place)
    return (
        f"{place.label if place else one.shows.place}, {POSES[one.shows.pose].lower()}"
    )


def _pairs(found: list[Picture], ref: UUID) -> list[dict[str, str]]:
    """Return the comparisons a series offers: first and last of one pose and place."""
    same: dict[tuple[str, str], list[Picture]] = {}
    for one in found:
        if one.shows is not None:
            same.setdefault((one.shows.pose, one.shows.place), []).append(one)
    address = reverse("desk:patient-photographs-compare", args=[ref])
    pairs = []
    for pictures in same.values():
        ordered = sorted(pictures, key=_order)
        if len(ordered) > 1:
            before, after = ordered[0].file.ref, ordered[-1].file.ref
            url = f"{address}?before={before}&after={after}"
            pairs.append({"label": _label(ordered[0]), "url": url})
    return pairs


def pair(
    person_id: int, ref: UUID, before: UUID, after: UUID, *, permit: Permit
) -> dict[str, Any]:
    """Return two photographs to lay side by side, the earlier one first.

    Raises NotFound unless both are of this person.
    """
    held = pictured.photographs(person_id, permit=permit)
    two = [one for one in held if one.file.ref in {before, after}]
    if len(two) != 2:
        raise NotFound
    two.sort(key=lambda one: _order(one)[2])
    return {
        "before": _card(two[0], ref),
        "after": _card(two[1], ref),
        "same": _label(two[0]) == _label(two[1]),
    }


def described(person_id: int, file: UUID, *, permit: Permit) -> UUID:
    """Return the ref of what a picture shows. Raises Conflict before anybody said."""
    found = pictured.picture(person_id, file, permit=permit)
    if found.shows is None:
        raise Conflict(FIRST_SAY)
    return UUID(str(found.shows.ref))


def one(
    person_id: int, file: UUID, form: PhotographForm, *, permit: Permit
) -> dict[str, Any]:
    """Return one photograph, its form, and what the patient lets be done with it."""
    found = pictured.picture(person_id, file, permit=permit)
    if found.shows is not None and not form.errors:
        form.pose.value, form.place.value = found.shows.pose, found.shows.place
        form.moment.values = [found.shows.moment]
        form.taken.value = found.shows.taken_on.isoformat()
        form.series.value = found.shows.series
    elif found.file.taken_at and not form.errors:
        form.taken.value = local_date(found.file.taken_at).isoformat()
    return {
        "photograph": {
            "ref": found.file.ref,
            "large": reverse("desk:file-large", args=[found.file.ref]),
            "whole": reverse("desk:file", args=[found.file.ref]),
            "label": _label(found),
            "described": found.shows is not None,
        },
        "uses": [_use(found, use, permit) for use in USES],
        "form": form.shown(),
    }


def _use(found: Picture, use: str, permit: Permit) -> dict[str, Any]:
    last = found.uses.get(use)
    given = found.allows(use)
    state, word = ("kept", "Yes") if given else ("quiet", "Not asked")
    if last is not None and not given:
        state, word = "wrong", "No"
    return {
        "slug": use,
        "label": USES[use],
        "state": state,
        "word": word,
        "given": given,
        "at": last.at if last else None,
        "wording": WORDING[use],
        "never": use == "publication" and not may_be_published(permit),
    }
