"""A demonstration's consent words and stock, and who may treat and prescribe."""

from datetime import datetime

from candour.core.actor import system
from candour.core.clock import local_date

# Numbers of the right form; who stands under them is nobody real.
REGISTERED = {"prescriber": ("GMC", "0000001"), "practitioner": ("NMC", "00A0001O")}


def furnish(*, prescriber: str, practitioner: str, at: datetime) -> None:
    """Put words of consent and stock in place, and let two of the staff treat.

    They are named by their sign-in addresses. Done again, it changes nothing that is
    there.
    """
    from candour.accounts import actions as accounts
    from candour.accounts import queries as staff
    from candour.catalogue import queries as catalogue
    from candour.records import shelf

    shelf.furnish(by=system("demo"), at=at, on=local_date(at))
    for role, address in (("prescriber", prescriber), ("practitioner", practitioner)):
        member = staff.staff_by_email(address)
        if member is None:
            continue
        if not member.registrations.exists():
            register, number = REGISTERED[role]
            accounts.register(staff=member, register=register, number=number)
        if not member.practises.exists():
            services = [one.pk for one in catalogue.menu()]
            accounts.set_practice(staff=member, services=services)
