"""The addresses of letters, of recipients and of paper."""

from django.urls import path

from candour.desk.views import coming, letters, recipients

FILE = "patients/<uuid:ref>/letters"

pages = [
    path(f"{FILE}/", letters.letters, name="patient-letters"),
    path(f"{FILE}/write/<slug:kind>/", letters.write, name="patient-letters-write"),
    path(f"{FILE}/came/", coming.came, name="patient-letters-came"),
    path(f"{FILE}/paper/", coming.paper, name="patient-letters-paper"),
    path(f"{FILE}/paper/<uuid:thing>/", coming.gone, name="patient-letters-gone"),
    path(f"{FILE}/<uuid:letter>/", letters.letter, name="patient-letters-one"),
    path(f"{FILE}/<uuid:letter>/look/", letters.look, name="patient-letters-preview"),
    path("recipients/", recipients.recipients, name="recipients"),
    path("recipients/add/", recipients.add, name="recipients-add"),
    path("recipients/<uuid:ref>/", recipients.recipient, name="recipient"),
    path("paper/", coming.destroy, name="paper"),
]
