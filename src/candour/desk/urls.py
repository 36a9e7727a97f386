"""The desk's addresses, by noun. Signing in is allauth's, under names of our own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from candour.desk import (
    urls_diary,
    urls_documents,
    urls_forms,
    urls_letters,
    urls_people,
    urls_records,
)
from candour.desk.views import (
    enquiries,
    refusals,
    requests,
    second_step,
    today,
)

pages = [
    path("", today.today, name="today"),
    path("enquiries/", enquiries.inbox, name="enquiries"),
    path("enquiries/<uuid:ref>/", enquiries.enquiry, name="enquiry"),
    *urls_people.pages,
    *urls_diary.pages,
    *urls_documents.pages,
    *urls_records.pages,
    *urls_forms.pages,
    *urls_letters.pages,
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:ref>/", requests.request, name="request"),
    path("requests/<uuid:ref>/refuse/", refusals.refuse, name="refuse"),
]

# Listed one by one: what is not here (signing up, changing the address) has no page.
signing_in = [
    path("", account.login, name="account_login"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("new-password/", account.password_reset, name="account_reset_password"),
    path(
        "new-password/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "new-password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w:-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

your_sign_in = [
    path("", mfa.index, name="mfa_index"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("app/", second_step.first(totp.activate_totp), name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path(
        "passkeys/add/",
        second_step.first(passkeys.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        passkeys.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [
    path("", include((pages, "desk"))),
    path("sign-in/", include(signing_in)),
    *urls_diary.secret,
    path("sign-out/", account.logout, name="account_logout"),
    path("your-sign-in/", include(your_sign_in)),
]
