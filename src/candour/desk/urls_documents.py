"""The addresses of a patient's files."""

from django.urls import path

from candour.desk.views import documents

FILE = "patients/<uuid:ref>"

pages = [
    path(f"{FILE}/documents/", documents.documents, name="patient-documents"),
    path(
        f"{FILE}/documents/proofs/", documents.proofs, name="patient-documents-proofs"
    ),
    path(
        f"{FILE}/documents/add/<slug:kind>/",
        documents.add,
        name="patient-documents-add",
    ),
    path("files/<uuid:ref>/", documents.file, name="file"),
    path(
        "files/<uuid:ref>/small/", documents.file, {"what": "small"}, name="file-small"
    ),
    path(
        "files/<uuid:ref>/large/", documents.file, {"what": "large"}, name="file-large"
    ),
]
