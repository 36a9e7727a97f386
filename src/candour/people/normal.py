"""Making names, addresses and numbers comparable."""

import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from candour.core.errors import Invalid

REGION = "GB"
PHONES = ("phone", "sms", "whatsapp")  # channels that a telephone number serves


def email_key(value: str) -> str:
    """Return an email address in the form it is compared in.

    Raises Invalid, with a sentence that says what is wrong, for what is no address, and
    for a name before the @ that is not ASCII: few mail servers take one, and on the way
    there it would be changed into somebody else's.
    """
    try:
        found = validate_email(value.strip(), check_deliverability=False)
    except EmailNotValidError as cause:
        raise Invalid(
            "This is not an email address."
            " It needs a name, an @ and an ending such as .co.uk."
        ) from cause
    if not found.local_part.isascii():
        raise Invalid(
            "We cannot write to this email address. Before the @ it may only"
            " have plain letters, without accents. Please give another one."
        )
    # Not casefold: faß.example and fass.example are two domains.
    return found.normalized.lower()


def phone_key(value: str) -> str:
    """Return a phone number in E.164, read as British without a country code.

    Raises Invalid for what cannot be a phone number.
    """
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException as cause:
        raise Invalid(
            "This is not a phone number. Use digits, such as 020 7946 0000."
        ) from cause
    if not phonenumbers.is_possible_number(number):
        raise Invalid("This phone number is too short or too long. Check its digits.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def words_key(value: str) -> str:
    """Return words for searching: no accents, no case, single spaces."""
    decomposed = unicodedata.normalize("NFKD", value)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def value_key(channel: str, value: str) -> str:
    """Return the comparable form of a contact value for its channel."""
    if channel == "email":
        return email_key(value)
    if channel in PHONES:
        return phone_key(value)
    return words_key(value)
