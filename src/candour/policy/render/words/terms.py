"""The words of a notice in plain English. `also` are names people know them by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means in one or two short sentences, and its other names."""

    word: str
    means: str
    also: tuple[str, ...] = ()


TERMS = (
    Term(
        "Automated decision",
        "A choice about you that a machine makes and no person checks.",
        ("profiling, where it leads to such a choice",),
    ),
    Term(
        "Breach",
        "Data that was lost, changed, or seen by someone who should not see it.",
        ("personal data breach",),
    ),
    Term(
        "Complaint",
        "You tell us that we did wrong with your data. We look into it and reply.",
    ),
    Term(
        "Consent",
        "You say yes. You can take it back at any time, and it costs you nothing.",
        ("permission",),
    ),
    Term("Controller", "Who decides why and how your data is used. That is us."),
    Term("Cookie", "A small file that a site keeps on your phone or computer."),
    Term(
        "Copy",
        "You ask what we hold about you, and we send it to you.",
        (
            "data access request",
            "subject access request",
            "the right of access",
        ),
    ),
    Term(
        "Correct",
        "You tell us what is wrong, and we put it right.",
        ("rectify", "the right to rectification"),
    ),
    Term(
        "Data protection lead",
        "The person here who answers for how we use data.",
        ("data protection officer", "DPO"),
    ),
    Term(
        "Erase",
        "We delete your data so that no one can read it again.",
        ("delete", "the right to be forgotten"),
    ),
    Term(
        "Explicit consent",
        "You say yes, in clear words, to one thing we named.",
    ),
    Term(
        "ICO",
        "The body that checks how data is used in the UK. You can turn to it.",
        ("Information Commissioner", "the regulator"),
    ),
    Term("Lawful basis", "The reason in law that lets us use your data."),
    Term(
        "Legitimate interests",
        "A fair reason of our own. We weigh it against your rights first.",
    ),
    Term(
        "Object",
        "You tell us to stop a use. If it is offers, we always stop.",
        ("the right to object", "opt out"),
    ),
    Term(
        "Personal data",
        "Facts about you, or that point to you. A name, a photo or a note all count.",
        ("personal information", "personally identifiable information", "your data"),
    ),
    Term(
        "Processing",
        "All that is done with data: to collect, keep, read, send or erase it.",
        ("use",),
    ),
    Term("Processor", "A firm that uses data for us, and only as we tell it to."),
    Term(
        "Recipient",
        "Anyone we give data to, such as your GP or a firm we pay for work.",
    ),
    Term(
        "Restrict",
        "We keep your data but do not use it until a doubt is settled.",
        ("set aside", "the right to restriction"),
    ),
    Term("Retention", "How long we keep data before we erase it.", ("keeping",)),
    Term(
        "Safeguard",
        "What guards your data if it goes to a place with other laws.",
    ),
    Term(
        "Special data",
        "Data that the law guards most, such as facts on health, faith or race.",
        ("special category data", "sensitive data"),
    ),
    Term(
        "Take with you",
        "You get the data you gave us as a file that other firms can read.",
        ("data portability", "the right to portability"),
    ),
)
"""In the order of the alphabet."""

JOINT = Term(
    "Joint controllers",
    "Those who decide as one how your data is used. You can turn to each.",
)
"""Only where a policy has more than one controller."""
