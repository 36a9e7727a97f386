"""How the desk says what is in the patient file."""

from types import MappingProxyType

ALERTS = MappingProxyType(
    {
        "allergy": "Allergy",
        "medicine": "Medicine",
        "condition": "Condition",
        "pregnancy": "Pregnancy",
        "implant": "Implant",
        "infection": "Infection",
        "reaction": "Reaction before",
        "other": "Something else",
    }
)
WEIGHTS = MappingProxyType(
    {
        "danger": ("Danger", "Could cost a life or do lasting harm."),
        "care": ("Take care", "Changes what is done, or how."),
    }
)
WEIGHT_MARKS = MappingProxyType({"danger": "wrong", "care": "due"})
NOTES = MappingProxyType(
    {
        "consultation": "Consultation",
        "treatment": "Treatment",
        "review": "Review",
        "advice": "Advice",
        "conversation": "Conversation",
        "other": "Something else",
    }
)
MODES = MappingProxyType(
    {
        "in-person": "In person",
        "video": "Video",
        "phone": "Phone",
        "message": "In writing",
    }
)
