"""How data is guarded, in general (UK GDPR Articles 30(1)(g) and 32(1))."""

from candour.policy.compile import Policy
from candour.policy.compiled import sayings
from candour.policy.language.conduct import Security, SecurityControl
from candour.policy.render.words.plain import capital, day, every, listed
from candour.policy.render.words.record import MEDIA, NEEDS, OUTSIDE, PLACES


def measures(policy: Policy) -> tuple[str, ...]:
    """Return the measures, a sentence each; one still open says so."""
    said = [
        "A role opens only what a purpose of this record allows it.",
        "Health notes and pictures are encrypted with keys of their own.",
    ]
    security = policy.document.security
    if security is None:
        return tuple(said)
    if security.media:
        said.append(f"Records are {listed(MEDIA[word] for word in security.media)}.")
    if security.special and security.special.needs:
        needs = listed(NEEDS[word] for word in security.special.needs)
        said.append(f"To open health data takes {needs}.")
    said += _trail(security)
    said += _backups(security)
    if security.storage and security.storage.where:
        place = PLACES[security.storage.where]
        outside = OUTSIDE.get(security.storage.outside or "", "")
        said.append(f"Data is kept in {place}. {outside}".strip())
    if security.monitoring == "continuous":
        said.append("Systems are watched all the time.")
    if security.measures:
        own = listed(word.replace("-", " ") for word in security.measures)
        said.append(f"The clinic also states: {own}.")
    said += (
        f"{control.says or capital(name.replace('-', ' '))}. {_owned(control)}"
        for name, control in security.controls.items()
    )
    said += (
        f"Still to be decided ({one.key}): {one.why}."
        for one in policy.open_decisions
        if one.key.startswith("security.")
    )
    return tuple(said)


def _owned(control: SecurityControl) -> str:
    """Say who answers for a control, and who last looked at it."""
    who = sayings.ROLES[control.owner] if control.owner else "Nobody yet"
    line = f"{who} answers for it"
    if control.reviewed:
        by = sayings.ROLES[control.reviewed.by]
        line += f"; {by[0].lower()}{by[1:]} looked at it on {day(control.reviewed.on)}"
    return f"{line}."


def _trail(security: Security) -> list[str]:
    trail = security.trail
    if trail is None or not (trail.reads or trail.writes):
        return []
    acts = [
        word for word, kept in (("look", trail.reads), ("change", trail.writes)) if kept
    ]
    line = f"Each {listed(acts)} is written down"
    if trail.tamper_evident:
        line += ", in a log that shows if it was altered"
    return [f"{line}."]


def _backups(security: Security) -> list[str]:
    copies = security.backups
    if copies is None or not copies.every:
        return []
    line = f"A safe copy is made {every(copies.every)}"
    if copies.drill:
        line += f", and one is restored as a drill {every(copies.drill)}"
    return [f"{line}."]
