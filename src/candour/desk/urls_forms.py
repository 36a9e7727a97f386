"""The addresses of forms: building them, and filling them in for a patient."""

from django.urls import path

from candour.desk.views import building, filling

_OF = "patients/<uuid:ref>/forms/"
pages = [
    path(_OF, filling.forms, name="patient-forms"),
    path(f"{_OF}new/<slug:key>/", filling.new, name="patient-forms-new"),
    path(f"{_OF}<uuid:form>/", filling.filled, name="patient-forms-filled"),
    path(
        f"{_OF}<uuid:form>/part/<slug:part>/",
        filling.section,
        name="patient-forms-section",
    ),
    path(f"{_OF}<uuid:form>/finish/", filling.finish, name="patient-forms-finish"),
    path(f"{_OF}<uuid:form>/change/", filling.change, name="patient-forms-change"),
    path("forms/", building.forms, name="forms"),
    path("forms/new/", building.new, name="form-new"),
    path("forms/<slug:key>/", building.form, name="form"),
    path("forms/<slug:key>/<int:version>/", building.preview, name="form-version"),
    path("forms/<slug:key>/<int:version>/export/", building.export, name="form-export"),
    path("forms/<slug:key>/draft/", building.draft, name="form-draft"),
    path("forms/<slug:key>/draft/section/", building.section, name="form-section"),
    path("forms/<slug:key>/draft/question/", building.question, name="form-question"),
    path("forms/<slug:key>/draft/publish/", building.publish, name="form-publish"),
]
