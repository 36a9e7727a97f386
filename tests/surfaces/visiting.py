"""Visiting the public site the way a browser does: read a page, fill in its form."""

import re
from html.parser import HTMLParser
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

LINK = re.compile(r"http://localhost:8000(/your-data/link/\S+)")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def text_of(response: Any) -> str:
    """Return a page's source."""
    return str(response.content.decode())


def form_at(client: Client, path: str) -> dict[str, Any]:
    """Return what the form at `path` sends along before anything is filled in."""
    return dict(HIDDEN.findall(text_of(client.get(path))))


class Controls(HTMLParser):
    """Collects the controls of a page: name, type, value, and whether it is ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.texts: dict[str, str] = {}
        self._inside: str | None = None

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        """Note an input, or the start of a text."""
        said = dict(attributes)
        if tag in {"input", "textarea", "select"}:
            self.found.append({"tag": tag, **said})
        if tag == "textarea":
            self._inside = said["name"]
            self.texts[str(said["name"])] = ""

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a text."""
        if tag == "textarea":
            self._inside = None

    def handle_data(self, data: str) -> None:
        """Note what stands in a text."""
        if self._inside is not None:
            self.texts[self._inside] += data


def controls(response: Any) -> Controls:
    """Return the controls of a page as a browser would see them."""
    parser = Controls()
    parser.feed(text_of(response))
    return parser


def work() -> None:
    """Do what waits in the queue, as the worker does, until nothing waits."""
    for _ in range(20):
        jobs = list(ProcrastinateJob.objects.filter(status="todo").order_by("id"))
        if not jobs:
            return
        for job in jobs:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
            app.tasks[job.task_name].func(**job.args)
    raise AssertionError("the queue does not empty")


def link_in(letter: EmailMessage) -> str:
    """Return the path of the link in a letter."""
    [path] = LINK.findall(str(letter.body))
    return str(path)
