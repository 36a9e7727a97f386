"""Who is acting. Made once, at the edge; everything below is told."""

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    """The four kinds of party that can act on a clinic's records."""

    VISITOR = "visitor"
    PERSON = "person"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One party: what kind, which one, and in which role it acts now.

    `ref` is an identifier and never a name: it is written on the trail. `visit` is the
    secret of the visit in which a person proved who they are; it is written nowhere.
    """

    kind: ActorKind
    ref: str
    role: str
    visit: str = field(default="", repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}" if self.ref else str(self.kind)


VISITOR = Actor(ActorKind.VISITOR, "", "visitor")


def system(job: str) -> Actor:
    """Return the actor for a named job, such as `system:send-mail`."""
    return Actor(ActorKind.SYSTEM, job, "system")


def person(ref: object, *, visit: str = "") -> Actor:
    """Return the actor for a data subject acting for themselves, in one visit."""
    return Actor(ActorKind.PERSON, str(ref), "person", visit)


def staff(ref: object, role: str) -> Actor:
    """Return the actor for a member of staff in one of their roles."""
    return Actor(ActorKind.STAFF, str(ref), role)
