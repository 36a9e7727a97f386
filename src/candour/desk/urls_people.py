"""The addresses of people at the desk: finding, registering, the file's own parts."""

from django.urls import path

from candour.desk.views import (
    details,
    insurer,
    joining,
    patients,
    registration,
    timeline,
)

pages = [
    path("patients/", patients.patients, name="patients"),
    path("patients/new/", registration.register, name="register"),
    path("patients/<uuid:ref>/", patients.summary, name="patient"),
    path(
        "patients/<uuid:ref>/register/",
        registration.register_known,
        name="patient-register",
    ),
    path("patients/<uuid:ref>/timeline/", timeline.timeline, name="patient-timeline"),
    path("patients/<uuid:ref>/join/", joining.join, name="patient-join"),
    path(
        "patients/<uuid:ref>/join/<uuid:other>/",
        joining.join_with,
        name="patient-join-with",
    ),
    path("patients/<uuid:ref>/part/<uuid:joined>/", joining.undo, name="patient-part"),
    path("patients/<uuid:ref>/details/", details.details, name="patient-details"),
    path(
        "patients/<uuid:ref>/details/change/",
        details.change,
        name="patient-details-change",
    ),
    path("patients/<uuid:ref>/insurer/", insurer.insurer, name="patient-insurer"),
]
