"""Where people are seen: the sites of the policy, or its brands where it names none."""

from dataclasses import dataclass

from candour.policy.compile import Policy


@dataclass(frozen=True, slots=True)
class Place:
    """A place to come to. What the policy does not say is the empty text."""

    slug: str
    name: str
    address: str
    phone: str
    region: str


def of(policy: Policy) -> list[Place]:
    """Return the places of a clinic; there is always one at least."""
    if policy.sites:
        return [
            Place(s.slug, s.name or s.slug, s.address, s.phone, s.region)
            for s in policy.sites
        ]
    return [Place(b.slug, b.name, "", b.phone, "") for b in policy.brands]
