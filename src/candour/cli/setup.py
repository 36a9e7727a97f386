"""Opening a clinic for real: its policy published, and nothing invented in it."""

from candour.cli import demo
from candour.cli.publish import undecided
from candour.core import clock
from candour.core.errors import Misconfigured


def prepare(*, policy: str) -> list[str]:
    """Publish a pack the first time; return what whoever opens the clinic must know.

    A clinic that has a policy keeps it: `candour policy publish` replaces it, never a
    start. Raises Misconfigured where a decision is open, naming each, and where the
    folder holds a demonstration.
    """
    from candour.accounts import queries as accounts
    from candour.notices import queries as notices
    from candour.notices.actions import publish
    from candour.policy.compile import compile_pack

    published = notices.versions()
    if demo.path_of().exists():
        raise Misconfigured(
            "A demonstration is kept in this folder, and its people are made up: give "
            "another --data for a real clinic."
        )
    compiled = compile_pack(policy)
    lines = []
    if not published:
        if compiled.open_decisions:
            raise Misconfigured("\n".join(undecided(compiled)))
        publish(policy=compiled, by="system:setup", at=clock.now())
        lines.append(f"{compiled.name} {compiled.version} is in force.")
    else:
        lines.append(f"{published[0].name} {published[0].version} is in force.")
        if published[0].hash != compiled.hash:
            lines.append(
                f"policies/{policy} says something else. To put that in force: "
                f"./candour policy publish {policy}"
            )
    if not accounts.working():
        lines.append(
            "Nobody can sign in yet: ./candour staff add EMAIL --name NAME "
            "--role manager"
        )
    return lines
