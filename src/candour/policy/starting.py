"""Write the first policy of a new clinic: a commented file, from a few answers.

It leans on the model. What was not answered stands there to be decided, so the file is
well written from the start and cannot be published before somebody has decided.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from candour.core.errors import Invalid

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch
ELECTRONIC: Final = ("email", "sms", "whatsapp", "phone", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered. An empty text is a question left open.

    `keep` is how many years a health record is kept after the last treatment.
    """

    name: str
    clinic: str
    on: date
    region: str = "ENG"
    host: str = ""
    company: str = ""
    company_number: str = ""
    address: str = ""
    ico: str = ""
    email: str = ""
    marketing: tuple[str, ...] = ()
    photographs: bool = False
    children: bool = False
    cctv: bool = False
    card_company: str = ""
    keep: int = 8


def written(answers: Answers) -> str:
    """Return the text of the file. Raises Invalid for a name that is no slug."""
    if not SLUG(answers.name):
        raise Invalid(
            f"'{answers.name}' cannot be the name of a policy: use small letters, "
            "figures and single hyphens."
        )
    cleaned = _cleaned(answers)
    if not cleaned.clinic:
        raise Invalid("The clinic needs a name.")
    return "\n".join(_lines(cleaned)) + "\n"


def _cleaned(answers: Answers) -> Answers:
    """Return the answers on one line each, without signs that cannot be seen."""
    return replace(
        answers,
        clinic=_line(answers.clinic),
        host=_line(answers.host),
        company=_line(answers.company),
        company_number=_line(answers.company_number),
        address=_line(answers.address),
        ico=_line(answers.ico),
        email=_line(answers.email),
        card_company=_line(answers.card_company),
    )


def _line(text: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())


def _lines(answers: Answers) -> Iterator[str]:
    yield from _head(answers)
    yield from _collects(answers)
    yield from _purposes(answers)
    yield from _messages(answers)
    yield from _others(answers)
    yield from _rest(answers)


def _head(answers: Answers) -> Iterator[str]:
    slug, clinic = answers.name, answers.clinic
    yield "# yaml-language-server: $schema=../policy.schema.json"
    yield f"# {clinic}. Facts only: the notice is written from them."
    yield "# '{}' takes what the model says. 'decide' = somebody has to choose before"
    yield "# publishing; until then 'meanwhile' holds. Look at it with:"
    yield f"#   candour policy check {slug}     candour policy lint {slug}"
    yield "candour: 1"
    yield f"policy: {slug}"
    yield "extends: model"
    yield f"version: {_text(f'{answers.on:%Y-%m}')}"
    yield f"effective: {answers.on:%Y-%m}-01"
    yield "language: en-GB"
    yield ""
    yield "clinic:"
    yield f"  name: {_text(clinic)}"
    yield f"  region: {answers.region}                     # ENG, WLS, SCT or NIR"
    yield "  brands:                         # one or more names it trades under"
    yield f"    {slug}:"
    yield f"      name: {_text(clinic)}"
    yield f"      hosts: [{answers.host or f'{slug}.example'}]"
    yield ""
    yield "controllers:                      # who answers in law (Article 13(1)(a))"
    yield f"  {slug}:"
    yield f"    name: {_text(answers.company or clinic)}"
    yield f"    address: {_or(answers.address, 'where is it registered?', _HIDE)}"
    asked = "what is its number at Companies House? No company: take this line out"
    yield f"    company: {_or(answers.company_number, asked, _HIDE)}"
    ico = _or(answers.ico, "what is the number of the entry with the ICO?", _HIDE)
    yield f"    ico: {ico}"
    yield "    # ico-renews: 2027-05-31           # called to mind a month before"
    yield '    # registrations: {CQC: "1-101668152"}   # also HIS, HIW, RQIA, GMC …'
    yield "    dpo: privacy"
    yield ""
    yield "contacts:                         # a role, never a person's name"
    yield "  privacy:"
    email = f"[{answers.email}]" if answers.email else _or("", "which address?", "[]")
    yield f"    email: {email}"
    yield "    for: [questions, rights, complaints, marketing-stop]"


_HIDE: Final = "unpublished"


def _collects(answers: Answers) -> Iterator[str]:
    yield ""
    yield "# ---- what is collected: take out what you do not ask for"
    yield "collects:"
    for category in (
        *("identity.name", "identity.birth-date", "contact.email", "contact.phone"),
        *("contact.address", "emergency-contact", "care-team.gp", "insurance"),
        *("lifestyle.occupation", "enquiry", "interests"),
        *("health.conditions", "health.medication", "health.allergies"),
        *("images.photograph", "treatment.provided", "treatment.proposed"),
        *("treatment.cost", "notes.conversation", "prescription"),
        *("consent-to-treatment", "correspondence", "appointments"),
        *("payment.token", "payment.refund"),
    ):
        yield f"  {category}: {{}}"
    if answers.cctv:
        yield "  cctv: {of: [visitor, patient], from: [cctv]}"
    yield "need: {}"
    yield "forms:"
    yield "  enquiry: {}"


def _purposes(answers: Answers) -> Iterator[str]:
    yield ""
    yield "# ---- what for: each with its basis and roles, from the model"
    yield "purposes:"
    for purpose in (
        *("care", "enquiry", "appointments", "payment", "bookkeeping", "emergency"),
    ):
        yield f"  {purpose}: {{}}"
    if answers.marketing:
        yield "  offers: {}                      # by consent"
    if answers.cctv:
        yield "  premises-security:"
        yield "    basis: legitimate-interests"
        yield "    assessment: lia-cctv          # write it before you publish"
        yield "    about: [visitor, patient]"
        yield "    uses: [cctv]"
        yield "    by: {manager: day, data-protection-lead: day, system: all}"


def _messages(answers: Answers) -> Iterator[str]:
    yield ""
    yield "# ---- what is sent, and how"
    yield "messages:"
    for kind in ("enquiry-reply", "appointment", "aftercare", "payment-confirmation"):
        yield f"  {kind}: {{}}"
    yield ""
    if answers.marketing:
        channels = ", ".join(answers.marketing)
        yield f"  offer: {{channels: [{channels}]}}"
        yield f"  newsletter: {{channels: [{channels}]}}"
        yield ""
        yield "marketing: {}                     # an empty box for each channel"
    shown = "{any-of: [explicit-consent]}" if answers.photographs else "never"
    yield "photographs:"
    yield f"  publish: {shown}"


def _others(answers: Answers) -> Iterator[str]:
    yield ""
    yield "# ---- who else gets data: name every company, with its country"
    yield "recipients:"
    yield "  gp: {}"
    yield "  hospital: {}"
    yield "  tax-authority: {}"
    if answers.card_company:
        yield "  card-company:"
        yield f"    name: {_text(answers.card_company)}"
        yield "    kind: payment"
        yield "    role: processor"
        yield "    for: [payment]"
        yield "    gets: [payment]"
        yield f"    country: {_or('', 'in which country?', 'inactive')}"
    yield "disclosures: {}"


def _rest(answers: Answers) -> Iterator[str]:
    yield ""
    yield "# ---- how long"
    yield "retention:"
    yield "  clinical:"
    yield f"    keep: P{answers.keep}Y                      # guidance: 8 years"
    yield "  enquiries: {}"
    if answers.cctv:
        yield "  cctv: {covers: [cctv], keep: P31D, after: recorded, then: erase}"
    yield ""
    yield "# ---- what people may ask of you: the law's time, unless you promise less"
    yield "rights:"
    yield "  to: [privacy]"
    yield "  identity: only-if-doubt"
    for right in (
        *("access", "rectification", "erasure", "restriction", "portability"),
        *("objection", "withdrawal", "automated", "refusal"),
    ):
        yield f"  {right}: {{}}"
    yield "complaints: {to: privacy}"
    yield ""
    yield "# ---- the site, and care in general"
    yield "# Once somebody has looked at our own two cookies, write in place of {}:"
    yield "# {uses: {strictly-necessary: {reviewed: {by: manager, on: 2026-05-31}}}}"
    yield "cookies: {}"
    yield "links: {}"
    if answers.children:
        yield "children: {}                      # with a guardian's agreement"
    else:
        yield "children: {not-collected-under: 18, if-found: child-case}"
    yield "identity: {}"
    yield "payments: {}"
    if answers.cctv:
        yield "premises: {cctv: {purpose: premises-security}}"
    yield "security: {special: {}, trail: {}, backups: {}, storage: {}, controls: {}}"
    yield "breach: {}"
    yield "ownership: {}"
    yield "notice: {}"
    yield "commitments: [never-sell, special-never-marketing]"


def _or(value: str, why: str, meanwhile: str) -> str:
    """Return a value as YAML, or the question left open."""
    if value:
        return _text(value)
    return f"{{decide: {_text(why)}, meanwhile: {meanwhile}}}"


def _text(value: str) -> str:
    """Return a text in double quotes, which YAML and JSON write alike."""
    return json.dumps(value, ensure_ascii=False)
