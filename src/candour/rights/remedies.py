"""What somebody can do who does not agree with us (UK GDPR Art 12(4)).

Whoever is told no, or not all, is told this with it: ask again, complain to the clinic
(DPA 2018 s164A), go to the Information Commissioner (s165), go to a court (s167).
"""

from dataclasses import dataclass
from types import MappingProxyType

from candour.policy.compile import Policy
from candour.policy.compiled.rules import Contact
from candour.policy.render import notice, number_of

HEADING = "If you do not agree"
REGULATOR = MappingProxyType(
    {
        "regulator": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/make-a-complaint/",
        "phone": "0303 123 1113",
        "post": "Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF",
    }
)
AGAIN = (
    "You can ask us again at any time, free of charge. Tell us what we left out, or"
    " what would help us to do what you ask."
)
MOVING = "It is moving to Manchester, so look at its site before you post a letter."
INDEPENDENT = (
    "You can complain to the regulator, which is independent of us, before or after you"
    " complain to us."
)
COURT = (
    "You can ask a court to order us to do what the law asks of us (Data Protection Act"
    " 2018, section 167)."
)
ANYBODY = "Tell anybody who works here."


@dataclass(frozen=True, slots=True)
class Remedies:
    """What a clinic's notice gives somebody who does not agree.

    `us` says what the clinic then does and by when; the numbers are printed ones.
    """

    contact: Contact
    us: str
    clause: str
    regulator_clause: str

    @property
    def where(self) -> str:
        """Return every way to complain to the clinic, in one sentence."""
        ways = [*(f"write to {one}" for one in self.contact.emails)]
        ways += [f"by post to {self.contact.post}"] if self.contact.post else []
        ways += [f"call {self.contact.phone}"] if self.contact.phone else []
        if not ways:
            return ANYBODY
        said = ", or ".join(ways)
        return f"{said[:1].upper()}{said[1:]}."


def remedies(policy: Policy) -> Remedies:
    """Return what there is to do under this policy for whoever does not agree."""
    number = number_of(policy, "complaints")
    found = next((c for c in notice(policy).clauses() if c.number == number), None)
    return Remedies(
        contact=policy.contact_for("complaints"),
        us=" ".join(found.paragraphs[1:]) if found else "",
        clause=number,
        regulator_clause=number_of(policy, "complaints.then"),
    )


def written(found: Remedies, *, ask: str) -> list[str]:
    """Return the remedies as paragraphs of a letter; `ask` is where to ask again."""
    about = REGULATOR
    return [
        HEADING,
        f"{AGAIN} {ask}",
        f"You can complain to us. {found.where} {found.us}".strip(),
        f"{INDEPENDENT} {about['regulator']}, {about['url']}, phone {about['phone']},"
        f" {about['post']}. {MOVING}",
        COURT,
    ]
