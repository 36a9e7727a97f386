"""The addresses of the diary: days and weeks, visits, who waits, who comes back."""

from django.urls import path

from candour.desk.views import after, catalogue, diary, feeds, visits

pages = [
    path("calendar/", diary.day, name="calendar"),
    path("calendar/list/", diary.listed, name="calendar-list"),
    path("calendar/move/", diary.move, name="calendar-move"),
    path("calendar/yours/", feeds.yours, name="calendar-yours"),
    path("calendar/week/<uuid:ref>/", diary.week, name="calendar-week"),
    path("visits/new/", visits.new, name="visit-new"),
    path("visits/<uuid:ref>/", visits.visit, name="visit"),
    path("visits/<uuid:ref>/move/", visits.move, name="visit-move"),
    path("waiting/", after.waiting, name="waiting"),
    path("waiting/new/", after.wait, name="waiting-new"),
    path("waiting/<uuid:ref>/end/", after.stop_waiting, name="waiting-end"),
    path("recalls/", after.recalls, name="recalls"),
    path("recalls/<uuid:ref>/", after.recall, name="recall"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/services/new/", catalogue.service, name="catalogue-new"),
    path("catalogue/services/<uuid:ref>/", catalogue.service, name="catalogue-service"),
    path(
        "catalogue/staff/<uuid:ref>/",
        catalogue.practitioner,
        name="catalogue-practitioner",
    ),
    path(
        "patients/<uuid:ref>/appointments/",
        visits.of_patient,
        name="patient-appointments",
    ),
]

# Opened by a phone that cannot sign in: the address is the secret.

secret = [
    path("calendar/feed/<str:secret>.ics", feeds.feed, name="calendar-feed"),
]
