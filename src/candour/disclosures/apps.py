"""The app `disclosures`."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """Loads nothing by itself."""

    name = "candour.disclosures"
