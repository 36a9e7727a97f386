"""`candour policy new`: a first policy, from a few questions.

Asked one by one at a terminal; each can be answered by an option instead. An empty
answer leaves the question in the file, to be decided there.
"""

import argparse
import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from candour.core.clock import local_date, now
from candour.core.errors import Invalid
from candour.policy.load import FILE, default_root, examine, read_pack
from candour.policy.starting import ELECTRONIC, Answers, written
from candour.policy.vocabulary import REGIONS

QUESTIONS: Final = (
    ("clinic", "What is the clinic called?"),
    ("region", "Where is it: ENG, WLS, SCT or NIR? [ENG]"),
    ("host", "What is the name of its site, such as www.example.org?"),
    ("company", "Which company answers in law?"),
    ("company_number", "What is its number at Companies House?"),
    ("address", "Where is that registered?"),
    ("ico", "What is its number with the ICO?"),
    ("email", "Which address do people write to about their data?"),
    ("marketing", f"Marketing by which of {', '.join(ELECTRONIC)}? [none]"),
    ("photographs", "Do you show pictures of patients who agree? [no]"),
    ("children", "Do you treat anybody under 18? [no]"),
    ("cctv", "Are there cameras? [no]"),
    ("card_company", "Which company takes card payments?"),
    ("keep", "For how many years do you keep a health record? [8]"),
)
YES: Final = frozenset(("y", "yes", "true", "1"))
NO: Final = frozenset(("n", "no", "false", "0", ""))


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument("name", metavar="NAME", help="what to call the policy")
    for key, question in QUESTIONS:
        command.add_argument(
            f"--{key.replace('_', '-')}", metavar="ANSWER", help=question
        )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="where to (default: among the packs)"
    )


def run(args: argparse.Namespace) -> int:
    """Ask what no option answers, and write the file. Never over another."""
    root = args.root or default_root()
    file: Path = args.out or root / args.name / FILE
    if file.exists():
        raise Invalid(f"There is a policy already: {file}.")
    given = {key: getattr(args, key) for key, _ in QUESTIONS}
    text = written(_answers(args.name, given, input if _terminal() else _silent))
    # An answer that cannot stand there, such as no host name, is told with its key.
    examine({f"{args.name}/{FILE}": text, **read_pack("model", args.root)})
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as opened:
        opened.write(text)
    sys.stdout.write(f"{file} is written. What is left to decide:\n")
    sys.stdout.write(f"  candour policy lint {args.out or args.name}\n")
    return 0


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _silent(_: str) -> str:
    return ""


def _answers(
    name: str, given: dict[str, str | None], ask: Callable[[str], str]
) -> Answers:
    """Return the answers, asking for those that were not given."""
    said: dict[str, Any] = {"name": name, "on": local_date(now())}
    for key, question in QUESTIONS:
        answer = given[key]
        text = (ask(f"{question} ") if answer is None else answer).strip()
        said |= _understood(key, text)
    return Answers(**said)


def _understood(key: str, text: str) -> dict[str, Any]:
    """Return one answer as the value it means; the default where it is empty."""
    kind = {field.name: field.type for field in dataclasses.fields(Answers)}[key]
    if kind is bool:
        if text.lower() not in YES | NO:
            raise Invalid(f"'{text}' is neither yes nor no.")
        return {key: text.lower() in YES}
    if key == "clinic" or (text and kind is str and key != "region"):
        return {key: text}
    if not text:
        return {}
    return {"region": _region, "marketing": _channels, "keep": _years}[key](text)


def _region(text: str) -> dict[str, Any]:
    if text.upper() not in REGIONS:
        raise Invalid(f"'{text}' is none of {', '.join(REGIONS)}.")
    return {"region": text.upper()}


def _channels(text: str) -> dict[str, Any]:
    said = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    if said in (("none",), ("no",)):
        return {}
    for word in said:
        if word not in ELECTRONIC:
            raise Invalid(f"'{word}' is none of {', '.join(ELECTRONIC)}.")
    return {"marketing": said}


def _years(text: str) -> dict[str, Any]:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise Invalid(f"'{text}' is not a number of years.")
    return {"keep": int(text)}
