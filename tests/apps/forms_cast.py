"""Forms and a practitioner who fills them in, for the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from candour import gate
from candour.core.actor import staff
from candour.people.models import Person
from candour.policy.compile import Policy, compile_pack
from candour.questionnaires import actions, building
from candour.questionnaires.asked import Answer
from candour.questionnaires.definition import Definition
from candour.questionnaires.models import Response
from candour.questionnaires.reading import of_data
from candour.questionnaires.signing import Signature
from candour.questionnaires.versions import Version
from candour.register.permit import Permit
from tests.factories import NOON

INES = staff("0193a0b0-7c11-7d55-9c1a-2f6d0b8a1e11", "practitioner")
ALLERGY = "Latex, and the smell of żephyr lilies 🌿"


def question(key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    """Return a question's data; it asks about conditions unless told otherwise."""
    plain = {"category": "health.conditions"} if kind != "statement" else {}
    if kind == "signature":
        plain = {"category": "identity.name"}
    return {"key": key, "kind": kind, "asks": f"About {key}?", **plain, **more}


def form_of(*questions: dict[str, Any], **more: Any) -> Definition:
    """Return a form of one section."""
    section = {"key": "you", "title": "About you", "questions": list(questions)}
    return of_data({"title": "Medical history", "sections": [section], **more})


HISTORY = form_of(
    question(
        "allergic",
        "yes-no",
        mandatory=True,
        category="health.allergies",
        asks="Are you allergic to anything?",
        alert={"kind": "allergy", "values": ["yes"]},
    ),
    question(
        "allergies",
        "long-text",
        mandatory=True,
        category="health.allergies",
        asks="What are you allergic to?",
        when={"question": "allergic", "values": ["yes"]},
    ),
    question("weight", "number", unit="kg", least=20, most=400),
    question("sign", "signature", mandatory=True, asks="What I say here is true."),
)
ANSWERS: dict[str, Answer] = {"allergic": "yes", "allergies": ALLERGY}
NO_GROUND = actions.Ground()
SIGNED = Signature("Zephyrine Quillfeather", (((10, 20), (300, 90)),))


@contextmanager
def caring(person: Person | None = None, by: Any = INES) -> Iterator[Permit]:
    """Open a unit of work for care, about a person or about nobody."""
    people = [person.pk] if person else []
    with gate.open(
        by=by, purpose="care", people=people, verb="test:form", at=NOON
    ) as permit:
        yield permit


def publish_form(form: Definition = HISTORY, key: str = "medical-history") -> Version:
    """Put a form in use, as its first or next version."""
    with caring() as permit:
        said: dict[str, Any] = {"permit": permit, "by": INES, "at": NOON}
        if Known.of(key):
            draft = building.new_draft(key=key, **said)
            draft = building.save(key=key, edition=draft.edition, form=form, **said)
        else:
            draft = building.begin(form=form, key=key, **said)
        return building.publish(key=key, edition=draft.edition, **said)


class Known:
    """Whether there is a form of a key yet."""

    @staticmethod
    def of(key: str) -> bool:
        """Return whether any version is there."""
        from candour.questionnaires.models import Questionnaire

        return Questionnaire.objects.filter(key=key).exists()


def begin(
    person: Person,
    *,
    key: str = "medical-history",
    token: UUID | None = None,
    ground: actions.Ground = NO_GROUND,
) -> Response:
    """Begin a filling of a form."""
    with caring(person) as permit:
        return actions.start(
            permit=permit,
            person_id=person.pk,
            key=key,
            token=token or uuid4(),
            mode="in-person",
            ground=ground,
            by=INES,
            at=NOON,
        )


def save(
    person: Person, row: Response, sent: dict[str, Answer] = ANSWERS, edition: int = 1
) -> Response:
    """Save the one section of the form."""
    with caring(person) as permit:
        return actions.save(
            permit=permit,
            ref=row.ref,
            edition=edition,
            section="you",
            sent=sent,
            by=INES,
            at=NOON,
        )


def finish(
    person: Person,
    row: Response,
    edition: int = 2,
    signature: Signature | None = SIGNED,
) -> Response:
    """Sign and complete it."""
    with caring(person) as permit:
        return actions.finish(
            permit=permit,
            ref=row.ref,
            edition=edition,
            signature=signature,
            by=INES,
            at=NOON,
        )


def complete(person: Person, sent: dict[str, Answer] = ANSWERS) -> Response:
    """Fill in and sign the medical history."""
    return finish(person, save(person, begin(person), sent))


def pack(name: str) -> Policy:
    """Return a pack, compiled."""
    return compile_pack(name)
