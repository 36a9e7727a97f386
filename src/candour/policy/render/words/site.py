"""Cookies and the like: what each is, and what the policy's uses of them are called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownCookie:
    """A cookie that this software sets itself."""

    why: str
    lasts: str


KNOWN = {
    "sessionid": KnownCookie(
        "Keeps your place while you sign in or fill in a form. It holds a random"
        " number and nothing about you.",
        "Until you sign out or close your browser, 12 hours at most",
    ),
    "csrftoken": KnownCookie(
        "Stops other sites from sending our forms in your name. It holds a random"
        " number and nothing about you.",
        "One year",
    ),
}

USES = {
    "strictly-necessary": "To make the site work",
    "improvement": "To make our site better",
    "experience": "To make our site better",
    "statistics": "To count visits",
    "analytics": "To count visits",
    "usage": "To see how our site is used",
    "activity": "To see which pages are read",
    "behaviour": "To fit what we show to you",
    "advertising": "To show our adverts on other sites",
}

NEEDS = {
    "choice": "Your yes",
    "objection": "Nothing, but you can say no",
    "nothing": "Nothing: the site does not work without it",
}
