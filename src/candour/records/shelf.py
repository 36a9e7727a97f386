"""A first shelf of consent words and products. A clinic puts its own in their place.

The words are ours and plain. They say what is done, what may go wrong, and what else
there is; whoever treats adds what matters for this patient.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from candour.catalogue import stock
from candour.core.actor import Actor
from candour.records.actions import agreements
from candour.records.models import ConsentForm

FRESH = timedelta(days=270)


@dataclass(frozen=True, slots=True)
class Words:
    """What is agreed to for one class of treatment."""

    kind: str
    title: str
    text: str
    risks: tuple[str, ...]
    alternatives: str


WORDS = (
    Words(
        "injectable",
        "Consent to injections",
        "You are going to have injections into or under the skin. We told you which"
        " product it is, how it is given, how long it lasts, and that results differ"
        " from person to person.\n\nYou can change your mind at any time before it is"
        " done. Call us at once if the skin turns pale or grey, if it hurts more and"
        " more, or if you cannot see well.",
        (
            "Pain, swelling and bruising for some days",
            "Infection, or a cold sore that comes back",
            "A droop of the lid, the brow or the mouth for some weeks",
            "Lumps, or two sides that are not the same",
            "A blocked vessel: rare, with loss of skin or, very rarely, of sight",
            "An allergic reaction, which can be grave",
            "That it does too little, and has to be done again",
        ),
        "Do nothing. Look after the skin, and use sun cream. Try another treatment.",
    ),
    Words(
        "laser",
        "Consent to laser or light",
        "A strong light is used on your skin. We told you how many visits it may take,"
        " why the skin must not be tanned, and why your eyes are covered.",
        (
            "Redness and swelling for some days",
            "Burns, blisters or crusts",
            "Skin that turns lighter or darker, sometimes for good",
            "Scars",
            "Hair or marks that come back",
        ),
        "Do nothing. Shave, wax or cover. Try another treatment.",
    ),
    Words(
        "skin",
        "Consent to a skin treatment",
        "The top of your skin is treated so that it renews itself. We told you what to"
        " leave off before, and how to look after it when you are home.",
        (
            "Redness, peeling and dryness for some days",
            "Infection, or a cold sore that comes back",
            "Skin that turns lighter or darker",
            "Scars",
        ),
        "Do nothing. Look after the skin, and use sun cream.",
    ),
    Words(
        "surgical",
        "Consent to an operation",
        "You are going to have an operation. We told you what is cut and closed, how"
        " you are kept from pain, how long it takes to heal, and who looks after you"
        " at night.",
        (
            "Pain, bleeding and bruising",
            "Infection of the wound",
            "Scars that stay",
            "Numb skin, for months or for good",
            "A clot of blood in a leg or a lung",
            "That it has to be done again",
        ),
        "Do nothing. Choose something smaller. Wait, and come back to it.",
    ),
    Words(
        "wellbeing",
        "Consent to a wellbeing treatment",
        "You are going to have something by mouth, by drip or by injection. We told you"
        " what is in it and what it can and cannot do.",
        (
            "Pain or a bruise where the needle goes in",
            "Feeling sick or faint",
            "An allergic reaction, which can be grave",
            "That it makes no difference",
        ),
        "Do nothing. Eat, sleep and move well. Ask your GP for a blood test.",
    ),
)
# Code, name, kind, unit, prescription only, implant. The maker is nobody real.
PRODUCTS = (
    ("toxin-a-100", "Botulinum toxin type A 100", "toxin", "units", True, False),
    ("ha-filler-20", "Hyaluronic acid 20 mg/ml", "filler", "ml", False, False),
    ("hyaluronidase-1500", "Hyaluronidase 1500", "medicine", "units", True, False),
    ("lidocaine-cream", "Lidocaine cream 5 %", "medicine", "g", False, False),
    ("peel-20", "Mandelic peel 20 %", "skincare", "ml", False, False),
    ("needle-tip", "Microneedling tip 1.5 mm", "consumable", "pieces", False, False),
    ("graft", "Follicle graft", "other", "pieces", False, True),
)
MAKER = "Invented Laboratories"


def furnish(*, by: Actor, at: datetime, on: date) -> None:
    """Put words in use where a class has none; with no stock yet, some of each product.

    Done again, it changes nothing that is there.
    """
    held = set(ConsentForm.objects.values_list("kind", flat=True))
    for words in WORDS:
        if words.kind not in held:
            agreements.publish_form(
                kind=words.kind,
                title=words.title,
                text=words.text,
                risks=words.risks,
                alternatives=words.alternatives,
                by=by,
                at=at,
            )
    if stock.batches(on=on):
        return
    for number, (code, name, kind, unit, pom, implant) in enumerate(PRODUCTS):
        product = stock.add_product(
            code=code,
            name=name,
            maker=MAKER,
            kind=kind,
            unit=unit,
            pom=pom,
            implant=implant,
        )
        stock.take_in(
            product=product.ref,
            number=f"DEMO-{code[:4]}-{number + 1:03d}",
            expires_on=on + FRESH,
            by=by,
            on=on,
        )
