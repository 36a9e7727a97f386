"""Places on the drawn face and body: names, and where on the map they are.

A place is found by its name; a click on the map only chooses a name and remembers the
spot. Coordinates are hundredths of the map, across and down, seen from the front: the
patient's right side is on the left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Place:
    """A place: what it is called, on which map, and where its middle is."""

    slug: str
    label: str
    map: str
    x: int
    y: int


_FACE = (
    ("forehead", "Forehead", 50, 20),
    ("glabella", "Between the brows", 50, 34),
    ("brow-right", "Brow, right", 35, 33),
    ("brow-left", "Brow, left", 65, 33),
    ("crows-feet-right", "Crow’s feet, right", 22, 42),
    ("crows-feet-left", "Crow’s feet, left", 78, 42),
    ("under-eye-right", "Under the eye, right", 35, 48),
    ("under-eye-left", "Under the eye, left", 65, 48),
    ("nose", "Nose", 50, 50),
    ("cheek-right", "Cheek, right", 30, 57),
    ("cheek-left", "Cheek, left", 70, 57),
    ("nasolabial-right", "Nose to mouth, right", 39, 62),
    ("nasolabial-left", "Nose to mouth, left", 61, 62),
    ("lip-upper", "Upper lip", 50, 68),
    ("lip-lower", "Lower lip", 50, 74),
    ("marionette-right", "Mouth corner, right", 39, 76),
    ("marionette-left", "Mouth corner, left", 61, 76),
    ("jaw-right", "Jaw, right", 25, 74),
    ("jaw-left", "Jaw, left", 75, 74),
    ("chin", "Chin", 50, 85),
)
_BODY = (
    ("scalp", "Scalp", 50, 3),
    ("neck", "Neck", 50, 15),
    ("chest", "Chest", 50, 26),
    ("breast-right", "Breast, right", 43, 29),
    ("breast-left", "Breast, left", 57, 29),
    ("underarm-right", "Underarm, right", 35, 26),
    ("underarm-left", "Underarm, left", 65, 26),
    ("arm-right", "Arm, right", 30, 36),
    ("arm-left", "Arm, left", 70, 36),
    ("hand-right", "Hand, right", 24, 54),
    ("hand-left", "Hand, left", 76, 54),
    ("abdomen", "Abdomen", 50, 42),
    ("hip-right", "Hip, right", 42, 51),
    ("hip-left", "Hip, left", 58, 51),
    ("thigh-right", "Thigh, right", 43, 63),
    ("thigh-left", "Thigh, left", 57, 63),
    ("knee-right", "Knee, right", 44, 73),
    ("knee-left", "Knee, left", 56, 73),
    ("lower-leg-right", "Lower leg, right", 44, 84),
    ("lower-leg-left", "Lower leg, left", 56, 84),
    ("foot-right", "Foot, right", 44, 96),
    ("foot-left", "Foot, left", 56, 96),
    ("back", "Back", 50, 33),
    ("whole", "Whole face or body", 50, 48),
)
PLACES: Mapping[str, Place] = MappingProxyType(
    {
        slug: Place(slug, label, name, x, y)
        for name, rows in (("face", _FACE), ("body", _BODY))
        for slug, label, x, y in rows
    }
)
