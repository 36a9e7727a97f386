"""Reading enquiries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.lookups import Unaccent
from django.db.models.functions import Lower

from candour import gate
from candour.core.errors import NotFound
from candour.enquiries.models import Enquiry
from candour.register.permit import Permit, Row

NAME = Lower(Unaccent("person__name"))  # the database sorts by code point
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": ("-received_at", "-pk"),
    "oldest": ("received_at", "pk"),
    "name": (NAME, "-received_at", "-pk"),
    "status": ("status", "-received_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the inbox; `hidden` people are left out because of clause `why`."""

    rows: list[Row]
    total: int
    hidden: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


def inbox(
    *,
    permit: Permit,
    status: str = "",
    people: Sequence[int] | None = None,
    but: Collection[int] = (),
    sort: str = "newest",
    number: int = 1,
    size: int = 25,
) -> Page:
    """Return one page of enquiries; `people` narrows to those a search found.

    `but` leaves people out and does not count them, such as whoever is looking. People
    who restricted their data, or are being erased, are left out and counted.
    """
    rows = Enquiry.objects.all()
    if status:
        rows = rows.filter(status=status)
    if people is not None:
        rows = rows.filter(person__in=people)
    if but:
        rows = rows.exclude(person__in=but)
    admitted = permit.admitted(rows)
    total, everyone = admitted.count(), rows.count()
    number = min(max(1, number), max(1, -(-total // size)))
    ordered = admitted.order_by(*SORTS.get(sort, SORTS["newest"]))
    shown = permit.read(
        ordered[(number - 1) * size : number * size],
        "ref", "status", "received_at", "topics", "source", "brand", "reply_by",
        "message", "person__name",
    )  # fmt: skip
    return Page(shown, total, everyone - total, number, size)


def count_new(*, permit: Permit) -> int:
    """Return how many enquiries nobody has answered or closed yet."""
    return int(permit.admitted(Enquiry.objects.filter(status="new")).count())


def person_of(ref: UUID) -> int:
    """Return the id of the person whose enquiry `ref` is. Raises NotFound."""
    return gate.owner_of(Enquiry, ref)


def enquiry(ref: UUID, *, permit: Permit) -> Row:
    """Return one enquiry in full. Raises NotFound when it is not in scope."""
    found = permit.read(
        Enquiry.objects.filter(ref=ref),
        "ref", "person", "status", "received_at", "answered_at", "topics", "source",
        "brand", "message", "reply_by", "policy", "person__name", "person__ref",
    )  # fmt: skip
    if not found:
        raise NotFound
    return found[0]
