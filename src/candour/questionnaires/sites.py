"""Places on the body, from the top down, as a patient would name them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SITES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scalp": "Scalp",
        "forehead": "Forehead",
        "brow": "Between the brows",
        "eyes": "Around the eyes",
        "nose": "Nose",
        "cheeks": "Cheeks",
        "lips": "Lips and around the mouth",
        "jaw": "Chin and jaw",
        "neck": "Neck",
        "chest": "Chest",
        "back": "Back and shoulders",
        "abdomen": "Abdomen",
        "underarms": "Underarms",
        "arms": "Arms",
        "hands": "Hands",
        "bikini-line": "Bikini line",
        "buttocks": "Hips and buttocks",
        "legs": "Legs",
        "feet": "Feet",
        "elsewhere": "Somewhere else",
    }
)
"""Slug → label. A practitioner's drawing of where a needle went is another thing."""
