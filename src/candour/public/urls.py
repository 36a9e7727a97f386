"""The public site's addresses. Nothing personal is ever in one."""

from django.urls import path

from candour.public.views import (
    address,
    data_request,
    enquiry,
    home,
    mailbox,
    notice,
    your_data,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("brand.css", home.brand_css, name="brand-css"),
    path("privacy/", notice.notice, name="notice"),
    path("privacy/notice.pdf", notice.pdf, name="notice-pdf"),
    path("privacy/versions/<uuid:ref>/", notice.earlier, name="notice-version"),
    path("cookies/", notice.cookies, name="cookies"),
    path("enquiry/", enquiry.enquiry, name="enquiry"),
    path("enquiry/thanks/", enquiry.thanks, name="enquiry-thanks"),
    path("your-data/", your_data.ask, name="your-data"),
    path("your-data/sent/", your_data.sent, name="your-data-sent"),
    path("your-data/link/<str:token>/", your_data.link, name="link"),
    path("your-data/<uuid:ref>/", data_request.request_page, name="request"),
    path(
        "your-data/<uuid:ref>/download/", data_request.download, name="request-download"
    ),
    path("your-data/<uuid:ref>/erase/", data_request.erase, name="request-erase"),
    path(
        "your-data/certificate/<uuid:ref>/",
        data_request.certificate,
        name="certificate",
    ),
    path("your-address/<str:token>/", address.address, name="address"),
    path("stop/", address.stop, name="stop"),
    path("stop/done/", address.stopped, name="stopped"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:id>/", mailbox.message, name="mailbox-message"),
]
