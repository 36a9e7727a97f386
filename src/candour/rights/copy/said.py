"""Our own words in a copy, said plainly: what a column or a list has as a slug.

The data file keeps the slugs, for whoever reads it by machine. Nothing a person wrote
passes through here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from candour.files import kinds as files
from candour.files.reasons import SAID
from candour.law.special_data import EXCEPTIONS
from candour.policy.render.words import messages, others, people, purposes
from candour.policy.vocabulary import CATEGORIES

RECORDS = MappingProxyType(
    {
        "account": "Your account",
        "identity": "Who you are",
        "enquiry": "What you asked",
        "scheduling": "Visits",
        "clinical": "Your care",
        "image": "Photographs",
        "prescription": "Prescriptions",
        "consent": "What you agreed to",
        "message": "Messages",
        "marketing": "News and offers",
        "payment": "Payments",
        "feedback": "What you thought of us",
        "call": "Calls",
        "cctv": "Pictures of our cameras",
        "proof": "Proofs of who you are",
        "request": "What you asked of your data",
        "complaint": "Complaints",
        "incident": "Data breaches",
        "disclosure": "What was passed on",
        "trail": "Who looked",
        "web": "Visits to our site",
    }
)
KINDS = MappingProxyType(
    {
        **messages.KINDS,
        **{kind.slug: kind.label for kind in files.KINDS.values()},
        "access": "A copy of your data",
        "erasure": "To be erased",
    }
)
STATES = MappingProxyType(
    {
        # of a request
        "waiting-link": "Waiting for you to open the link",
        "waiting-identity": "Waiting to know that it is you",
        "open": "We are at work on it",
        "ready": "Ready for you to fetch",
        "done": "Answered",
        "refused": "We said no",
        "expired": "It ended by itself",
        # of a message
        "queued": "Waiting to be sent",
        "sending": "Being sent",
        "sent": "Sent",
        "held": "Held back, since your data is set aside",
        "failed": "It could not be delivered",
        "unknown": "It may not have arrived",
        # of a file
        "quarantined": "Being checked",
        "clean": "Checked and kept",
        "rejected": "Not kept",
        "gone": "Deleted",
        # of a letter
        "draft": "Being written",
        "filed": "Ready to be posted",
        "dropped": "Put aside",
        # of a permission, or of a request that was called off
        "given": "You said yes",
        "withdrawn": "You took it back",
        "objected": "You said no",
        "lapsed": "We have to ask you again",
        "unconfirmed": "We wait for you to confirm it",
    }
)
STEPS = MappingProxyType(
    {
        "received": "You asked",
        "address-proven": "The link we sent was opened",
        "more-asked": "We asked for one detail more",
        "identity-not-matched": "An answer did not fit what we know",
        "identity-for-staff": "Our staff went on, to make sure who asked",
        "identified": "It was settled that it is you",
        "time-runs-from-proof": "Our time to answer began to run",
        "copy-made": "Your copy was made",
        "copy-fetched": "Your copy was fetched",
        "copy-removed": "Our file of your copy was removed",
        "look-again": "Something had changed, so we asked you to look again",
        "withdrawn": "You called it off",
        "refused": "We said no",
        "erased": "We erased it, and wrote a certificate",
        "lapsed": "It ended, since nobody opened the link",
        "reminded": "We reminded you that you could go on",
        "not-decided": "It ended, since you did not say that we should go on",
    }
)
OUTCOMES = MappingProxyType(
    {
        "sent": "It went",
        "refused": "It was turned away",
        "deferred": "It was put off",
        "unreachable": "Nobody answered",
        "unknown": "It broke off, and may have gone",
        "lost": "It broke off",
        "not-allowed": "The notice did not allow it any more",
        "error": "It failed before it went",
    }
)
HOWS = MappingProxyType(
    {
        "enquiry-form": "On the enquiry form",
        "stop-page": "On the page to stop messages",
        "said-by-letter": "By a link in a letter of ours",
        "claimant": "You had asked before we knew that it was you",
        "name-and-detail": "Your name and a detail fitted both",
        "called": "We called a number that we held before",
        "met": "We saw you in the clinic and know you",
        "document": "We saw an identity document, and kept no copy",
        "letter": "You answered a letter to an address that we held before",
    }
)
RELATIONS = MappingProxyType(
    {
        "claimant": "Somebody who asked about their data",
        "enquirer": "Somebody who asked us a question",
        "patient": "A patient",
        "visitor": "A visitor to our site",
        "applicant": "Somebody who wants to work here",
        "staff": "Somebody who works here",
    }
)
STATUSES = MappingProxyType(
    {
        "new": "Not answered yet",
        "answered": "Answered",
        "closed": "Closed",
        # of a form
        "draft": "Begun, not signed yet",
        "complete": "Complete",
    }
)
PLACES = MappingProxyType({"enquiry": "On the enquiry form"})
MEDIA = MappingProxyType(
    {"electronic": "As a file", "paper": "On paper", "model": "As a model"}
)
# Why something was given to somebody outside the clinic.
GROUNDS = MappingProxyType(
    {
        "listed-recipient": "Our notice says that it goes there",
        "permission-for-this": "You said yes to it",
        "required-by-law": "The law requires it",
        "court-order": "A court ordered it",
        "vital-interests": "To protect a life",
    }
)
TOLD = MappingProxyType(
    {"now": "By email", "already": "By somebody here", "not": "You were not told"}
)
FIELDS = MappingProxyType({slug: one.label for slug, one in CATEGORIES.items()})
LAYERS = MappingProxyType({"form": "The part on the form"})
ROLES: Mapping[str, str] = MappingProxyType(
    {
        **people.ROLES,
        "person": "you",
        "visitor": "somebody on our site",
        "system": "our system, by itself",
    }
)
MODES = MappingProxyType(
    {
        "in-person": "Together, at the clinic",
        "video": "By video",
        "phone": "By phone",
        "portal": "By yourself, in your account",
    }
)
CONDITIONS = MappingProxyType(
    {
        "consent": "You agreed",
        **{one.slug: f"{one.says} ({one.source})" for one in EXCEPTIONS.values()},
    }
)
_COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kind": KINDS,
        "state": STATES,
        "status": STATUSES,
        "what": STEPS,
        "outcome": OUTCOMES,
        "how": HOWS,
        "relation": RELATIONS,
        "channel": people.CHANNELS,
        "reply_by": people.CHANNELS,
        "source": people.SOURCES,
        "goes": RECORDS,
        "place": PLACES,
        "layer": LAYERS,
        "because": SAID,
        "ground": GROUNDS,
        "fields": FIELDS,
        "told": TOLD,
        "told_how": {"by-staff": "By somebody here", "email": "By email"},
        "sender_kind": {},
        "template": {"gp": "To your GP", "patient": "To you"},
        "medium": MEDIA,
        "mode": MODES,
        "condition": CONDITIONS,
        "brand": {},
        "topics": {},
        "interests": {},
        "sold_topics": {},
    }
)


def is_ours(column: str) -> bool:
    """Say whether a column holds words of ours, never anybody's own."""
    return column in _COLUMNS or column == "purpose"


def of_column(column: str, slug: str) -> str:
    """Return what a column of ours says, as a reader would say it."""
    if column == "purpose":
        return purpose(slug)
    return capital(_COLUMNS[column].get(slug) or plain(slug))


def purpose(slug: str) -> str:
    """Return what a use of the data is for: "To answer you"."""
    return purposes.purpose_words(slug).title


def role(slug: str) -> str:
    """Return who looked, by role: the names of staff are their own data."""
    return capital(ROLES.get(slug) or plain(slug))


def source(slug: str) -> str:
    """Return where data comes from: "forms on our site"."""
    return people.SOURCES.get(slug) or plain(slug)


def recipient(slug: str) -> str:
    """Return who may be given data: "Firms that send our emails"."""
    return others.NAMES.get(slug) or capital(plain(slug))


def safeguard(slug: str) -> str:
    """Return how data is safe abroad, or nothing where nothing is said."""
    return others.SAFEGUARDS.get(slug) or plain(slug)


def country(code: str) -> str:
    """Return a country by name: "the United States"."""
    return others.COUNTRIES.get(code, code)


def plain(slug: str) -> str:
    """Return a slug with blanks between its words."""
    return slug.replace("-", " ").replace("_", " ")


def capital(text: str) -> str:
    """Return the text with its first letter large, and no other changed."""
    return text[:1].upper() + text[1:]
