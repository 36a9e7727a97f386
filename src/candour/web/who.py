"""Who is asking. The actor is made here, once; everything below is told."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from candour.accounts import queries as accounts
from candour.core import actor, clock
from candour.core.actor import VISITOR, Actor
from candour.core.errors import NotFound
from candour.policy.compile import Policy
from candour.policy.terms import Reach

SECOND_STEP = "second-step"
_MEMBER = "candour.member"
_REQUESTS = "requests"  # of the session: ref of request -> ref of person, until when
VISIT = timedelta(hours=2)
# Page of the desk -> purpose.
PAGES = {
    "calendar": "appointments",
    "enquiries": "enquiry",
    "patients": "appointments",
    "requests": "rights",
    "stock": "product-safety",
}


@dataclass(frozen=True, slots=True)
class Member:
    """The member of staff who is signed in, with the roles held at this moment."""

    ref: UUID
    name: str
    roles: tuple[str, ...]
    second_factor: bool

    @property
    def role(self) -> str:
        """Return the first role in words, for the top of the page."""
        return self.roles[0].replace("-", " ").capitalize() if self.roles else ""


def member(request: HttpRequest) -> Member | None:
    """Return who is signed in, or None: for a visitor, or somebody who left."""
    if _MEMBER not in request.META:
        request.META[_MEMBER] = _member(request)
    found: Member | None = request.META[_MEMBER]
    return found


def _member(request: HttpRequest) -> Member | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    staff = accounts.staff_of(user.pk)
    if staff is None:
        return None
    roles = accounts.roles_at(staff, at=clock.now())
    return Member(staff.ref, staff.name, tuple(roles), is_mfa_enabled(user))


def took_second_step(request: HttpRequest) -> bool:
    """Return whether this visit, and not only the account, has its second step.

    A session from before the account had one began with a password alone: it may have
    been somebody else's, and must not grow into a whole one.
    """
    said = get_authentication_records(request, request.user)
    return SECOND_STEP in request.session or any(r["method"] == "mfa" for r in said)


def set_up_second_step(request: HttpRequest) -> None:
    """Write down that this visit set up the account's first second step."""
    request.session[SECOND_STEP] = True


def staff(
    request: HttpRequest, *, policy: Policy, purpose: str, reach: Reach = Reach.ONE
) -> Actor:
    """Return the signed-in member of staff in the role that fits the purpose.

    With several roles it is the first that the policy allows; with none that it
    allows, the first one held, so that the refusal can name it.
    """
    found = member(request)
    if found is None:
        raise NotFound
    fitting = (r for r in found.roles if policy.decide(r, purpose, reach).allowed)
    return actor.staff(found.ref, next(fitting, next(iter(found.roles), "")))


def menu(request: HttpRequest, policy: Policy) -> dict[str, bool]:
    """Return which pages of the desk a role of theirs may open, by name.

    An entry that the notice refuses is not offered. Its page refuses all the same.
    """
    found = member(request)
    roles = found.roles if found else ()
    offered = {
        page: any(policy.decide(role, purpose, Reach.DAY).allowed for role in roles)
        for page, purpose in PAGES.items()
    }
    # Forms are of no person: who cares for patients builds them, and a manager.
    cares = any(policy.decide(role, "care").allowed for role in roles)
    return {**offered, "forms": cares or "manager" in roles}


def visitor() -> Actor:
    """Return the actor for somebody on the public site whom we do not know."""
    return VISITOR


def remember(request: HttpRequest, ref: UUID, person: UUID, visit: str) -> None:
    """Keep an identified person's request for this visit, under a new session key.

    The key changes so that a session planted before cannot be carried across. A visit
    lasts two hours: what a link opened does not stay open on a shared computer.
    """
    request.session.cycle_key()
    until = clock.now() + VISIT
    kept = dict(request.session.get(_REQUESTS, {}))
    said = [str(person), until.timestamp(), visit]
    request.session[_REQUESTS] = {**kept, str(ref): said}


def asking(request: HttpRequest, ref: UUID) -> Actor:
    """Return the person whose request `ref` is, when this visit has proved it.

    Raises NotFound otherwise: whether somebody else's request exists is not said.
    """
    kept = request.session.get(_REQUESTS, {})
    person, until, visit = kept.get(str(ref), ("", 0, ""))
    if until < clock.now().timestamp():
        raise NotFound
    return actor.person(person, visit=visit)
