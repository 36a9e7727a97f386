"""What the public site writes to people. A subject says nothing of anybody."""

from django.conf import settings
from django.urls import reverse

from candour.policy.compile import Policy
from candour.policy.vocabulary import RecordClass


def acknowledgement(policy: Policy, secret: str, *, offers: bool) -> tuple[str, str]:
    """Return subject and text of the note that a question has come in.

    It does not repeat the question: an address may be mistyped, or read by others. Its
    link asks for that; `offers` says that news and offers wait for the answer.
    """
    keeping = policy.retention_of(RecordClass.ENQUIRY)
    paragraphs = [
        "Hello,",
        "we have your question. A person reads it and answers you, and only about what"
        " you asked.",
        "Was it you who wrote to us? Please tell us here:",
        f"{settings.BASE_URL}{reverse('public:address', args=[secret])}",
        "You also ticked news and offers. They begin when you say yes there, and not"
        " before. There you can stop them too, at any time."
        if offers
        else "",
        "If it was not you, somebody gave us your address by mistake. Say so on the"
        " same page, and we write to it no more.",
        keeping.says if keeping else "",
        f"Our privacy notice: {settings.BASE_URL}{reverse('public:notice')}",
        policy.clinic,
    ]
    body = "\n\n".join(filter(None, paragraphs)) + "\n"
    return f"{policy.clinic}: we have your question", body
