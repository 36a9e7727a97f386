"""Reading forms: which there are, which version is in use. They are of no person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from candour.core.errors import NotFound
from candour.questionnaires.definition import Definition
from candour.questionnaires.models import Questionnaire
from candour.questionnaires.reading import of_data


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a form, read and ready to be asked."""

    pk: int
    ref: UUID
    key: str
    version: int
    title: str
    state: str
    edition: int
    form: Definition
    sha256: str
    edited_at: datetime
    edited_by: str
    published_at: datetime | None
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A form in the list: its draft, the version in use, how many there were."""

    key: str
    title: str
    draft: int | None
    published: int | None
    published_at: datetime | None
    edited_at: datetime
    versions: int


def of_row(row: Questionnaire) -> Version:
    """Return a version as everybody but the actions sees it."""
    return Version(
        pk=row.pk,
        ref=row.ref,
        key=row.key,
        version=row.version,
        title=row.title,
        state=row.state,
        edition=row.edition,
        form=of_data(row.definition),
        sha256=row.sha256,
        edited_at=row.edited_at,
        edited_by=row.edited_by,
        published_at=row.published_at,
        published_by=row.published_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
    )


def listed() -> list[Listed]:
    """Return every form once, by title; definitions are not read."""
    rows: Iterable[Any] = Questionnaire.objects.order_by("key", "-version").values(
        "key", "version", "title", "state", "published_at", "edited_at"
    )
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_key.setdefault(row["key"], []).append(row)
    found = [_listed(key, rows) for key, rows in by_key.items()]
    return sorted(found, key=lambda one: (one.title.casefold(), one.key))


def _listed(key: str, rows: list[dict[str, Any]]) -> Listed:
    draft = next((row for row in rows if row["state"] == "draft"), None)
    issued = next((row for row in rows if row["state"] != "draft"), None)
    used = issued if issued and issued["state"] == "published" else None
    return Listed(
        key=key,
        title=(used or rows[0])["title"],
        draft=draft["version"] if draft else None,
        published=used["version"] if used else None,
        published_at=used["published_at"] if used else None,
        edited_at=rows[0]["edited_at"],
        versions=len(rows),
    )


def of_key(key: str) -> list[Version]:
    """Return every version of a form, newest first. Raises NotFound for none."""
    rows = Questionnaire.objects.filter(key=key).order_by("-version")
    found = [of_row(row) for row in rows]
    if not found:
        raise NotFound
    return found


def one(key: str, version: int) -> Version:
    """Return one version. Raises NotFound."""
    row = Questionnaire.objects.filter(key=key, version=version).first()
    if row is None:
        raise NotFound
    return of_row(row)


def draft(key: str) -> Version:
    """Return the draft of a form. Raises NotFound when there is none."""
    row = Questionnaire.objects.filter(key=key, state="draft").first()
    if row is None:
        raise NotFound
    return of_row(row)


def newest(key: str) -> Version | None:
    """Return the version in use: the last that was published, unless withdrawn."""
    row = _issued().filter(key=key).order_by("-version").first()
    return of_row(row) if row is not None and row.state == "published" else None


def in_use() -> list[Version]:
    """Return the version in use of each form, by title."""
    rows = _issued().order_by("key", "-version").distinct("key")
    found = [of_row(row) for row in rows if row.state == "published"]
    return sorted(found, key=lambda one: one.title.casefold())


def before(version: Version) -> Version | None:
    """Return the last version that was in use before this one, or None."""
    rows = _issued().filter(key=version.key, version__lt=version.version)
    row = rows.order_by("-version").first()
    return of_row(row) if row is not None else None


def _issued() -> "models.QuerySet[Questionnaire]":
    return Questionnaire.objects.exclude(state="draft")
