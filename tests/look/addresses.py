"""Every name that a template may link to, each leading nowhere.

The real addresses are the surfaces'; a page is looked at without them.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from candour.desk import urls_documents, urls_forms, urls_people, urls_records
from candour.desk.urls_diary import pages as diary_pages


def nowhere(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Answer nothing: these pages are looked at, not walked through."""
    return HttpResponse(status=204)


public = [
    path("", nowhere, name="home"),
    path("brand.css", nowhere, name="brand-css"),
    path("privacy/", nowhere, name="notice"),
    path("privacy/notice.pdf", nowhere, name="notice-pdf"),
    path("privacy/versions/<uuid:ref>/", nowhere, name="notice-version"),
    path("cookies/", nowhere, name="cookies"),
    path("enquiry/", nowhere, name="enquiry"),
    path("enquiry/thanks/", nowhere, name="enquiry-thanks"),
    path("your-data/", nowhere, name="your-data"),
    path("your-data/sent/", nowhere, name="your-data-sent"),
    path("your-data/<uuid:ref>/", nowhere, name="request"),
    path("your-data/<uuid:ref>/download/", nowhere, name="request-download"),
    path("your-data/<uuid:ref>/erase/", nowhere, name="request-erase"),
    path("your-data/<uuid:ref>/certificate/", nowhere, name="certificate"),
    path("your-address/<str:token>/", nowhere, name="address"),
    path("stop/", nowhere, name="stop"),
    path("stop/done/", nowhere, name="stopped"),
    path("post/", nowhere, name="mailbox"),
    path("post/<str:id>/", nowhere, name="mailbox-message"),
]
desk = [
    path("", nowhere, name="today"),
    path("enquiries/", nowhere, name="enquiries"),
    path("enquiries/<uuid:ref>/", nowhere, name="enquiry"),
    *(
        path(str(one.pattern), nowhere, name=str(one.name))
        for one in urls_records.pages
    ),
    *(path(str(one.pattern), nowhere, name=str(one.name)) for one in urls_people.pages),
    *(path(str(one.pattern), nowhere, name=str(one.name)) for one in diary_pages),
    *(
        path(str(one.pattern), nowhere, name=str(one.name))
        for one in urls_documents.pages
    ),
    *(path(str(one.pattern), nowhere, name=str(one.name)) for one in urls_forms.pages),
    path(
        "patients/<uuid:ref>/letters/paper/<uuid:thing>/",
        nowhere,
        name="patient-letters-gone",
    ),
    path("paper/", nowhere, name="paper"),
    path("requests/", nowhere, name="requests"),
    path("requests/<uuid:ref>/", nowhere, name="request"),
    path("requests/<uuid:ref>/refuse/", nowhere, name="refuse"),
]
urlpatterns = [
    path("desk/", include((desk, "desk"))),
    path("desk/", include("allauth.urls")),
    path("health", nowhere, name="health"),
    path("", include((public, "public"))),
]
