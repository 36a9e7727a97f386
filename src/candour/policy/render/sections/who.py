"""Who we are: controllers, whom to write to, what this notice covers."""

from candour.policy.compiled import rules
from candour.policy.compiled.clinic import at_the_clinic
from candour.policy.language import Document
from candour.policy.language.clinic import Contact, Controller
from candour.policy.render.doc import Clause, Section
from candour.policy.render.words.plain import capital, listed, sentence
from candour.policy.render.words.promises import PROMISES
from candour.policy.vocabulary.registers import REGISTERS

_ABOUT = {
    "questions": "questions",
    "rights": "requests about your data",
    "complaints": "complaints",
    "marketing-stop": "stopping our offers",
}
_AUDIENCE = {
    "patients": "our patients",
    "visitors": "people who visit our site or clinic",
    "enquirers": "people who ask us something",
}
_SCOPE = {"clinic": "in the clinic", "website": "on our site"}


def who(document: Document) -> Section:
    """Return the section that Article 13(1)(a) and (b) ask for."""
    clauses = [_controllers(document)]
    if len(document.controllers) > 1:
        clauses.append(_arrangement(document))
    clauses += [_contacts(document), _places(document), _scope(document)]
    if document.commitments:
        clauses.append(_promises(document))
    return Section("Who we are", tuple(clauses), ("clinic",))


def controller_line(document: Document) -> str:
    """Return one line that names who answers for the data."""
    names = listed(one.name for one in document.controllers.values())
    verb = "is" if len(document.controllers) == 1 else "are"
    return f"{names} {verb} responsible for your data."


def _controllers(document: Document) -> Clause:
    paragraphs = [
        "In this notice, “we” is the clinic and “you” is anyone whose data we hold.",
        f"{controller_line(document)} In law this is called the controller.",
    ]
    for one in document.controllers.values():
        alone = len(document.controllers) == 1
        paragraphs.append(" ".join(_controller(one, alone=alone)))
    regulators = _regulators(document)
    if regulators:
        paragraphs.append(regulators)
    return Clause(
        "controllers",
        "Who is responsible",
        tuple(paragraphs),
        law=("UK GDPR Article 13(1)(a)",),
        also=("clinic.regulators",),
    )


def _controller(one: Controller, *, alone: bool) -> list[str]:
    """Say where a controller is and its numbers: it is named once, then it is `it`."""
    said = []
    if _known(one.address):
        said.append(f"is at {one.address}.")
    if _known(one.company):
        said.append(f"has the company number {one.company}.")
    if one.parent:
        number = f" (company number {one.parent.company})" if one.parent.company else ""
        said.append(f"belongs to {one.parent.name}{number}.")
    if _known(one.ico):
        said.append(f"is on the ICO’s register, number {one.ico}.")
    numbers = one.registrations.given() if one.registrations else {}
    for name, number in numbers.items():
        said.append(f"is on the register of {_body(name)}, number {number}.")
    first = "It" if alone else one.name
    lines = [f"{'It' if index else first} {line}" for index, line in enumerate(said)]
    if not _known(one.ico):
        of = "" if alone or lines else f" of {one.name}"
        lines.append(f"We have yet to add the ICO register number{of} here.")
    return lines


def _regulators(document: Document) -> str:
    names = document.clinic.regulators if document.clinic else ()
    bodies = [_body(name) for name in names if name != "ICO"]
    if not bodies:
        return ""
    verb = "checks" if len(bodies) == 1 else "check"
    return f"{capital(listed(bodies))} {verb} on our work."


def _body(name: str) -> str:
    return f"{REGISTERS[name].named} ({name})"


def _known(value: str | None) -> bool:
    return value is not None and value != "unpublished"


def _arrangement(document: Document) -> Clause:
    names = listed(one.name for one in document.controllers.values())
    terms = document.arrangement
    said = [f"{names} decide together what your data is used for."]
    if terms is not None and terms.stated:
        said.append(sentence(terms.stated))
    said.append(
        "You can turn to either of them. Each must deal with what you ask, whoever did"
        " what."
    )
    return Clause(
        "arrangement",
        "How we share the work",
        (" ".join(said),),
        law=("UK GDPR Article 26",),
    )


def _contacts(document: Document) -> Clause:
    lead = any(one.dpo and one.dpo != "none" for one in document.controllers.values())
    said = []
    if lead:
        said.append("Our data protection lead answers for how we use data.")
    items: list[str] = []
    for contact in document.contacts.values():
        items += _ways(contact)
    fallback = [] if items else _reached(at_the_clinic(document))
    if items:
        about = _about(document)
        said.append(f"You can reach us{about} in these ways:")
    else:
        said.append(
            "We have yet to give an address for letters and emails here. Until then,"
            " you can reach us like this:"
        )
    items += [*fallback, "The page “Your data” on this site"]
    return Clause(
        "contacts",
        "How to reach us",
        (" ".join(said),),
        tuple(items),
        law=("UK GDPR Article 13(1)(b)",) if lead else (),
        also=("rights.to", "rights.also-through"),
    )


def _about(document: Document) -> str:
    about = [_ABOUT[word] for one in document.contacts.values() for word in one.for_]
    return f" with {listed(dict.fromkeys(about))}" if about else ""


def _ways(contact: Contact) -> list[str]:
    return _lines(contact.email or (), contact.post, contact.phone)


def _reached(contact: rules.Contact) -> list[str]:
    return _lines(contact.emails, contact.post, contact.phone)


def _lines(emails: tuple[str, ...], post: str | None, phone: str | None) -> list[str]:
    ways = [f"Email: {address}" for address in emails]
    if post:
        ways.append(f"Post: {post}")
    if phone:
        ways.append(f"Phone: {phone}")
    return ways


def _places(document: Document) -> Clause:
    clinic = document.clinic
    if clinic is None:
        return Clause("clinic.brands", "Our names and places")
    names = [brand.name for brand in clinic.brands.values()]
    hosts = [host for brand in clinic.brands.values() for host in brand.hosts]
    said = [f"We work under the name{'s' if len(names) > 1 else ''} {listed(names)}."]
    if hosts:
        said.append(f"Our site{'s are' if len(hosts) > 1 else ' is'} {listed(hosts)}.")
    items = tuple(
        f"{capital(site.name or slug.replace('-', ' ').title())}"
        + (f": {site.address}" if site.address else "")
        for slug, site in clinic.sites.items()
    )
    if items:
        said.append("You find us here:")
    return Clause(
        "clinic.brands",
        "Our names and places",
        (" ".join(said),),
        items,
        also=("clinic.sites",),
    )


def _scope(document: Document) -> Clause:
    notice = document.notice
    audience = [_AUDIENCE[word] for word in notice.audience] if notice else []
    scope = [_SCOPE[word] for word in notice.scope] if notice else []
    said = [
        f"This notice is for {listed(audience) or 'all whose data we hold'}.",
    ]
    if scope:
        said.append(f"It covers what we do {listed(scope)}.")
    said.append(
        "Reading our site does not mean that you agree to anything. Where we need your"
        " yes, we ask for it."
    )
    unhappy = (
        "If you do not like what you read here, you need not use our site or give us"
        " your data. You can tell us so, and all your rights stay yours."
    )
    return Clause(
        "notice.scope",
        "What this notice covers",
        (" ".join(said), unhappy),
        also=("notice.audience", "notice.sections", "notice.laws-cited"),
    )


def _promises(document: Document) -> Clause:
    items = tuple(
        PROMISES.get(word, sentence(word.replace("-", " ")))
        for word in document.commitments
    )
    said = ("These hold for all that follows:",)
    return Clause("commitments", "What we promise", said, items)
