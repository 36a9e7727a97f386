"""Kinds of letter: to whom, how each begins and ends. How it looks is letter.typ's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from candour.disclosures.fields import Field


@dataclass(frozen=True, slots=True)
class Opening:
    """A kind of letter; `kinds` are the policy's kinds of recipient it can go to."""

    slug: str
    label: str
    kinds: tuple[str, ...]
    subject: str
    greets: str
    begins: str
    ends: str
    usual: tuple[str, ...] = ("name", "born")


_ALL = (
    Opening(
        "gp",
        "To the GP",
        ("health-professional",),
        "About a patient of yours",
        "Dear Doctor",
        "I am writing about a patient you share with us.",
        "Please tell us if anything here does not fit what you know, or bears on what"
        " we do next.",
        ("name", "born", "nhs"),
    ),
    Opening(
        "hospital",
        "To a hospital or consultant",
        ("health-service", "health-professional"),
        "Referral",
        "Dear Colleague",
        "Thank you for seeing this patient. What we ask you, and what you need to know"
        " for it, is below.",
        "Please write to us, and to the patient, when you have seen them.",
        ("name", "born", "nhs"),
    ),
    Opening(
        "insurer",
        "To an insurer",
        ("insurer",),
        "About one of your members",
        "Dear Sir or Madam",
        "You asked us about treatment of the person named below. We give what your"
        " question needs and no more.",
        "If you need anything else, say what for.",
        ("name",),
    ),
    Opening(
        "patient",
        "To the patient",
        (),
        "About your care",
        "Dear {name}",
        "",
        "Call us or write to us if anything is not clear.",
        (),
    ),
)
OPENINGS: Mapping[str, Opening] = MappingProxyType({one.slug: one for one in _ALL})


def beginning(opening: Opening, chosen: Sequence[Field], name: str) -> str:
    """Return the text a letter begins with, for its writer to go on from."""
    facts = [f"{field.label}: {field.text}" for field in chosen if field.text]
    parts = [
        f"{opening.greets.format(name=name or 'patient')},",
        opening.begins,
        "\n".join(facts),
        opening.ends,
    ]
    return "\n\n".join(part for part in parts if part)
