"""The no to marketing that outlives an erasure: hashed addresses, nothing else."""

from datetime import datetime

from candour.consent import actions as consent
from candour.consent.models import Permission, Suppression
from candour.people.models import ContactPoint
from candour.people.normal import PHONES
from candour.register.permit import Permit

WHY = "A fingerprint of the address, so that we never write to it by mistake."
ARTICLE = "UK GDPR Article 21(3)"


def addresses(person_id: int, *, permit: Permit) -> list[tuple[str, str]]:
    """Return (channel, address) for each way by which the person refused marketing.

    The address counts even where somebody else uses it too: if in doubt, nobody is
    written to.
    """
    refused = Permission.objects.filter(
        person=person_id,
        state__in=("withdrawn", "objected"),
        purpose__in=permit.policy.marketing.purposes,
    )
    found = set()
    for channel in refused.values_list("channel", flat=True):
        kinds = PHONES if channel in PHONES else (channel,)
        held = ContactPoint.objects.filter(person=person_id, channel__in=kinds)
        found |= {(channel, key) for key in held.values_list("value_key", flat=True)}
    return sorted(found)


def keep(person_id: int, *, permit: Permit, at: datetime) -> list[int]:
    """Keep the no for each of those addresses; return the numbers of the rows."""
    refused = addresses(person_id, permit=permit)
    for channel, key in refused:
        consent.remember_no(channel=channel, value_key=key, at=at)
    hashes = [consent.suppression_hash(channel, key) for channel, key in refused]
    kept = Suppression.objects.filter(hash__in=hashes).order_by("pk")
    return list(kept.values_list("pk", flat=True))


def count(rows: list[int]) -> int:
    """Return how many of those rows are there."""
    return Suppression.objects.filter(pk__in=rows).count()
