"""Making forms: drafts, publishing, withdrawing. Called inside a unit of work."""

from datetime import datetime

from django.db.models import Max

from candour.core.actor import Actor
from candour.core.errors import Conflict, Invalid, NotFound
from candour.questionnaires.asked import Finding, findings
from candour.questionnaires.definition import Definition
from candour.questionnaires.editing import slug
from candour.questionnaires.models import Questionnaire
from candour.questionnaires.versions import Version, of_row
from candour.register.permit import Permit

OVERTAKEN = (
    "Somebody else changed this draft while you were at it. What you typed is still"
    " here: look at the draft as it is now, and save again if it still fits."
)

WHY_MAX = 200  # characters


class NotAllowed(Invalid):
    """This form asks for more than the policy collects, so it cannot be published."""

    code = "form_not_allowed"

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(one.text for one in findings))
        self.findings = findings


def begin(
    *, permit: Permit, form: Definition, key: str = "", by: Actor, at: datetime
) -> Version:
    """Begin a form of its own with a first draft; its key is made of its title."""
    taken = set(Questionnaire.objects.values_list("key", flat=True))
    return _insert(key or slug(form.title, taken), form, by, at)


def new_draft(*, permit: Permit, key: str, by: Actor, at: datetime) -> Version:
    """Return the form's draft, begun from its newest version if there is none yet."""
    rows = Questionnaire.objects.filter(key=key).order_by("-version")
    newest = rows.select_for_update().first()
    if newest is None:
        raise NotFound
    if newest.state == "draft":
        return of_row(newest)
    return _insert(key, of_row(newest).form, by, at)


def _insert(key: str, form: Definition, by: Actor, at: datetime) -> Version:
    last = Questionnaire.objects.filter(key=key).aggregate(Max("version"))
    row = Questionnaire(
        key=key,
        version=(last["version__max"] or 0) + 1,
        made_at=at,
        made_by=str(by),
    )
    _write(row, form, by, at)
    row.save(force_insert=True)
    return of_row(row)


def _write(row: Questionnaire, form: Definition, by: Actor, at: datetime) -> None:
    row.title, row.definition, row.sha256 = form.title, form.data(), form.sha256()
    row.edited_at, row.edited_by = at, str(by)


def save(
    *,
    permit: Permit,
    key: str,
    edition: int,
    form: Definition,
    by: Actor,
    at: datetime,
) -> Version:
    """Keep the draft as `form`. Raises Conflict when it is no longer at `edition`."""
    row = _draft(key)
    if row.edition != edition:
        raise Conflict(OVERTAKEN)
    _write(row, form, by, at)
    row.edition += 1
    row.save()
    return of_row(row)


def drop(*, permit: Permit, key: str, edition: int, by: Actor, at: datetime) -> None:
    """Throw the draft away. Raises Conflict when somebody has changed it since."""
    row = _draft(key)
    if row.edition != edition:
        raise Conflict(OVERTAKEN)
    row.delete()


def publish(
    *, permit: Permit, key: str, edition: int, by: Actor, at: datetime
) -> Version:
    """Put the draft in use; the version before it stays as it was and is asked no more.

    Raises NotAllowed when it asks for what the policy in force does not collect, with
    the question, the category and the clause; Conflict when it changed meanwhile.
    """
    row = _draft(key)
    if row.edition != edition:
        raise Conflict(OVERTAKEN)
    form = of_row(row).form
    if not any(question.is_answered for question in form.questions()):
        raise Invalid("This form asks nothing yet. Add a question first.")
    against = findings(form, permit.policy)
    if against:
        raise NotAllowed(against)
    row.state, row.published_at, row.published_by = "published", at, str(by)
    row.policy_id = permit.policy_id
    row.save()
    return of_row(row)


def replace(
    *, permit: Permit, key: str, form: Definition | None, by: Actor, at: datetime
) -> None:
    """Make `form` the version in use; None takes the form out of use.

    Done again with the same form it changes nothing, and a draft that somebody is at
    is left alone.
    """
    rows = Questionnaire.objects.filter(key=key).order_by("-version")
    last = rows.first()
    if last is not None and last.state == "draft":
        return
    in_use = last is not None and last.state == "published"
    if form is None:
        if last is not None and in_use:
            why = "The policy in force does not let it be asked."
            withdraw(
                permit=permit, key=key, version=last.version, why=why, by=by, at=at
            )
        return
    if last is not None and in_use and last.sha256 == form.sha256():
        return
    made = _insert(key, form, by, at)
    publish(permit=permit, key=key, edition=made.edition, by=by, at=at)


def withdraw(
    *,
    permit: Permit,
    key: str,
    version: int,
    why: str,
    by: Actor,
    at: datetime,
) -> None:
    """Take a published version out of use. What was answered to it stays.

    Done again it changes nothing. Raises Invalid without a reason.
    """
    said = " ".join(why.replace("\0", "").split())
    if not said or len(said) > WHY_MAX:
        raise Invalid("Say in a line why it is withdrawn.")
    rows = Questionnaire.objects.select_for_update()
    row = rows.filter(key=key, version=version).first()
    if row is None or row.state == "draft":
        raise NotFound
    if row.state == "withdrawn":
        return
    row.state, row.withdrawn_at, row.withdrawn_by = "withdrawn", at, str(by)
    row.withdrawn_why = said
    row.save()


def _draft(key: str) -> Questionnaire:
    rows = Questionnaire.objects.select_for_update()
    row = rows.filter(key=key, state="draft").first()
    if row is None:
        raise Conflict(
            "There is no draft of this form any more: it was published, or"
            " somebody threw it away."
        )
    return row
