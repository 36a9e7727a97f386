"""Publishing a policy, and writing down what a person was shown."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

from candour.core.errors import Invalid
from candour.core.ids import new_ref
from candour.notices.models import PolicyVersion, Shown
from candour.policy.compile import Policy
from candour.recipients import actions as recipients
from candour.register.apply import sign
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
    recipients.seed(policy=policy, by=by, at=at)
    return PolicyVersion.objects.get(pk=_insert(policy, by, at, demo))


def _insert(policy: Policy, by: str, at: datetime, demo: bool) -> int:
    """Put a version in by the one way there is: signed with the clinic's key."""
    told = json.dumps(dict(policy.sources))
    said = f"{policy.hash}|{str(demo).lower()}|{sha256(told.encode()).hexdigest()}"
    key = (Path(settings.KEYS_DIR) / "scope").read_bytes()
    signed = sign(key, said, to="publish")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT notices_publish(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                new_ref(),
                policy.name,
                policy.version,
                told,
                policy.hash,
                by,
                at,
                demo,
                signed,
            ],
        )
        return int(cursor.fetchone()[0])


def shown(
    *, permit: Permit, person_id: int, layer: str, place: str, at: datetime
) -> Shown:
    """Write down that the person was shown `layer` of the notice now in force."""
    return Shown.objects.create(
        person_id=person_id, policy_id=permit.policy_id, layer=layer, place=place, at=at
    )
