"""`candour explain`: one question to a policy, one sentence back.

Reads files alone: no clinic has to be running, nothing is changed.
"""

import argparse
import json
import sys
from pathlib import Path

from candour.core.clock import local_date, now
from candour.core.errors import CandourError
from candour.policy import explain
from candour.policy.compile import Policy, compile_pack
from candour.policy.decided_by import CLAIMS
from candour.policy.terms import Decision, Facts, Reach

EXAMPLES = """for example:
  candour explain may reception read names for enquiry
  candour explain may an offer be sent by sms to a customer who said no
  candour explain may an analytics cookie be set before a choice
  candour explain may photographs be given to the gp
  candour explain may a 17 year old have filler from a nurse
  candour explain how long are photographs kept
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    does = "answer a question to a policy in one sentence"
    command = commands.add_parser(
        "explain",
        help=does,
        description=f"A{does[1:]}.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("question", nargs="+", metavar="QUESTION")
    command.add_argument("--policy", metavar="NAME", default="model")
    command.add_argument("--reach", choices=[r.value for r in Reach], default="one")
    command.add_argument(
        "--json", action="store_true", help="print the decision and its rule"
    )
    command.add_argument(
        "--root", type=Path, metavar="DIR", help="the folder of the packs"
    )
    command.set_defaults(run=run, needs="nothing", role="runtime")


def run(args: argparse.Namespace) -> int:
    """Print the answer; return 0 for yes, 1 for no, 2 where it is not understood."""
    try:
        policy = compile_pack(args.policy, args.root)
        decision = asked(policy, args.question, args.reach)
        said, status = _said(policy, decision), 0 if decision.allowed else 1
    except CandourError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if args.json:
        row = {"sentence": said, **as_json(policy, decision)}
        said = json.dumps(row, indent=2, ensure_ascii=False)
    sys.stdout.write(f"{said}\n")
    return status


def as_json(policy: Policy, decision: Decision) -> dict[str, str]:
    """Return what decided, and where it stands, as plain JSON values."""
    from candour.policy.render import number_of

    return {
        "outcome": decision.outcome.value,
        "rule": decision.rule.value,
        "claim": CLAIMS[decision.rule],
        "clause": decision.clause,
        "number": number_of(policy, decision.clause),
        "reason": decision.reason,
        "article": decision.article,
        "source": decision.source.value,
        "policy": decision.policy,
    }


def told(
    policy: Policy, question: list[str], reach: str, facts: Facts | None = None
) -> tuple[str, int]:
    """Return the sentence that answers a question, and the exit status."""
    decision = asked(policy, question, reach, facts)
    return _said(policy, decision), 0 if decision.allowed else 1


def asked(
    policy: Policy, question: list[str], reach: str, facts: Facts | None = None
) -> Decision:
    """Return the decision on a question. Raises NotUnderstood."""
    return explain.answer(
        policy, question, on=local_date(now()), reach=Reach(reach), facts=facts
    )


def _said(policy: Policy, decision: Decision) -> str:
    from candour.policy.render import number_of  # the words are only needed here

    return explain.sentence(decision, number_of(policy, decision.clause))
