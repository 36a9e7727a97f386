"""Reading the menu."""

from candour.catalogue.models import Service


def menu() -> list[Service]:
    """Return the services on offer, in the clinic's order."""
    return list(Service.objects.filter(active=True))
