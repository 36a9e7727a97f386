"""The glossary of a notice: its words explained, and the names people know them by."""

import json
from dataclasses import asdict
from html import escape

from candour.policy.compile import Policy
from candour.policy.render.doc import Clause, Table
from candour.policy.render.words.plain import listed
from candour.policy.render.words.terms import JOINT, TERMS, Term

_TITLE = "What the words mean"


def glossary(policy: Policy) -> tuple[Term, ...]:
    """Return the words a policy's notice needs, in the order of the alphabet."""
    terms = (*TERMS, JOINT) if len(policy.controllers) > 1 else TERMS
    return tuple(sorted(terms, key=lambda term: term.word.casefold()))


def glossary_clause(terms: tuple[Term, ...]) -> Clause:
    """Return the glossary as a clause, so that a notice can end with it."""
    rows = tuple((one.word, one.means, listed(one.also)) for one in terms)
    head = ("Word", "What it means", "Also called")
    return Clause("words", _TITLE, table=Table(head, rows))


def glossary_markdown(policy: Policy) -> str:
    """Return the glossary as Markdown."""
    lines = [f"- **{one.word}.** {_line(one)}" for one in glossary(policy)]
    return "\n".join((f"# {_TITLE}", "", *lines, ""))


def glossary_text(policy: Policy) -> str:
    """Return the glossary as plain text."""
    lines = [f"{one.word}\n    {_line(one)}\n" for one in glossary(policy)]
    return "\n".join((_TITLE.upper(), "=" * len(_TITLE), "", *lines))


def glossary_html(policy: Policy) -> str:
    """Return the glossary as a list of HTML, to stand inside a page."""
    rows = "\n".join(
        f"<dt>{escape(one.word)}</dt>\n<dd>{escape(_line(one))}</dd>"
        for one in glossary(policy)
    )
    return f"<h2>{_TITLE}</h2>\n<dl>\n{rows}\n</dl>\n"


def glossary_json(policy: Policy) -> str:
    """Return the glossary as a JSON list of `word`, `means`, `also`."""
    rows = [asdict(one) for one in glossary(policy)]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _line(one: Term) -> str:
    return f"{one.means} Also: {listed(one.also)}." if one.also else one.means
