"""What can go wrong, in sentences a person may read.

Raise one of these where the cause is known and catch it at the edge. The docstring is
the sentence shown; `code` is for programs and never changes. No personal data in any.
"""

from http import HTTPStatus
from typing import ClassVar


class CandourError(Exception):
    """Something went wrong here. It has been recorded."""

    code: ClassVar[str] = "error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __str__(self) -> str:
        said = self.args[0] if self.args else self.__doc__ or ""
        return " ".join(str(said).split())


class NotFound(CandourError):
    """There is nothing here, or it is not yours to see."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND


class Invalid(CandourError):
    """That cannot be accepted as it stands."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class Conflict(CandourError):
    """Somebody else changed this first. Look again before you go on."""

    code = "conflict"
    status = HTTPStatus.CONFLICT


class Expired(CandourError):
    """This link has expired. Ask again and we will send a new one."""

    code = "expired"
    status = HTTPStatus.GONE


class Unavailable(CandourError):
    """We cannot reach our records just now, so nothing was saved. Please try again."""

    code = "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Misconfigured(CandourError):
    """Candour is not set up fully."""

    code = "misconfigured"


class Tampered(CandourError):
    """A sealed value does not open: it was changed, moved, or its key is gone."""

    code = "tampered"


class Refused(CandourError):
    """The privacy notice does not allow this use of the data."""

    code = "refused"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, *, clause: str, reason: str, purpose: str = "") -> None:
        super().__init__(reason)
        self.clause = clause
        self.reason = reason
        self.purpose = purpose
