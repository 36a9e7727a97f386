"""What the cookie notice says of our own cookies is what the settings do."""

import re

from django.conf import settings

from candour.policy.compile import compile_pack
from candour.policy.render import cookie_notice


def test_the_sign_in_cookie_lasts_as_long_as_it_says() -> None:
    [cookie] = [
        cookie
        for cookie in cookie_notice(compile_pack("model")).cookies
        if cookie.name == settings.SESSION_COOKIE_NAME
    ]
    [hours] = re.findall(r"(\d+) hours", " ".join(map(str, vars_of(cookie))))

    assert int(hours) * 3600 == settings.SESSION_COOKIE_AGE
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_every_cookie_we_set_is_in_the_notice() -> None:
    named = {cookie.name for cookie in cookie_notice(compile_pack("model")).cookies}

    assert named == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def vars_of(cookie: object) -> list[object]:
    """Return what is said of a cookie, field by field."""
    return [getattr(cookie, name) for name in cookie.__slots__]  # type: ignore[attr-defined]
