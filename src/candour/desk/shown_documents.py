"""What the pages of files show, put together from rows inside one unit of work."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from candour.desk import wording
from candour.desk.forms_documents import Adding
from candour.desk.patient import Opened
from candour.files import queries
from candour.files.kinds import FILMS, KINDS, LIMITS, MB, PICTURES, Form, Kind
from candour.files.reasons import SAID
from candour.register.permit import Row

GROUPS = {
    "files_image": ("Photographs, clips and radiographs", "pictures"),
    "files_document": ("Letters, reports and forms", "papers"),
    "files_proof": ("Proofs of who they are", "proofs"),
}
EMPTY = {
    "files_image": "No picture yet. Those you add are cleaned of place and camera "
    "first.",
    "files_document": "No letter or report yet.",
    "files_proof": "No proof yet. A copy is deleted once it has proved what it had to.",
}
ADDABLE = ("photograph", "radiograph", "letter", "report", "form", "consent",
           "identity-proof", "age-proof", "relation-proof")  # fmt: skip
WORDS = {
    "quarantined": ("due", "Being checked"),
    "clean": ("kept", "Checked"),
    "rejected": ("wrong", "Not kept"),
    "gone": ("quiet", "Deleted"),
}
FORMS: dict[str, str] = {
    Form.JPEG: "JPEG",
    Form.HEIC: "HEIC",
    Form.PNG: "PNG",
    Form.PDF: "PDF",
    Form.DICOM: "DICOM",
    Form.MP4: "MP4",
    Form.MOV: "MOV",
}
# Where files come from, in the order a clinic would want; the policy must name it too.
SOURCES = {
    "consultation": "Made at the clinic",
    "in-person": "Brought along",
    "health-professional": "Sent by another professional",
    "email": "Sent by email",
    "post": "Came by post",
    "whatsapp": "Sent by WhatsApp",
    "website-form": "Sent through our site",
}
LOOK_AGAIN = 3  # seconds


def listed(
    opened: Opened,
    tables: tuple[str, ...],
    *,
    may: Callable[[str], bool],
    done: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return the context of desk/documents/list.html."""
    permit = opened.permit
    groups = [
        _group(opened, table) for table in tables if queries.covered(table, permit)
    ]
    waiting = any(f["state"] == "quarantined" for g in groups for f in g["files"])
    proofs = "files_proof" in tables
    other = "desk:patient-documents" if proofs else "desk:patient-documents-proofs"
    purpose = "care" if proofs else "identity-check"
    return {
        "groups": groups,
        "refresh": LOOK_AGAIN if waiting else 0,
        "done": _done(done),
        "problems": done["refused"] if done else [],
        "other": {
            "url": reverse(other, args=[opened.ref]) if may(purpose) else "",
            "label": "Pictures and papers" if proofs else "Proofs of who they are",
        },
    }


def _done(done: dict[str, Any] | None) -> str:
    if not done or not done["kept"]:
        return ""
    count = int(done["kept"])
    what = "1 file is" if count == 1 else f"{count} files are"
    return f"{what} here, and will be shown in a moment."


def _group(opened: Opened, table: str) -> dict[str, Any]:
    title, slug = GROUPS[table]
    rows = queries.of_person(opened.pk, table, permit=opened.permit)
    kinds = [KINDS[slug] for slug in ADDABLE if KINDS[slug].table == table]
    return {
        "title": title,
        "id": slug,
        "empty": EMPTY[table],
        "pictures": table == "files_image",
        "files": [_file(row) for row in rows],
        "add": [
            {
                "label": kind.label,
                "url": reverse(
                    "desk:patient-documents-add", args=[opened.ref, kind.slug]
                ),
            }
            for kind in kinds
            if opened.permit.covers_part(kind.category)
        ],
    }


def _file(row: Row) -> dict[str, Any]:
    state, word = WORDS.get(row.state, ("quiet", "Withheld"))
    kind = wording.given(row.kind)
    media = wording.given(row.media_type) or ""
    here = row.state == "clean" and media != ""
    return {
        "ref": row.ref,
        "label": KINDS[kind].label if kind in KINDS else "Withheld",
        "title": wording.given(row.title) or "",
        "state": row.state,
        "mark": state,
        "word": "Elsewhere" if row.state == "clean" and not media else word,
        "why": SAID.get(str(wording.given(row.because)), ""),
        "day": wording.given(row.taken_at) or row.made_at,
        "form": FORMS.get(media, ""),
        "size": _size(row.size),
        "locator": _locator(row),
        "thumb": reverse("desk:file-small", args=[row.ref])
        if here and row.small_name
        else "",
        "url": reverse("desk:file", args=[row.ref]) if here else "",
        "opens": here and media != Form.DICOM,
        "moves": media in FILMS,
    }


def _locator(row: Row) -> str:
    """Return where a paper is kept, in words; only papers have such a place."""
    return wording.given(row.locator) or "" if "locator" in vars(row) else ""


def _listed(words: list[str], joined_by: str) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"


def _size(size: int) -> str:
    if not size:
        return ""
    if size < MB:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / MB:.1f} MB" if size < 10 * MB else f"{round(size / MB)} MB"


def adding(opened: Opened, kind: Kind, form: Adding) -> dict[str, Any]:
    """Return the context of desk/documents/add.html."""
    permit = opened.permit
    permit.must_cover(kind.category)
    names = [said for form_, said in FORMS.items() if form_ in kind.takes]
    limits = [f"{LIMITS[one] // MB} MB a {what}" for what, one in _largest(kind)]
    sources = [s for s in SOURCES if s in permit.policy.collected_from]
    usual = "consultation" if kind.table == "files_image" else ""
    chosen = form.source or usual
    back = "desk:patient-documents" + ("-proofs" if kind.purpose != "care" else "")
    return {
        "kind": kind.label,
        "slug": kind.slug,
        "several": kind.table == "files_image",
        "takes": f"{_listed(names, 'or')}, up to {_listed(limits, 'and')}.",
        "accept": ",".join(_accept(kind)),
        "most": {form_.value: LIMITS[form_] for form_ in kind.takes},
        "title": form.title,
        "problems": form.problems,
        "sources": {
            "name": "source",
            "legend": "Where it came from",
            "kind": "radio",
            "hint": "",
            "error": form.source_error,
            "why": "",
            "clause": "",
            "across": False,
            "options": [
                {"value": s, "label": SOURCES[s], "hint": "", "checked": s == chosen}
                for s in sources
            ],
        },
        "action": reverse("desk:patient-documents-add", args=[opened.ref, kind.slug]),
        "back": reverse(back, args=[opened.ref]),
        "deleted_when_proved": kind.table == "files_proof",
    }


def _largest(kind: Kind) -> list[tuple[str, Form]]:
    found = []
    if kind.takes & PICTURES:
        found.append(("picture", Form.JPEG))
    if Form.PDF in kind.takes:
        found.append(("PDF", Form.PDF))
    if Form.DICOM in kind.takes:
        found.append(("radiograph", Form.DICOM))
    if kind.takes & FILMS:
        found.append(("clip", Form.MP4))
    return found


def _accept(kind: Kind) -> list[str]:
    """Return what a file chooser offers; the server looks at the bytes all the same."""
    names = {Form.DICOM: [".dcm"], Form.HEIC: ["image/heic", ".heic"]}
    return [
        name for form in Form if form in kind.takes for name in names.get(form, [form])
    ]
