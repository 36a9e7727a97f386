"""One invented person: who they are, how they came, and what they allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from candour.consent.models import ConsentEvent, Permission
from candour.crowd.care import Care
from candour.crowd.names import Household, Way
from candour.crowd.world import World
from candour.enquiries.models import STATUSES, Enquiry
from candour.notices.models import Shown
from candour.people import models as people
from candour.people.models import interaction, ties
from candour.people.normal import words_key
from candour.people.sought import nhs_key

ADULT = 18 * 366
VISITS = (0, 1, 2, 3, 5)  # how many a patient has, and how often that is
HOW_OFTEN = (10, 25, 35, 20, 10)
STATES = ("given", "unconfirmed", "withdrawn", "objected", "lapsed")
PRONOUNS = ("", "", "", "she/her", "he/him", "they/them")
QUESTIONS = (
    "Could I come in for a first talk one evening after work?",
    "Is the price on the page for one visit, or for the whole course?",
    "I have a wedding in May. When would I need to start?",
    "I bruise easily. Is that a reason not to come?",
    "Do you have anybody who speaks Polish?",
    "Is there a step at the door? I come with a chair.",
)
NOTES = (
    "Rang about parking; told them of the car park behind.",
    "Asked for an earlier time.",
    "Sent a card to say thank you.",
)


@dataclass(slots=True)
class Drawn:
    """Who was drawn, before anything is written."""

    pk: int
    ref: str
    name: str
    ways: Sequence[Way]
    born_on: date
    came: datetime
    patient: bool


def household(world: World, *, most: int) -> int:
    """Write down the next household with all that happened.

    Return how many live there: `most` at the most.
    """
    home = world.names.household()
    members = min(home.members, most)
    for place in range(members):
        _person(world, home, place)
    return members


def _person(world: World, home: Household, place: int) -> None:
    chance = world.chance
    today = world.at.date()
    child = place >= 2 and chance.random() < 0.7
    age = chance.randint(4 * 366, 17 * 365) if child else chance.randint(ADULT, 30000)
    patient = chance.random() < 0.68
    wanted = chance.choices(VISITS, HOW_OFTEN)[0] if patient else 0
    visits = world.diary.take(wanted)
    back = timedelta(days=chance.randint(3, 60), minutes=chance.randint(0, 600))
    first = min(visits[0][0], world.at) if visits else world.at
    came = (
        first - back
        if visits
        else world.at
        - timedelta(days=chance.randint(0, 700), minutes=chance.randint(1, 1400))
    )
    name, ways = world.names.person(home)
    drawn = Drawn(
        world.numbers[people.Person](), world.ref(), name, ways,
        today - timedelta(days=age), came, patient,
    )  # fmt: skip
    last = max([came, *(start for start, _ in visits if start < world.at)])
    _identity(world, drawn, last)
    asked = _enquiry(world, drawn) if not patient or chance.random() < 0.5 else False
    if patient:
        _registration(world, drawn)
        Care(world, drawn.pk, drawn.born_on, child).live(visits)
    _relations(world, drawn, asked, last)
    _ties(world, home, place, drawn, child)
    _permission(world, drawn)
    _dealings(world, drawn)


def _identity(world: World, one: Drawn, last: datetime) -> None:
    source = world.source("website-form", "clinic-form", "phone")
    brand = world.policy.brands[0].slug
    world.sheets[people.Person].add(
        id=one.pk, ref=one.ref, name=one.name, source=source, made_at=one.came,
        brand=brand,
    )  # fmt: skip
    proven = world.rarely(0.6)
    for way in one.ways:
        world.sheets[people.ContactPoint].add(
            ref=world.ref(), person_id=one.pk, channel=way.channel, value=way.value,
            value_key=way.key, source=source, made_at=one.came,
            verified_at=one.came if proven and way.channel == "email" else None,
        )  # fmt: skip
    for words in dict.fromkeys([words_key(one.name), *(way.key for way in one.ways)]):
        world.sheets[people.SearchKey].add(person_id=one.pk, words=words)
    world.sheets[Shown].add(
        person_id=one.pk, policy_id=world.policy_id, layer="form",
        place="registration" if one.patient else "enquiry", at=one.came,
    )  # fmt: skip


def _relations(world: World, one: Drawn, asked: bool, last: datetime) -> None:
    relation = ["enquirer"] * asked + ["patient"] * one.patient
    restricted = one.came if world.rarely(0.002) else None
    world.sheets[people.Standing].add(
        person_id=one.pk, relation=relation, last_interaction_at=last,
        born_on=one.born_on if one.patient else None, told_policy=world.policy_id,
        restricted_at=restricted,
    )  # fmt: skip


def _registration(world: World, one: Drawn) -> None:
    ref, sealed = world.ref(), {}
    if world.rarely(0.1):
        number = nhs_number(world)
        sealed = {
            "nhs_number": world.seal(one.pk, people.Patient, "nhs_number", ref, number),
            "nhs_key": nhs_key(number),
        }
    world.sheets[people.Patient].add(
        ref=ref, person_id=one.pk, number=world.patient_number(),
        registered_at=one.came, registered_by="system:demo",
        source=world.source("clinic-form", "registration"),
        pronouns=world.chance.choice(PRONOUNS),
        gp="Dr Foxglove Underhill" if world.rarely(0.4) else "",
        gp_address="4 Wharf Lane, Little Quill" if world.rarely(0.2) else "",
        **sealed,
    )  # fmt: skip


def nhs_number(world: World) -> str:
    """Return the next number of the range 999, which is issued to nobody."""
    while True:
        nine = f"999{next(world.nhs):06}"
        total = sum((10 - at) * int(digit) for at, digit in enumerate(nine))
        check = (11 - total % 11) % 11
        if check != 10:
            return f"{nine}{check}"


def _enquiry(world: World, one: Drawn) -> bool:
    ref, source = world.ref(), world.source("website-form", "email", "phone")
    text = world.chance.choice(QUESTIONS)
    old = one.came < world.at - timedelta(days=4)
    status = world.chance.choice(STATUSES[1:]) if old else world.turn("e", STATUSES)
    codes = [one.code for several in world.services.values() for one in several]
    reply = [way.channel for way in one.ways if way.channel in ("email", "phone")][:1]
    world.sheets[Enquiry].add(
        ref=ref, person_id=one.pk, brand=world.policy.brands[0].slug, source=source,
        topics=[world.chance.choice(codes)], reply_by=reply, status=status,
        message=world.seal(one.pk, Enquiry, "message", ref, text), token=world.ref(),
        received_at=one.came,
        answered_at=one.came + timedelta(hours=5) if status == "answered" else None,
        **world.clause("visitor", "enquiry"),
    )  # fmt: skip
    world.sheets[people.Interaction].add(
        ref=world.ref(), person_id=one.pk, at=one.came, kind="enquiry", channel=source,
        direction="in", purpose="enquiry", origin_ref=ref, source=source,
        made_at=one.came, by="visitor",
    )  # fmt: skip
    return True


def _ties(world: World, home: Household, place: int, one: Drawn, child: bool) -> None:
    if place == 0:
        home.adult, home.adult_ref = one.name, one.ref
    if not one.patient or not (child or world.rarely(0.08)):
        return
    kind = "guardian" if child else world.turn("link", ties.KINDS)
    family = home.adult and place and kind in ("guardian", "next-of-kin")
    proof: dict[str, Any] = {}
    if child:
        proof = {
            "proof": "birth-certificate",
            "verified_at": one.came,
            "verified_by": "system:demo",
            "until": _birthday(one.born_on, 18),
        }
    world.sheets[people.Link].add(
        ref=world.ref(), person_id=one.pk, kind=kind,
        name=home.adult if family else f"Ottoline {home.surname}",
        other_ref=home.adult_ref if family else None,
        source=world.source("clinic-form"), made_at=one.came, by="system:demo", **proof,
    )  # fmt: skip


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, month=3, day=1)


def _permission(world: World, one: Drawn) -> None:
    marketing = world.policy.marketing
    if not marketing.wordings or not world.rarely(0.4):
        return
    channel = world.chance.choice(sorted(marketing.wordings))
    state = "given" if world.rarely(0.7) else world.turn("state", STATES)
    told: dict[str, Any] = {"purpose": marketing.purpose, "channel": channel}
    yes = state not in ("withdrawn", "objected")
    fingerprint = world.policy.fingerprint(marketing.purpose)
    if state == "lapsed":
        fingerprint = "0" * 64  # of words that are no longer the notice's
    topics = list(marketing.topics[:1])
    number = world.numbers[ConsentEvent]()
    world.sheets[ConsentEvent].add(
        id=number, ref=world.ref(), person_id=one.pk, given=yes,
        topics=topics if yes else [], fingerprint=fingerprint,
        wording=marketing.wordings[channel] if yes else "", how="website-form",
        by="visitor", at=one.came, policy_id=world.policy_id, clause=marketing.clause,
        **told,
    )  # fmt: skip
    world.sheets[Permission].add(
        person_id=one.pk, state=state, since=one.came, event_id=number,
        topics=topics if yes else [], fingerprint=fingerprint, **told,
    )  # fmt: skip


def _dealings(world: World, one: Drawn) -> None:
    if not world.rarely(0.08):
        return
    ref = world.ref()
    text = world.chance.choice(NOTES)
    world.sheets[people.Interaction].add(
        ref=ref, person_id=one.pk, at=one.came + timedelta(minutes=30),
        kind=world.turn("kind", interaction.KINDS), channel="phone",
        direction=world.turn("way", interaction.DIRECTIONS),
        note=world.seal(one.pk, people.Interaction, "note", ref, text),
        purpose="care" if one.patient else "enquiry", origin_ref=None,
        source=world.source("phone", "email"), made_at=one.came, by="system:demo",
    )  # fmt: skip
