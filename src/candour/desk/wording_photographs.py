"""How the desk says what a photograph shows and may be used for."""

from types import MappingProxyType

POSES = MappingProxyType(
    {
        "front": "From the front",
        "left": "From the left",
        "right": "From the right",
        "oblique-left": "Half left",
        "oblique-right": "Half right",
        "close": "Close",
        "other": "Another pose",
    }
)
MOMENTS = MappingProxyType({"before": "Before", "during": "During", "after": "After"})
USES = MappingProxyType(
    {"teaching": "Teaching staff here", "publication": "Being shown to others"}
)
WORDING = MappingProxyType(
    {
        "teaching": "I agree that this photograph may be shown to staff of the clinic"
        " to teach them. I can take this back at any time, and my treatment does not"
        " depend on it.",
        "publication": "I agree that this photograph may be shown to others, on the"
        " clinic’s website, in print or in talks. I can take this back at any time,"
        " and my treatment does not depend on it.",
    }
)
