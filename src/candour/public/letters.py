"""What the public site writes to people. A subject says nothing of anybody."""

from django.conf import settings
from django.urls import reverse

from candour.policy.compile import Policy
from candour.policy.vocabulary import RecordClass


def acknowledgement(policy: Policy) -> tuple[str, str]:
    """Return subject and text of the note that a question has come in.

    It does not repeat the question: an address may be mistyped, or read by others.
    """
    keeping = policy.retention_of(RecordClass.ENQUIRY)
    kept = f"{keeping.says}\n\n" if keeping else ""
    body = (
        "Hello,\n\n"
        "we have your question. A person reads it and answers you, and only about what"
        " you asked.\n\n"
        f"{kept}"
        f"Our privacy notice: {settings.BASE_URL}{reverse('public:notice')}\n"
        "To have a copy of what we hold about you, or have it erased:"
        f" {settings.BASE_URL}{reverse('public:your-data')}\n\n"
        "If you did not write to us, somebody gave us your address by mistake. Tell us,"
        " or have it erased at the address above.\n\n"
        f"{policy.clinic}\n"
    )
    return f"{policy.clinic}: we have your question", body
