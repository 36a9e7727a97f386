"""The app `recipients`."""

from django.apps import AppConfig


class RecipientsConfig(AppConfig):
    """Loads nothing by itself."""

    name = "candour.recipients"
