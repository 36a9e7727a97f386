"""The public site's addresses. Nothing personal is ever in one."""

from django.urls import path

from candour.public.views import enquiry, home, mailbox, notice

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
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:id>/", mailbox.message, name="mailbox-message"),
]
