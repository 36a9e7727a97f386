"""Which constraint an error is about. Another one broken is another fault."""

from django.db import IntegrityError


def broken(error: IntegrityError) -> str:
    """Return the name of the constraint that the database says was broken, or ""."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
