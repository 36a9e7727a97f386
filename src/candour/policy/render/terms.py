"""The glossary of a notice: its words explained, and the names people know them by."""

import json
from dataclasses import asdict
from html import escape

from candour.policy.compile import Policy
from candour.policy.language import Document
from candour.policy.render.doc import Clause, Table
from candour.policy.render.words.plain import listed
from candour.policy.render.words.terms import JOINT, TERMS, Term

GLOSSARY = "notice.glossary"
"""The key of the glossary in a notice. `words` are the clinic's own sentences."""

_TITLE = "What the words mean"
_SAID = "We try to use plain words. These are the ones that the law has names for."
_BOTH = tuple(sorted((*TERMS, JOINT), key=lambda term: term.word.casefold()))


def glossary(policy: Policy) -> tuple[Term, ...]:
    """Return the words a policy's notice needs, in the order of the alphabet."""
    return terms_of(policy.document)


def terms_of(document: Document) -> tuple[Term, ...]:
    """Return the words a notice needs, in the order of the alphabet."""
    return _BOTH if len(document.controllers) > 1 else TERMS


def glossary_clause(terms: tuple[Term, ...]) -> Clause:
    """Return the glossary as a clause, so that a notice can end with it."""
    rows = tuple((one.word, one.means, listed(one.also)) for one in terms)
    table = Table(("Word", "What it means", "Also called"), rows)
    return Clause(GLOSSARY, "Words you may meet", (_SAID,), table=table)


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
