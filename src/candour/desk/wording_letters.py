"""How the desk says things about letters, recipients and paper."""

from types import MappingProxyType

STATES = MappingProxyType(
    {
        "draft": ("due", "Being written"),
        "filed": ("due", "To be posted"),
        "sent": ("kept", "Sent"),
        "dropped": ("quiet", "Put aside"),
    }
)
GROUNDS = MappingProxyType(
    {
        "permission-for-this": "The patient said yes to this letter",
        "listed-recipient": "Our notice says that this goes to them",
        "required-by-law": "The law requires it",
        "court-order": "A court ordered it",
        "vital-interests": "To protect somebody’s life",
    }
)
TOLD = MappingProxyType(
    {
        "now": "Email them now: who got what, without the letter",
        "already": "I have told them myself",
        "not": "They are not told, for the reason below",
    }
)
HOW = MappingProxyType({"email": "Email", "post": "Post"})
SENDERS = MappingProxyType(
    {
        "health-professional": "A health professional",
        "health-service": "A hospital or service",
        "insurer": "An insurer",
        "solicitor": "A solicitor",
        "authority": "An authority",
        "patient": "The patient",
        "relative": "A relative or friend",
        "other": "Somebody else",
    }
)
CAME = MappingProxyType(
    {"post": "By post", "email": "By email", "in-person": "Brought along"}
)
PAPER = MappingProxyType(
    {
        "form": "Paper file or form",
        "letter": "Letter on paper",
        "consent": "Signed consent on paper",
        "report": "Report or X-ray film",
        "model": "Study model or cast",
    }
)
COUNTRIES = MappingProxyType(
    {
        "GB": "United Kingdom",
        "IE": "Ireland",
        "US": "United States",
        "DE": "Germany",
        "FR": "France",
        "NL": "Netherlands",
        "CN": "China",
    }
)
SAFEGUARDS = MappingProxyType(
    {
        "": "None is needed: they are in the UK",
        "adequacy": "UK adequacy regulations",
        "idta": "International data transfer agreement",
        "addendum": "EU clauses with the UK addendum",
        "bcr": "Binding corporate rules",
    }
)
