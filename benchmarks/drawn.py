"""A policy drawn at random, and what it must answer: worked out apart from Candour.

Twenty roles, of which the vocabulary knows eleven and the policy must deny nine; twenty
purposes; forty categories, some inside others and some of Article 9. The oracle reads
only what was drawn: it shares no code with what it judges.
"""

import random
from dataclasses import dataclass
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KNOWN: Final = _words(
    "reception practitioner prescriber manager marketing finance data-protection-lead "
    "engineer system person visitor"
)
UNKNOWN: Final = _words(
    "cleaner accountant landlord porter student auditor locum courier nobody"
)
ROLES: Final = (*KNOWN, *UNKNOWN)
PURPOSES: Final = tuple(f"purpose-{number:02}" for number in range(1, 21))
PLAIN: Final = _words(
    "identity identity.name identity.birth-date identity.nhs-number contact "
    "contact.email contact.phone contact.address emergency-contact care-team.gp "
    "enquiry enquiry.message enquiry.source interests appointments payment "
    "payment.card payment.invoice insurance calls calls.log feedback "
    "feedback.review proof.age cctv account web.ip web.visit"
)
SPECIAL: Final = _words(
    "health health.records health.allergies health.medication genetics ethnicity "
    "religion treatment treatment.plan notes.clinical images images.photograph"
)
CATEGORIES: Final = (*PLAIN, *SPECIAL)

HEAD: Final = """\
candour: 1
policy: drawn
version: "1"
effective: 2026-09-01
clinic:
  name: Drawn
  region: ENG
  brands: {drawn: {name: Drawn, hosts: [drawn.example]}}
controllers: {drawn: {name: Drawn Ltd, address: "1 Cork Street"}}
contacts: {privacy: {email: [privacy@drawn.example], for: [rights, complaints]}}
complaints: {to: privacy, first: clinic, then: ico}
purposes:
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One purpose as drawn: who, what, less what, and whether Article 9 is met."""

    by: frozenset[str]
    uses: tuple[str, ...]
    excludes: tuple[str, ...]
    condition: bool

    def written(self, name: str) -> str:
        """Return the purpose as a policy says it."""
        by = ", ".join(f"{role}: all" for role in sorted(self.by))
        lines = [f"  {name}:", "    basis: contract", "    about: [patient]"]
        lines += [f"    uses: [{', '.join(self.uses)}]", f"    by: {{{by}}}"]
        lines += [f"    excludes: [{', '.join(self.excludes)}]"] * bool(self.excludes)
        lines += ["    condition: health-care"] * self.condition
        return "\n".join(lines)

    def lets(self, role: str, category: str) -> bool:
        """Say whether a role may use a category for this purpose."""
        if role not in self.by or not _within(category, self.uses):
            return False
        if _within(category, self.excludes):
            return False
        return self.condition or category not in SPECIAL


def _within(category: str, names: tuple[str, ...]) -> bool:
    return any(category == name or category.startswith(f"{name}.") for name in names)


def draw(seed: int = 16_000) -> dict[str, Drawn]:
    """Return twenty purposes, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    return {
        name: Drawn(
            by=frozenset(chance.sample(KNOWN, chance.randint(1, 9))),
            uses=tuple(chance.sample(CATEGORIES, chance.randint(3, 25))),
            excludes=tuple(chance.sample(CATEGORIES, chance.randint(0, 3))),
            condition=chance.random() < 0.5,
        )
        for name in PURPOSES
    }


def text(purposes: dict[str, Drawn]) -> str:
    """Return the whole policy."""
    return HEAD + "\n".join(one.written(name) for name, one in purposes.items()) + "\n"
