"""Who answers for the data, whom one writes to, and whom the site shows."""

from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from candour.policy.lint.terms import Case, Hit, error, note, warning
from candour.policy.vocabulary.registers import REGISTERS

REMIND: Final = timedelta(days=30)
"""How long before the fee to the ICO is due somebody hears of it."""

_COMPANIES: Final = ("limited", "ltd", "plc", "llp")
_PROVIDERS: Final = ("CQC", "HIS", "HIW", "RQIA")
"""Those with whom a clinic itself is registered, and not only its people."""


@warning("UK GDPR Article 13(1)(a)")
def controller_unidentified(case: Case) -> Iterator[Hit]:
    """People are told who answers for their data, and where that is."""
    for controller in case.policy.controllers:
        if not controller.address:
            yield Hit(
                controller.clause,
                f"{controller.name} has no address.",
                "Give its registered or trading address.",
            )


@warning("Data Protection (Charges and Information) Regulations 2018")
def controller_unregistered(case: Case) -> Iterator[Hit]:
    """Whoever answers for personal data is registered with the ICO."""
    for controller in case.policy.controllers:
        if not controller.ico:
            yield Hit(
                controller.clause,
                f"{controller.name} has no registration number with the ICO.",
                "Give the number, or register.",
            )


@warning("Data Protection (Charges and Information) Regulations 2018")
def registration_due(case: Case) -> Iterator[Hit]:
    """The fee to the ICO is paid for the next year before this one ends."""
    for slug, controller in case.document.controllers.items():
        renews = controller.ico_renews
        if renews is None or case.on is None or case.on < renews - REMIND:
            continue
        when = "ran out" if renews < case.on else "runs out"
        yield Hit(
            f"controllers.{slug}.ico-renews",
            f"The registration of {controller.name} with the ICO {when} on "
            f"{renews.isoformat()}.",
            "Pay the fee, and give the next date.",
        )


@warning(
    "Company, Limited Liability Partnership and Business (Names and Trading "
    "Disclosures) Regulations 2015 regulation 25"
)
def company_number_missing(case: Case) -> Iterator[Hit]:
    """A company gives its registered number on its site."""
    for controller in case.policy.controllers:
        key = f"{controller.clause}.company"
        ending = controller.name.casefold().rstrip(".").rpartition(" ")[2]
        if ending in _COMPANIES and not controller.company and not case.open(key):
            yield Hit(
                key,
                f"{controller.name} is a company and gives no number.",
                "Copy it from Companies House.",
            )


@note("Health and Social Care Act 2008 section 10, and its like")
def registration_unnumbered(case: Case) -> Iterator[Hit]:
    """Who is registered to give care says under which number."""
    given = {
        name
        for controller in case.document.controllers.values()
        if controller.registrations
        for name in controller.registrations.model_fields_set
    }
    for name in case.policy.regulators:
        if name in _PROVIDERS and name not in given:
            yield Hit(
                "clinic.regulators",
                f"{REGISTERS[name].body} is named, and no number of its register.",
                f"Add 'registrations: {{{name}: …}}' to the controller.",
            )


@error("UK GDPR Article 26(1) and (2)")
def arrangement_missing(case: Case) -> Iterator[Hit]:
    """Two who answer together say who does what."""
    if len(case.policy.controllers) < 2 or case.open("arrangement"):
        return
    if case.document.arrangement is None:
        yield Hit(
            "arrangement",
            "Several answer for the data, and nothing says who for what.",
            "Add 'arrangement' with a contact, and who answers requests.",
        )


@error("UK GDPR Article 13(1)(a) and (b)")
def no_contact(case: Case) -> Iterator[Hit]:
    """People can write to the clinic."""
    if not any(one.emails or one.post or one.phone for one in case.policy.contacts):
        yield Hit(
            case.policy.contacts[0].clause,
            "There is no address, email or phone number to write to.",
            "Give one for questions and for people's rights.",
        )


@warning("UK GDPR Articles 12(2) and 13(2)(d)")
def contact_unassigned(case: Case) -> Iterator[Hit]:
    """Somebody is there for requests, and somebody for complaints."""
    for subject in ("rights", "complaints"):
        if not any(subject in one.about for one in case.policy.contacts):
            yield Hit(
                "contacts",
                f"Nobody is named to write to about {subject}.",
                f"Add '{subject}' to the 'for' of a contact.",
            )


@note("UK GDPR Articles 13(1)(b) and 37(1)(c)")
def no_data_protection_contact(case: Case) -> Iterator[Hit]:
    """Somebody answers for data protection, or it was decided that nobody has to."""
    for controller in case.policy.controllers:
        if not controller.contact:
            yield Hit(
                f"{controller.clause}.dpo",
                f"{controller.name} names no data protection officer or contact.",
                "Name one, or write down why none is needed.",
            )


@warning("UK GDPR Article 12(1)")
def contact_domains_differ(case: Case) -> Iterator[Hit]:
    """One contact has its addresses under one domain."""
    for contact in case.policy.contacts:
        domains = sorted({email.partition("@")[2] for email in contact.emails})
        if len(domains) > 1:
            yield Hit(
                contact.clause,
                f"The same contact has addresses at {' and '.join(domains)}.",
                "Make sure that both are read, or keep one.",
            )


@warning("UK GDPR Article 13(1)(e)")
def group_company_unnamed(case: Case) -> Iterator[Hit]:
    """A company that owns the clinic is named as a recipient, or gets nothing."""
    if any(recipient.kind == "group-company" for recipient in case.policy.recipients):
        return
    for controller in case.policy.controllers:
        if controller.parent:
            yield Hit(
                f"{controller.clause}.parent",
                f"{controller.parent} owns the clinic, and no recipient is a company "
                "of the group.",
                "Say what it gets and why, or that it gets nothing.",
            )


SHOWN: Final = MappingProxyType(
    {
        "finance": (("finance-provider",), "loans for treatment", "a lender"),
        "insurance": (("insurer",), "insurance", "an insurer"),
        "reviews-elsewhere": (
            ("marketing", "advertising", "affiliate"),
            "reviews on another company's site",
            "the company that runs them",
        ),
        "live-chat": (("messaging", "it-support"), "a chat", "who runs it"),
        "shop": (("payment", "delivery"), "a shop", "who takes payment or delivers"),
    }
)
"""What a site may show → the kinds of recipient it needs, and both in words."""


@warning("UK GDPR Article 13(1)(e)")
def shown_not_named(case: Case) -> Iterator[Hit]:
    """Whoever the site leads to is named in the notice."""
    website = case.document.website
    kinds = {recipient.kind for recipient in case.policy.recipients}
    for index, word in enumerate(website.shows if website else ()):
        needed, what, who = SHOWN.get(word, ((), "", ""))
        if needed and kinds.isdisjoint(needed):
            yield Hit(
                f"website.shows[{index}]",
                f"The site shows {what}, and no recipient is {who}.",
                "Name it under 'recipients', or take it off the site.",
            )


@warning("UK GDPR Article 13(1)(e)")
def company_not_named(case: Case) -> Iterator[Hit]:
    """A company that the site names has its place in the notice."""
    website = case.document.website
    if website is None:
        return
    known = " | ".join(
        (
            *(one.name for one in case.policy.recipients),
            *(brand.name for brand in case.policy.brands),
            *(f"{one.name} | {one.parent}" for one in case.policy.controllers),
        )
    ).casefold()
    for index, company in enumerate(website.companies):
        if company.casefold() not in known:
            yield Hit(
                f"website.companies[{index}]",
                f"The site names {company}, and the notice does not.",
                "Say what it gets, or that it gets nothing.",
            )


@warning("UK GDPR Article 13(1)(a)")
def place_unlisted(case: Case) -> Iterator[Hit]:
    """Every clinic that the site names is in the policy."""
    website = case.document.website
    sites = {site.slug for site in case.policy.sites}
    lost = [
        place for place in (website.places if website else ()) if place not in sites
    ]
    if lost:
        said = ", ".join(place.replace("-", " ").title() for place in lost)
        yield Hit(
            "website.places",
            f"The site names clinics that are not under 'clinic.sites': {said}.",
            "Add each with its region: children's and health law differ between them.",
        )
