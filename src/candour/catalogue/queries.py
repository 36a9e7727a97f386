"""Reading the menu, and what stands beside it."""

from candour.catalogue.models import Service, Window


def menu() -> list[Service]:
    """Return the services on offer, in the clinic's order."""
    return list(Service.objects.filter(active=True))


def window() -> Window | None:
    """Return what the front page says beside the menu, if it was ever written."""
    return Window.objects.first()
