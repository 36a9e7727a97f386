"""Reading prescriptions and photographs. Each takes the permit of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from candour.core.errors import NotFound
from candour.files.models import Image
from candour.records.models import (
    Note,
    Photograph,
    PhotographUse,
    Prescription,
    PrescriptionStop,
)
from candour.records.models.photograph import USES
from candour.register.permit import Permit, Row

ORDERED = (
    "ref", "medicine", "drug", "quantity", "directions", "cosmetic",
    "prescriber__name", "profession", "registration", "assessment", "issued_on",
)  # fmt: skip
SHOWN = ("file", "pose", "place", "moment", "series", "taken_on")


def prescriptions(person_id: int, *, permit: Permit) -> list[Row]:
    """Return the prescriptions of a person, newest first, each with its `stop`."""
    rows = permit.read(
        Prescription.objects.filter(person=person_id).order_by("-issued_on", "-pk"),
        *ORDERED,
    )
    stops = permit.read(
        PrescriptionStop.objects.filter(person=person_id),
        "prescription", "reason", "at", "by",
    )  # fmt: skip
    stopped = {row.prescription: row for row in stops}
    return [Row(**vars(row), stop=stopped.get(row.pk)) for row in rows]


def prescription(person_id: int, ref: UUID, *, permit: Permit) -> Row:
    """Return one prescription. Raises NotFound."""
    found = [r for r in prescriptions(person_id, permit=permit) if r.ref == ref]
    if not found:
        raise NotFound
    return found[0]


def seen_in_person(person_id: int, *, permit: Permit, most: int = 30) -> list[Row]:
    """Return the notes of visits in person, newest first: what a prescription needs."""
    rows = Note.objects.filter(person=person_id, mode="in-person")
    return permit.read(rows.order_by("-made_at")[:most], "ref", "kind", "made_at")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, what it shows (None until somebody said), and its uses."""

    file: Row
    shows: Row | None
    uses: dict[str, Row]

    def allows(self, use: str) -> bool:
        """Say whether the last word of the patient on a use was yes."""
        return use in self.uses and self.uses[use].given is True


def photographs(person_id: int, *, permit: Permit) -> list[Picture]:
    """Return the washed pictures of a person, newest first; three reads."""
    files = permit.read(
        Image.objects.filter(person=person_id, state="clean", kind="photograph")
        .exclude(small_name="")
        .order_by("-made_at", "-pk"),
        "ref", "made_at", "taken_at", "width", "height",
    )  # fmt: skip
    shows = permit.read(Photograph.objects.filter(person=person_id), "ref", *SHOWN)
    by_file = {row.file: row for row in shows}
    uses = _uses(person_id, permit)
    return [
        Picture(
            file,
            by_file.get(file.pk),
            uses.get(by_file[file.pk].pk, {}) if file.pk in by_file else {},
        )
        for file in files
    ]


def _uses(person_id: int, permit: Permit) -> dict[int, dict[str, Row]]:
    rows = permit.read(
        PhotographUse.objects.filter(person=person_id).order_by("at", "pk"),
        "photograph", "use", "given", "at", "by", "evidence",
    )  # fmt: skip
    found: dict[int, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row.photograph, {})[row.use] = row
    return found


def picture(person_id: int, file: UUID, *, permit: Permit) -> Picture:
    """Return one picture by the ref of its file. Raises NotFound."""
    pictures = photographs(person_id, permit=permit)
    found = next((one for one in pictures if one.file.ref == file), None)
    if found is None:
        raise NotFound
    return found


def usable(person_id: int, use: str, *, permit: Permit) -> Sequence[Picture]:
    """Return the pictures that the patient lets be used so; whoever shows one asks."""
    permit.must_cover("images")
    if use not in USES:
        raise LookupError(f"{use} is no use of a photograph")
    return [p for p in photographs(person_id, permit=permit) if p.allows(use)]
