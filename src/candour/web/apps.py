import logging

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "candour.web"
    label = "web"

    def ready(self) -> None:
        """Keep personal data out of what Django logs of a request that failed."""
        from candour.web.journal import NothingPersonal

        logging.getLogger("django.request").addFilter(NothingPersonal())
