"""Publishing a policy, and writing down what a person was shown."""

from datetime import datetime

from candour.core.errors import Invalid
from candour.notices.models import PolicyVersion, Shown
from candour.policy.compile import Policy
from candour.register.permit import Permit


class Undecided(Invalid):
    """This policy leaves things undecided. A person has to decide them first."""

    code = "undecided"


def publish(
    *, policy: Policy, by: str, at: datetime, demo: bool = False
) -> PolicyVersion:
    """Put `policy` in force; publishing the one already in force changes nothing.

    Raises Undecided while a `decide` is open, unless it is only for a demonstration.
    """
    if policy.open_decisions and not demo:
        keys = ", ".join(open_.key for open_ in policy.open_decisions)
        raise Undecided(f"A person has to decide first: {keys}.")
    newest = PolicyVersion.objects.order_by("-pk").first()
    if newest and newest.hash == policy.hash and newest.demo == demo:
        return newest
    return PolicyVersion.objects.create(
        name=policy.name,
        version=policy.version,
        sources=dict(policy.sources),
        hash=policy.hash,
        published_by=by,
        published_at=at,
        demo=demo,
    )


def shown(
    *, permit: Permit, person_id: int, layer: str, place: str, at: datetime
) -> Shown:
    """Write down that the person was shown `layer` of the notice now in force."""
    return Shown.objects.create(
        person_id=person_id, policy_id=permit.policy_id, layer=layer, place=place, at=at
    )
