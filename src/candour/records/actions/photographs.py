"""Photographs: saying what one shows, and keeping what may be done with it."""

from datetime import date, datetime
from uuid import UUID

from candour.consent import actions as consent
from candour.core.actor import Actor
from candour.core.clock import local_date
from candour.core.errors import Invalid, NotFound, Refused
from candour.files.models import Image
from candour.records.models import Photograph, PhotographUse
from candour.records.models.photograph import MOMENTS, POSES, USES
from candour.records.places import PLACES
from candour.records.said import checked
from candour.register.permit import Permit

SERIES_MAX, WORDING_MAX = 60, 2_000  # characters


def describe(
    *,
    permit: Permit,
    person_id: int,
    file: UUID,
    pose: str,
    place: str,
    moment: str,
    series: str,
    taken_on: date,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Say what a picture shows, or say it better; return the ref of the photograph.

    Raises Refused where the purpose does not cover images, NotFound for a file of
    somebody else, Invalid for a day to come.
    """
    permit.must_cover("images")
    permit.must_be_source(source)
    if pose not in POSES or moment not in MOMENTS or place not in PLACES:
        raise Invalid("There is no such pose, place or moment.")
    if taken_on > local_date(at):
        raise Invalid("This has not been taken yet. Check the day.")
    image = Image.objects.filter(ref=file, person=person_id, state="clean").first()
    if image is None:
        raise NotFound
    said = {
        "pose": pose,
        "place": place,
        "moment": moment,
        "series": checked(series, most=SERIES_MAX),
        "taken_on": taken_on,
        "by": str(by),
    }
    made, _ = Photograph.objects.update_or_create(
        file=image,
        person_id=person_id,
        defaults=said,
        create_defaults={
            **said,
            "source": source,
            "made_at": at,
            "policy_id": permit.policy_id,
            "clause": permit.decision.clause,
        },
    )
    return made.ref


def may_be_published(permit: Permit) -> bool:
    """Say whether the notice lets a photograph be shown to anybody at all."""
    fact = permit.policy.value("photographs.publish.any-of")
    return fact is not None and "explicit-consent" in str(fact.value)


def permit_use(
    *,
    permit: Permit,
    person_id: int,
    ref: UUID,
    use: str,
    given: bool,
    wording: str,
    by: Actor,
    at: datetime,
) -> None:
    """Keep a yes or a no to one use of one photograph, with its evidence.

    The evidence is a consent event with the words that were shown (UK GDPR Article
    7(1)). Raises Refused where the notice says that photographs are never shown.
    """
    permit.must_cover("images")
    if use not in USES:
        raise Invalid("There is no such use.")
    photograph = Photograph.objects.filter(ref=ref, person=person_id).first()
    if photograph is None:
        raise NotFound
    if given and use == "publication" and not may_be_published(permit):
        raise Refused(
            clause="photographs.publish",
            reason="The notice says that photographs of patients are never shown.",
            purpose=permit.purpose,
        )
    purpose, channel = f"photographs-{use}", f"photo-{ref.hex[-12:]}"
    if given:
        event = consent.give(
            permit=permit,
            person_id=person_id,
            purpose=purpose,
            channel=channel,
            wording=checked(
                wording, most=WORDING_MAX, missing="Say what was agreed to."
            ),
            how="in-person",
            by=by,
            at=at,
        )
    else:
        event = consent.withdraw(
            permit=permit,
            person_id=person_id,
            purpose=purpose,
            channel=channel,
            how="in-person",
            by=by,
            at=at,
        )
    PhotographUse.objects.create(
        person_id=person_id,
        photograph=photograph,
        use=use,
        given=given,
        evidence=event.ref,
        at=at,
        by=str(by),
    )
