"""The app `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Loads nothing by itself."""

    name = "candour.files"
