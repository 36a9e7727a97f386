"""Which form is washed how, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Refusal(Exception):
    """This file cannot be washed; the argument is the reason's short name."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a washing gives; `taken_at` is ISO 8601, "" where the file does not say."""

    media_type: str
    parts: Mapping[str, bytes]
    width: int | None = None
    height: int | None = None
    taken_at: str = field(default="")


def washed(form: str, data: bytes) -> Done:
    """Return what is left of a file of this form. Raises Refusal."""
    if form in ("image/jpeg", "image/heic", "image/png"):
        from candour.files.wash import pictures

        return pictures.washed(form, data)
    if form == "application/pdf":
        from candour.files.wash import papers

        return papers.washed(data)
    if form == "application/dicom":
        from candour.files.wash import radiographs

        return radiographs.washed(data)
    raise Refusal("unknown")
