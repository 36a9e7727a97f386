"""`candour policy render`: the notice and the other papers of a policy."""

import argparse
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from candour.policy.compile import Policy

FORMATS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "notice": ("markdown", "text", "html", "pdf"),
        "cookies": ("markdown", "text", "html"),
        "record": ("html", "csv", "json"),
        "glossary": ("markdown", "text", "html", "json"),
        "linked-data": ("json",),
        "json": ("json",),
    }
)
"""What can be printed, and how. The first way is the one nobody has to name."""


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    formats = sorted({one for some in FORMATS.values() for one in some})
    command.add_argument("name", metavar="NAME", help="a pack, or a file")
    command.add_argument(
        "--what",
        dest="paper",
        choices=tuple(FORMATS),
        default="notice",
        help="the notice, the cookie notice, the record of processing (Article 30), "
        "the glossary, DPV linked data (JSON-LD) or all values as JSON",
    )
    command.add_argument("--format", choices=formats, help="each has one by itself")
    command.add_argument(
        "--cookies",
        dest="paper",
        action="store_const",
        const="cookies",
        help="the cookie notice",
    )


def run(args: argparse.Namespace, policy: Policy) -> int:
    """Print one paper of a policy; return 2 where it has no such format."""
    form = args.format or FORMATS[args.paper][0]
    if form not in FORMATS[args.paper]:
        ways = ", ".join(FORMATS[args.paper])
        sys.stderr.write(
            f"{args.paper} cannot be printed as {form}. Choose from: {ways}.\n"
        )
        return 2
    if form == "pdf":
        from candour.policy import render  # heavy, and no other paper needs it

        sys.stdout.buffer.write(render.to_typst(policy))
        return 0
    sys.stdout.write(_writer(args.paper, form)(policy))
    return 0


def _writer(paper: str, form: str) -> Callable[[Policy], str]:
    """Return what writes a paper; imported here, for no other command needs them."""
    from candour.policy import render
    from candour.policy.render import linked, plain_json, record, terms
    from candour.policy.render import record_outputs as outputs

    writers: dict[tuple[str, str], Callable[[Policy], str]] = {
        ("notice", "markdown"): render.to_markdown,
        ("notice", "text"): render.to_text,
        ("cookies", "markdown"): render.cookies_to_markdown,
        ("cookies", "text"): render.cookies_to_text,
        ("notice", "html"): render.to_html,
        ("cookies", "html"): render.cookies_to_html,
        ("record", "html"): lambda one: outputs.record_html(record.record(one)),
        ("record", "csv"): lambda one: outputs.record_csv(record.record(one)),
        ("record", "json"): lambda one: outputs.record_json(record.record(one)),
        ("glossary", "markdown"): terms.glossary_markdown,
        ("glossary", "text"): terms.glossary_text,
        ("glossary", "html"): terms.glossary_html,
        ("glossary", "json"): terms.glossary_json,
        ("linked-data", "json"): linked.policy_jsonld,
        ("json", "json"): plain_json.policy_json,
    }
    return writers[paper, form]
