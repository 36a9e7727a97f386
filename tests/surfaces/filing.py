"""Sending files at the desk, and what is there of them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.files import clean, store
from candour.files.models import Image, Stored
from candour.people.models import Person
from tests.factories import NOON
from tests.surfaces.desk import reading
from tests.surfaces.filed import file_of


def send(
    desk: Client, person: Person, *files: bytes, kind: str = "photograph", **more: Any
) -> Any:
    """Send files as the form does; each under a name that says nothing true."""
    named = [SimpleUploadedFile("holiday.jpg", data, "image/jpeg") for data in files]
    form = {"title": "", "source": "consultation", "file": named}
    return desk.post(file_of(person, f"documents/add/{kind}/"), {**form, **more})


def kept(person: Person) -> list[Any]:
    with reading():
        return list(Image.objects.filter(person=person).order_by("pk"))


def left() -> list[str]:
    return [path.name for path in store.folder().iterdir()]


def wash(row: Stored) -> Any:
    clean.clean(ref=row.ref, at=NOON)
    with reading():
        return type(row).objects.get(pk=row.pk)  # type: ignore[attr-defined]


def opened(desk: Client, person: Person, data: bytes) -> Any:
    """Return the row of a file that was sent and washed."""
    send(desk, person, data)
    return wash(kept(person)[-1])
