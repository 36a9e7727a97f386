"""Nobody opens their own record at the desk: a colleague does.

Staff can be patients and enquirers, too. What they may see of themselves they see as
anybody does, on the public site. A record counts as theirs when it holds the address
that they sign in with, unless that is known to be wrong; where an address is shared,
this keeps a colleague's family from them as well.
"""

from collections.abc import Collection

from django.http import HttpRequest

from candour.core.errors import Invalid, NotFound, Refused
from candour.people import queries as people
from candour.people.normal import email_key
from candour.register.permit import Permit

OWN = (
    "This record holds the email address that you sign in with, so it may be your own."
    " Staff do not open their own record at the desk."
)


def records(request: HttpRequest, *, permit: Permit) -> frozenset[int]:
    """Return the people in scope whose record is that of whoever is signed in."""
    return people.holding("email", _address(request), permit=permit)


def refuse(request: HttpRequest, about: Collection[int], *, permit: Permit) -> None:
    """Raise Refused, by the permit's own clause, if one of them is who asks.

    Raised inside the unit of work: nothing of it is kept, and that it was refused is.
    """
    if records(request, permit=permit).intersection(about):
        raise Refused(clause=permit.decision.clause, reason=OWN, purpose=permit.purpose)


def _address(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        raise NotFound
    said = str(request.user.get_username())
    try:
        return email_key(said)
    except Invalid:
        return said.strip().lower()
