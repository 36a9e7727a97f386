"""Writing the register of recipients: begun from the policy, filled in by staff."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.policy.compile import Policy
from candour.policy.compiled.rules import Recipient as Rule
from candour.policy.vocabulary import expand
from candour.recipients.models import HOME, Recipient

TAKEN = "There is a recipient of this name already."
UNCHECKED = "Say when and how it was made sure who they are, before data goes there."
UNSAFE = (
    "They are outside the United Kingdom. Say which safeguard there is, before data "
    "goes there (UK GDPR Article 46)."
)
NOT_NAMED = "The notice does not name such a recipient, so there is nothing to send."
TOO_MUCH = "The notice does not let these be given to them."
EDITABLE = (
    "name",
    "country",
    "safeguard",
    "contract_until",
    "screened_at",
    "screened_how",
    "fields",
    "email",
    "address",
    "active",
)


def seed(*, policy: Policy, by: str, at: datetime) -> int:
    """Take over those whom a policy names; return how many were new.

    Nobody is active by it: a person first makes sure who they are. What staff wrote of
    one that is there stays.
    """
    known = set(Recipient.objects.values_list("slug", flat=True))
    new = [
        Recipient(**_of_rule(rule), name=called(rule), made_at=at, changed_at=at, by=by)
        for rule in policy.recipients
        # Where only figures go, nothing of a person does.
        if rule.slug not in known and not rule.anonymous
    ]
    # Of two that publish at once, the first one's rows stay.
    Recipient.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def called(rule: Rule) -> str:
    """Return what the policy calls a recipient: its name, or its word in words."""
    said = rule.slug.replace("-", " ")
    return rule.name or (said.upper() if len(said) < 3 else said.capitalize())


def rule_of(policy: Policy, slug: str) -> Rule | None:
    """Return what a policy says of a recipient, or None."""
    return next((one for one in policy.recipients if one.slug == slug), None)


def add(
    *, policy: Policy, slug: str, told: Mapping[str, Any], by: Actor, at: datetime
) -> Recipient:
    """Add one whom the policy names by class: a surgery, a hospital.

    `told` holds fields of EDITABLE. Raises Invalid for a class that the policy does
    not name, a name that is taken, and for one made active without what that takes.
    """
    rule = rule_of(policy, slug)
    if rule is None:
        raise Invalid(NOT_NAMED)
    row = Recipient(**_of_rule(rule), made_at=at)
    return _saved(row, rule, told, by, at)


def change(
    *,
    policy: Policy,
    ref: UUID,
    seen: int,
    told: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Recipient:
    """Change what is known of a recipient; `seen` is the version that was shown.

    Raises Conflict when somebody changed it since, and as `add` does.
    """
    row = Recipient.objects.select_for_update().filter(ref=ref).first()
    if row is None:
        raise NotFound
    if row.version != seen:
        raise Conflict
    row.version += 1
    return _saved(row, rule_of(policy, row.slug), told, by, at)


def _of_rule(rule: Rule) -> dict[str, Any]:
    return {
        "slug": rule.slug,
        "kind": rule.kind,
        "role": rule.role,
        "country": rule.country,
        "safeguard": rule.safeguard,
    }


def _saved(
    row: Recipient,
    rule: Rule | None,
    told: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Recipient:
    for name in EDITABLE:
        if name in told:
            setattr(row, name, told[name])
    if not row.name.strip():
        raise Invalid("Write what they are called.")
    if row.active and row.screened_at is None:
        raise Invalid(UNCHECKED)
    if row.active and row.country != HOME and not row.safeguard:
        raise Invalid(UNSAFE)
    if row.active and rule is None:
        raise Invalid(NOT_NAMED)
    if rule and not rule.declared and not expand(tuple(row.fields)) <= rule.gets:
        raise Invalid(TOO_MUCH)
    row.changed_at, row.by = at, str(by)
    others = Recipient.objects.filter(slug=row.slug, name=row.name).exclude(pk=row.pk)
    if others.exists():
        raise Invalid(TAKEN)
    try:
        row.save()
    except IntegrityError as cause:
        # Two at once gave the same name: the other one was first.
        if "one_of_a_name" in str(cause):
            raise Conflict(TAKEN) from None
        raise
    return row


def is_over(row: Recipient, on: date) -> bool:
    """Say whether the contract with a recipient has run out by a day."""
    return row.contract_until is not None and row.contract_until < on
