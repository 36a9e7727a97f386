"""What a person still has to choose."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from candour.policy.lint.terms import Case, Hit, error

ARTICLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "address": "UK GDPR Article 13(1)(a)",
        "ico": "Data Protection (Charges and Information) Regulations 2018",
        "email": "UK GDPR Articles 12(2) and 13(1)(a)",
        "arrangement": "UK GDPR Article 26(1) and (2)",
        "because": "UK GDPR Article 6(3)",
        "condition": "UK GDPR Article 9(2)",
        "after-stop": "UK GDPR Article 21(3)",
        "in-flight": "UK GDPR Article 21(3)",
        "publish": "UK GDPR Article 9(2)(a)",
        "role": "UK GDPR Articles 26 and 28",
        "country": "UK GDPR Article 13(1)(f)",
        "safeguard": "UK GDPR Articles 13(1)(f) and 46",
        "named": "UK GDPR Article 13(1)(e)",
        "keep": "UK GDPR Article 13(2)(a)",
        "harms": "UK GDPR Article 7(4)",
        "every": "UK GDPR Article 32(1)(c)",
        "drill": "UK GDPR Article 32(1)(d)",
        "change-of-control": "UK GDPR Articles 5(1)(a) and 14",
        "page": "UK GDPR Article 12(1)",
    }
)
"""Last part of a key → what of the law asks for a value there."""

ACCOUNTABILITY: Final = "UK GDPR Article 5(2)"


@error(ACCOUNTABILITY)
def decide_open(case: Case) -> Iterator[Hit]:
    """Nothing is left to decide."""
    for undecided in case.policy.open_decisions:
        meanwhile = undecided.meanwhile or "nothing is done"
        yield Hit(
            undecided.key,
            f"Not decided: {undecided.why}. Meanwhile: {meanwhile}.".replace("?.", "?"),
            "Choose, and write the value in place of 'decide'.",
            ARTICLES.get(undecided.key.rpartition(".")[2], ""),
        )
