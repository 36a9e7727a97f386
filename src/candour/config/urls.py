"""Every address of the system, surface by surface."""

from django.urls import include, path

urlpatterns = [
    path("", include("candour.public.urls")),
    path("desk/", include("candour.desk.urls")),
    path("", include("candour.web.urls")),
]

handler400 = "candour.web.errors.bad_request"
handler403 = "candour.web.errors.forbidden"
handler404 = "candour.web.errors.not_found"
handler500 = "candour.web.errors.server_error"
