"""What went wrong: pages that must stand with no context at all."""

from tests.look.cast import Page
from tests.look.cast_desk import REFUSED

CODES = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, "csrf")

PAGES: dict[str, Page] = {
    **{f"error-{code}": (f"web/errors/{code}.html", {}) for code in CODES},
    "error-refused": ("web/errors/refused.html", {"refusal": REFUSED["refusal"]}),
}
