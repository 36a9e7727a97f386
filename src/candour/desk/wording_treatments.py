"""How the desk says what was done, agreed and gone wrong."""

from types import MappingProxyType

ADVICE = MappingProxyType(
    {"told": "Told in person", "paper": "On paper", "email": "By email"}
)
EXCEPTIONS = MappingProxyType(
    {
        "life-at-risk": "A life or lasting harm was at stake",
        "complication": "It treats a complication, and could not wait",
        "best-interests": "The patient cannot decide; it is in their best interests",
        "court-order": "A court ordered it",
    }
)
SEVERITIES = MappingProxyType(
    {
        "mild": "Mild: passes by itself",
        "moderate": "Moderate: needed treatment",
        "severe": "Severe: hospital, lasting harm, or a danger to life",
    }
)
GRAVITY = MappingProxyType({"mild": "quiet", "moderate": "due", "severe": "wrong"})
EVENTS = MappingProxyType(
    {
        "bruising": "Bruising beyond the usual",
        "swelling": "Swelling",
        "infection": "Infection",
        "allergic-reaction": "Allergic reaction",
        "vascular-occlusion": "Blocked vessel",
        "droop": "Droop of a lid or the mouth",
        "nodule": "Lump or nodule",
        "burn": "Burn or blister",
        "scar": "Scar or change of colour",
        "other": "Something else",
    }
)
YELLOW_CARD = (
    "Report it to the MHRA with a Yellow Card, at yellowcard.mhra.gov.uk, and write its"
    " number here."
)
