"""The enquiry form: asked, checked, kept, and acknowledged."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from candour import gate
from candour.catalogue import queries as catalogue
from candour.consent import actions as consent
from candour.core import clock
from candour.core.actor import VISITOR
from candour.core.errors import Conflict, NotFound
from candour.enquiries import actions as enquiries
from candour.notices import actions as notices
from candour.outbox import actions as outbox
from candour.outbox import limits as letter_limits
from candour.people import actions as people
from candour.people.normal import email_key
from candour.policy.compile import Policy
from candour.policy.vocabulary import RecordClass
from candour.public import letters
from candour.public.forms import EnquiryForm, Question
from candour.register.permit import Permit
from candour.web import clinic, limits, pages, words
from candour.web.constraints import broken

SOURCE = "website-form"
AT_MOST, SECONDS = 60, 600
ONE_EACH = "enquiries_enquiry_token_key"
NOTICE_MOVED = (
    "Our privacy notice changed while you were writing. What you wrote is still here:"
    " look at the notice, then send it again."
)
TOO_OLD = "This page was open too long. What you wrote is still here: send it again."


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest) -> HttpResponse:
    """Show the form; take a question, or give it back with what is wrong beside it."""
    policy = clinic.policy(request)
    if "enquiry" not in policy.forms:
        raise NotFound
    form = EnquiryForm(policy, [(s.code, s.name) for s in catalogue.menu()])
    if request.method != "POST":
        return _shown(request, form)
    limits.spend("enquiry", limits.client(request), at_most=AT_MOST, seconds=SECONDS)
    question = form.read(request.POST)
    token = _uuid(request.POST.get("token", ""))
    if question is None:
        return _shown(request, form, token=token)
    if token is None:
        return _shown(request, form, trouble=TOO_OLD)
    if request.POST.get("notice") != str(clinic.version(request).ref):
        return _shown(request, form, token=token, trouble=NOTICE_MOVED)
    try:
        _receive(request, question, token, at=clock.now())
    except NoticeMoved:
        return _shown(request, form, token=token, trouble=NOTICE_MOVED)
    return HttpResponseRedirect(reverse("public:enquiry-thanks"))


class NoticeMoved(Conflict):
    """The notice changed between showing the form and keeping what it says."""

    code = "notice_moved"


def _shown(
    request: HttpRequest,
    form: EnquiryForm,
    *,
    token: UUID | None = None,
    trouble: str = "",
) -> HttpResponse:
    notice = clinic.version(request).ref
    shown = form.shown(token=token or uuid4(), notice=notice, trouble=trouble)
    context = {
        "lead": "A few short answers. A person reads them and replies.",
        "form": shown,
        "steps": steps(form.policy),
    }
    status = 422 if shown["errors"] else 200
    response = pages.page(request, "public/enquiry.html", context, status=status)
    return pages.private(response)


def _receive(
    request: HttpRequest, question: Question, form: UUID, *, at: datetime
) -> None:
    """Keep a question in one unit of work. The same one sent twice is kept once."""
    version = clinic.version(request).id
    person = people.allocate()
    try:
        with gate.open(
            by=VISITOR,
            purpose="enquiry",
            people=[person],
            verb="public:enquiry:send",
            at=at,
        ) as permit:
            if permit.policy_id != version:
                raise NoticeMoved
            brand = clinic.brand(request).slug
            _keep(permit, person, question, question.token(form), brand, at)
    except IntegrityError as error:
        if broken(error) != ONE_EACH:
            raise


def _keep(
    permit: Permit,
    person: int,
    question: Question,
    token: UUID,
    brand: str,
    at: datetime,
) -> None:
    """Write down who asks, what, which notice they saw, and what they agreed to."""
    people.add_person(
        permit=permit,
        person_id=person,
        name=question.name,
        contacts=question.contacts,
        relation="enquirer",
        source=SOURCE,
        brand=brand,
        at=at,
    )
    kept = enquiries.receive(
        permit=permit,
        person_id=person,
        token=token,
        topics=question.topics,
        message=question.message,
        reply_by=question.reply_by,
        source=SOURCE,
        brand=brand,
        at=at,
    )
    notices.shown(permit=permit, person_id=person, layer="form", place="enquiry", at=at)
    _agree(permit, person, question, at)
    if question.email:
        _acknowledge(permit, person, question, kept.ref, at)


def _agree(permit: Permit, person: int, question: Question, at: datetime) -> None:
    """Write down each yes to news and offers, with the words that were read.

    It permits nothing until whoever reads the address says that it was them.
    """
    for yes in question.yes:
        consent.give(
            permit=permit,
            person_id=person,
            purpose=permit.policy.marketing.purpose,
            channel=yes.channel,
            wording=yes.wording,
            topics=yes.topics,
            how="enquiry-form",
            by=VISITOR,
            at=at,
            confirmed=False,
        )


def _acknowledge(
    permit: Permit, person: int, question: Question, enquiry: UUID, at: datetime
) -> None:
    """Queue the note that the question has come in, unless it went there too often."""
    address = question.email
    if not letter_limits.may_write_to(address, kind="acknowledgement", at=at):
        return
    secret = people.ask_for_proof(
        permit=permit, person_id=person, key=email_key(address)
    )
    subject, body = letters.acknowledgement(
        permit.policy, secret, offers=bool(question.yes)
    )
    outbox.queue_email(
        permit=permit,
        person_id=person,
        kind="enquiry-acknowledgement",
        to=address,
        subject=subject,
        body=body,
        origin=("enquiry", enquiry),
        by=VISITOR,
        at=at,
    )


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the question is kept. It holds nothing of the person."""
    context = {"steps": steps(clinic.policy(request))}
    return pages.page(request, "public/enquiry_thanks.html", context)


def steps(policy: Policy) -> list[dict[str, str]]:
    """Return what happens to a question, in order, each with its clause."""
    rule = policy.purposes.get("enquiry")
    readers = (
        [words.ROLE_WORDS[r] for r in rule.by if r in words.ROLE_WORDS] if rule else []
    )
    keeping = policy.retention_of(RecordClass.ENQUIRY)
    return [
        {
            "when": "Now",
            "text": f"It is saved. It can be read by {words.listed(readers)}.",
            "clause": words.number(policy, "purposes.enquiry"),
        },
        {
            "when": "Soon",
            "text": "A person answers you, and only about what you asked.",
            "clause": words.number(policy, "messages.enquiry-reply"),
        },
        {
            "when": "In the end",
            "text": keeping.says if keeping else "",
            "clause": words.number(policy, keeping.clause) if keeping else "",
        },
    ][: 3 if keeping else 2]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
