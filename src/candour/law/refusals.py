"""The grounds on which a request of the data subject may be refused: a closed list.

UK GDPR Articles 11, 12 and 17 name some; the Data Protection Act 2018 has the
exemptions in its Schedules 2 to 4. What is not here is no ground. The list has what a
clinic can meet; each entry says for which right it counts, and whether it can be used
while nobody knows yet who asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from candour.law.requests import Right


class Asker(StrEnum):
    """What is known of whoever asks when a ground may be used."""

    ANYBODY = "anybody"
    UNKNOWN = "unknown"  # identity is in doubt, and nothing has settled it
    KNOWN = "known"
    STRANGER = "stranger"  # we hold nothing of theirs but what they asked


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: where the law has it, what staff choose, what the person reads.

    `cited` is how it is written down; no two grounds share it. `needs` is what must be
    there before it may be used, "" where the reason itself is enough.
    """

    key: str
    article: str
    title: str
    says: str
    rights: frozenset[Right]
    asker: Asker = Asker.KNOWN
    needs: str = ""

    @property
    def cited(self) -> str:
        """Return the article with the ground's name, as a record keeps it."""
        return f"{self.article}: {self.title[:1].lower()}{self.title[1:]}"


ACCESS, ERASURE = frozenset({Right.ACCESS}), frozenset({Right.ERASURE})
BOTH = ACCESS | ERASURE

GROUNDS: tuple[Ground, ...] = (
    Ground(
        "not-identified",
        "UK GDPR Arts 11(2), 12(2) and 12(6)",
        "We cannot make sure who asks",
        "We may answer only to the person the data is about. We tried, and what we"
        " have does not let us make sure who asks.",
        BOTH,
        Asker.UNKNOWN,
        "Say what was tried, and what would help us to make sure.",
    ),
    Ground(
        "unfounded",
        "UK GDPR Art 12(5)",
        "Manifestly unfounded",
        "The law lets us refuse a request that is plainly not made to use the right,"
        " and it is for us to show that it is so.",
        BOTH,
        Asker.ANYBODY,
        "It is for us to show this. Say what shows it.",
    ),
    Ground(
        "excessive",
        "UK GDPR Art 12(5)",
        "Manifestly excessive",
        "The law lets us refuse a request that plainly asks too much, as when it comes"
        " again and again, and it is for us to show that it is so.",
        BOTH,
        Asker.ANYBODY,
        "It is for us to show this. Say how often they asked, and what they got.",
    ),
    Ground(
        "nothing-held",
        "UK GDPR Arts 15(1) and 17(1)",
        "We hold nothing",
        "We looked, and but for your request itself we hold nothing about you.",
        BOTH,
        Asker.STRANGER,
        "Say where you looked, on paper too.",
    ),
    Ground(
        "no-reason-to-erase",
        "UK GDPR Art 17(1)",
        "No reason to erase applies",
        "The law lists the reasons for which data must be erased, and none of them"
        " applies to what we hold about you.",
        ERASURE,
    ),
    Ground(
        "law-requires",
        "UK GDPR Art 17(3)(b)",
        "A law makes us keep it",
        "A law makes us keep what we hold about you, so we may not erase it.",
        ERASURE,
        needs="Name the law, and until when it makes us keep the data.",
    ),
    Ground(
        "health-care",
        "UK GDPR Art 17(3)(c)",
        "Needed for safe health care",
        "What we hold is needed so that care is safe, by people who must keep it to"
        " themselves.",
        ERASURE,
    ),
    Ground(
        "legal-claims",
        "UK GDPR Art 17(3)(e)",
        "Needed for a legal claim",
        "What we hold is needed to make, to bring or to answer a legal claim.",
        ERASURE,
    ),
    Ground(
        "crime-and-tax",
        "DPA 2018 Sch 2 para 2",
        "Crime or tax",
        "To do what you ask would be likely to harm the finding of a crime, or the"
        " taking of a tax.",
        BOTH,
    ),
    Ground(
        "legal-proceedings",
        "DPA 2018 Sch 2 para 5",
        "A law, a court or legal proceedings",
        "A law or an order of a court decides what is to be done with this data, or it"
        " is needed for legal proceedings.",
        BOTH,
    ),
    Ground(
        "rights-of-others",
        "DPA 2018 Sch 2 para 16",
        "It would tell of somebody else",
        "To give you this would give you data about somebody else, who has not agreed,"
        " and it would not be fair to them.",
        ACCESS,
        needs="Say nothing of them here: not who they are, nor what you hold.",
    ),
    Ground(
        "privilege",
        "DPA 2018 Sch 2 para 19",
        "Between us and our lawyers",
        "It is what we and our lawyers told each other, which the law keeps private.",
        ACCESS,
    ),
    Ground(
        "self-incrimination",
        "DPA 2018 Sch 2 para 20",
        "It would show an offence of our own",
        "To give it would show that an offence was done, and nobody has to give"
        " evidence against themselves.",
        ACCESS,
    ),
    Ground(
        "planning",
        "DPA 2018 Sch 2 para 22",
        "Plans for the business",
        "It is part of our plans for the business, and to give it now would be likely"
        " to harm them.",
        ACCESS,
    ),
    Ground(
        "negotiations",
        "DPA 2018 Sch 2 para 23",
        "Talks with you",
        "It says what we mean to do in talks with you, and to give it would be likely"
        " to harm them.",
        ACCESS,
    ),
    Ground(
        "references",
        "DPA 2018 Sch 2 para 24",
        "A confidential reference",
        "It is a reference that was given in confidence.",
        ACCESS,
    ),
    Ground(
        "before-a-court",
        "DPA 2018 Sch 3 para 3",
        "Health data before a court",
        "It is health data that was given to a court, whose rules let it be held back.",
        BOTH,
    ),
    Ground(
        "given-in-confidence",
        "DPA 2018 Sch 3 para 4",
        "Health data given in confidence",
        "The person whose health data it is gave it in the belief that it would not"
        " be told to whoever asks for them.",
        ACCESS,
        needs="Only where somebody asks for a child, or for a person whose affairs a"
        " court has given them.",
    ),
    Ground(
        "serious-harm",
        "DPA 2018 Sch 3 para 5",
        "Serious harm to health",
        "A health professional is of the opinion that to see it would be likely to do"
        " serious harm to somebody’s health.",
        ACCESS,
        needs="Needs the opinion of the right health professional, of the last six"
        " months.",
    ),
    Ground(
        "other-law",
        "DPA 2018 Sch 4",
        "Another law forbids it",
        "Another law says that this kind of record is not to be given.",
        ACCESS,
        needs="Records of fertility treatment, adoption, parental orders, special"
        " needs and children’s hearings. Name the law.",
    ),
)
_OF_KEY = {ground.key: ground for ground in GROUNDS}
_OF_CITATION = {ground.cited: ground for ground in GROUNDS}


def grounds_for(right: Right, askers: Iterable[Asker]) -> tuple[Ground, ...]:
    """Return the grounds there are for a right, when this is known of who asks."""
    known = {Asker.ANYBODY, *askers}
    return tuple(g for g in GROUNDS if right in g.rights and g.asker in known)


def ground(key: str) -> Ground | None:
    """Return a ground by its key, or None for what is no ground."""
    return _OF_KEY.get(key)


def cited(citation: str) -> Ground | None:
    """Return the ground that was written down so, or None."""
    return _OF_CITATION.get(citation)
