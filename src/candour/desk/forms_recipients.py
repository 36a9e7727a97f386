"""What staff type about a recipient: name, address, country, how they were checked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from candour.core.errors import Invalid
from candour.desk.forms_letters import NAME_MAX, _Form, _radio
from candour.desk.typed import day_of
from candour.desk.wording_letters import COUNTRIES, SAFEGUARDS
from candour.policy.vocabulary import CATEGORIES
from candour.web.answers import Chosen, Typed


def an_email(text: str) -> None:
    """Raise Invalid for what is no email address."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise Invalid("This is not an email address.") from None


class RecipientForm(_Form):
    """A recipient, as typed."""

    def __init__(self, classes: Sequence[tuple[str, str]], gets: Sequence[str]) -> None:
        self.slug = _radio(
            "slug", "Who are they to us?", dict(classes), "Choose who they are."
        )
        self.name = Typed(
            name="name",
            label="Name",
            missing="Write what they are called.",
            most=NAME_MAX,
            hint="One surgery, one hospital, one company.",
        )
        self.address = Typed(
            name="address",
            label="Postal address",
            missing="",
            most=400,
            type="textarea",
            required=False,
        )
        self.email = Typed(
            name="email",
            label="Email address",
            missing="",
            most=320,
            type="email",
            required=False,
            check=an_email,
            hint="Only one that you know to be theirs, and safe for health data.",
        )
        self.country = _radio(
            "country", "Country", COUNTRIES, "Choose the country.", across=True
        )
        self.safeguard = Chosen(
            name="safeguard",
            legend="Safeguard outside the UK",
            options=list(SAFEGUARDS.items())[1:],
            kind="radio",
            hint="UK GDPR Article 46. Leave it empty for the UK.",
        )
        self.contract_until = Typed(
            name="contract_until",
            label="Contract until",
            missing="",
            most=10,
            type="date",
            required=False,
            short=True,
            check=day_of,
            hint="For those who work for us. Leave it empty where there is none.",
        )
        self.screened_how = Typed(
            name="screened_how",
            label="How you made sure who they are",
            missing="",
            most=200,
            required=False,
            hint="“NHS service search, rang their switchboard.” Today’s date is kept.",
        )
        self.fields = Chosen(
            name="fields",
            legend="What they said they need",
            options=[(slug, CATEGORIES[slug].label.capitalize()) for slug in gets],
            hint="None ticked: all that the notice lets them have.",
        )
        self.active = Chosen(
            name="active",
            legend="May data go there?",
            options=[("yes", "Yes: they were checked, and it may go there")],
        )
        self.answers = [
            *([self.slug] if classes else []),
            self.name,
            self.address,
            self.email,
            self.country,
            self.safeguard,
            self.contract_until,
            self.screened_how,
            *([self.fields] if gets else []),
            self.active,
        ]

    def fill(self, row: Any) -> None:
        """Show what is on the register."""
        self.name.value, self.email.value = row.name, row.email
        self.address.value, self.screened_how.value = row.address, row.screened_how
        self.country.values = [row.country] if row.country else []
        self.safeguard.values = [row.safeguard] if row.safeguard else []
        until: date | None = row.contract_until
        self.contract_until.value = until.isoformat() if until else ""
        self.fields.values = list(row.fields)
        self.active.values = ["yes"] if row.active else []

    def told(self, *, was: Any, at: datetime) -> Mapping[str, Any]:
        """Return what to keep; checked anew when it is said how."""
        how = self.screened_how.answer
        same = was is not None and how == was.screened_how
        until = self.contract_until.answer
        return {
            "name": self.name.answer,
            "address": self.address.answer.replace("\r\n", "\n").strip(),
            "email": self.email.answer,
            "country": self.country.value,
            "safeguard": self.safeguard.value,
            "contract_until": day_of(until) if until else None,
            "screened_how": how,
            "screened_at": was.screened_at if same else (at if how else None),
            "fields": self.fields.values,
            "active": bool(self.active.values),
        }
