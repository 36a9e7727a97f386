"""Cases about cookies, adverts, and numbers typed into a form."""

from typing import Any

from candour.law.adverts import Advert, may_publish
from candour.law.cookies import Choice, DeviceUse, Storage, may_store
from candour.law.numbers import (
    holds_card_number,
    holds_security_code,
    is_nhs_number,
)
from candour.law.vectors.clinics import clinic
from candour.law.vectors.read import Given

Answer = dict[str, Any]

# What a cookie is for, where the case only names the cookie.
_COOKIES = {
    "sessionid": DeviceUse.NECESSARY,
    "csrftoken": DeviceUse.NECESSARY,
    "cookie_choice": DeviceUse.NECESSARY,
    "_ga": DeviceUse.ANALYTICS,
    "_gid": DeviceUse.ANALYTICS,
    "_fbp": DeviceUse.ADVERTISING,
    "_gcl_au": DeviceUse.ADVERTISING,
    "email_pixel": DeviceUse.TRACKING,
}
_PURPOSES = {
    "login_session": DeviceUse.NECESSARY,
    "login": DeviceUse.NECESSARY,
    "session": DeviceUse.NECESSARY,
    "authentication": DeviceUse.NECESSARY,
    "csrf": DeviceUse.NECESSARY,
    "csrf_protection": DeviceUse.NECESSARY,
    "security": DeviceUse.NECESSARY,
    "load_balancing": DeviceUse.NECESSARY,
    "transmission": DeviceUse.NECESSARY,
    "basket": DeviceUse.NECESSARY,
    "payment": DeviceUse.NECESSARY,
    "cookie_choice": DeviceUse.NECESSARY,
    "remember_cookie_choice": DeviceUse.NECESSARY,
    "consent_record": DeviceUse.NECESSARY,
    "statistics_improve_service": DeviceUse.STATISTICS,
    "statistics": DeviceUse.STATISTICS,
    "analytics": DeviceUse.ANALYTICS,
    "remember_user_setting": DeviceUse.APPEARANCE,
    "appearance": DeviceUse.APPEARANCE,
    "language": DeviceUse.APPEARANCE,
    "emergency": DeviceUse.EMERGENCY,
    "emergency_assistance": DeviceUse.EMERGENCY,
    "emergency_location": DeviceUse.EMERGENCY,
    "advertising": DeviceUse.ADVERTISING,
    "ad_profiling": DeviceUse.ADVERTISING,
    "open_tracking": DeviceUse.TRACKING,
}
_WHERE_PAID = {"checkout", "payment", "deposit"}
_OPTIONAL = frozenset(DeviceUse) - {DeviceUse.NECESSARY}
_CHOICES: dict[str, frozenset[DeviceUse]] = {
    "accept_all": _OPTIONAL,
    "accept_analytics": frozenset({DeviceUse.ANALYTICS, DeviceUse.STATISTICS}),
    "accept_statistics": frozenset({DeviceUse.ANALYTICS, DeviceUse.STATISTICS}),
    "accept_advertising": frozenset({DeviceUse.ADVERTISING}),
    "accept_appearance": frozenset({DeviceUse.APPEARANCE}),
}


def cookie(given: Given) -> Answer:
    """Answer a case about storing something, or about a page when nothing is."""
    if not given.known("cookie") and given.known("page"):
        return {"set": True, "reason": "service_works_without_consent"}
    promised = given.flag(
        "clinic_prior_consent_promise",
        clinic(given.text("clinic")).cookies_after_consent,
    )
    verdict = may_store(
        _storage(given),
        _choice(given),
        on=given.day("on"),
        prior_consent_promised=promised,
    )
    return {"set": verdict.allowed, "reason": verdict.reason}


def _use(given: Given) -> DeviceUse:
    purpose = given.text("purpose", given.text("new_purpose"))
    if purpose == "fraud_prevention":
        paid_here = given.text("page") in _WHERE_PAID
        return DeviceUse.NECESSARY if paid_here else DeviceUse.OTHER
    named = _COOKIES.get(given.text("cookie"), DeviceUse.OTHER)
    return _PURPOSES.get(purpose, DeviceUse.OTHER) if purpose else named


def _storage(given: Given) -> Storage:
    return Storage(
        use=_use(given),
        own=given.flag("first_party", not given.flag("third_party")),
        sole_purpose=given.flag("sole_purpose", not given.known("also")),
        shared=given.flag("shared") or given.flag("shared_for_ads"),
        told=given.flag("info_given"),
        easy_objection=given.flag("easy_objection"),
        objected=given.flag("objected"),
    )


def _choice(given: Given) -> Choice:
    said = given.text("choice")
    accepts = _CHOICES.get(said, frozenset())
    if not said and given.text("browser_setting").startswith("user"):
        # Controls the visitor set themselves are a choice (reg 6); defaults are not.
        said = given.text("browser_setting")
        accepts = _OPTIONAL if "accept" in said else frozenset()
    seen, current = (
        given.number("banner_version_at_choice"),
        given.number("current_banner_version"),
    )
    if given.known("new_purpose") and seen is not None and seen != current:
        new = _PURPOSES.get(given.text("new_purpose"), DeviceUse.OTHER)
        accepts -= {new}
    return Choice(
        decided=bool(said),
        accepts=accepts,
        fair=given.flag("banner_has_equal_reject", default=True),
        withdrawn=given.flag("withdrawn"),
    )


def campaign(given: Given) -> Answer:
    """Answer a case about a text for the public."""
    verdict = may_publish(Advert(given.text("text"), given.number("target_min_age")))
    answer: Answer = {"publish": verdict.allowed}
    return answer if verdict.allowed else answer | {"reason": verdict.reason}


def card_data(given: Given) -> Answer:
    """Answer a case about what a field may keep of a payment card."""
    written = [str(value) for key, value in given.facts.items() if key != "field"]
    codes = {"cvv", "cvv2", "cvc", "cvc2", "cv2", "security_code"}
    if given.known(*codes) or any(holds_security_code(text) for text in written):
        return {"accepted": False, "reason": "cvv_never_stored"}
    if any(holds_card_number(text) for text in written):
        return {"accepted": False, "reason": "pan_detected"}
    return {"accepted": True}


def nhs_number(given: Given) -> Answer:
    """Answer a case about an NHS number."""
    return {"valid": is_nhs_number(str(given.raw("value")).strip())}
