"""From the files of a policy to one that answers, and to the page a patient reads."""

from functools import partial

from benchmarks.protocol import Row
from candour.policy import compile as compiling_of
from candour.policy import reading, render
from candour.policy.load import Sources, examine, names, read_pack
from candour.policy.problems import PolicyErrors

COMPILED_WITHIN = 50.0  # milliseconds, the files' reading included
SHOWN_WITHIN = 30.0
ALL = names()
CLINICS = tuple(name for name in ALL if not name.startswith("baseline"))


def compiling(name: str) -> Row:
    """Read a pack and all it extends from the disk, check it, compile it: all anew."""
    made = partial(_compiled_anew, name)

    def same() -> None:
        sources = read_pack(name)
        first, again = made(), made()
        assert first == again
        assert first is not again
        wrong = {
            file: text.replace("effective: 20", "effective: 20x")
            for file, text in sources.items()
        }
        assert "is not a date" in _refusal(wrong)  # it is really checked

    return Row(f"compile {name}", made, (), same, inner=3, within=COMPILED_WITHIN)


def _compiled_anew(name: str) -> object:
    """Return a policy, or a baseline's document, with nothing remembered."""
    reading.read.cache_clear()
    if name not in CLINICS:
        return examine(read_pack(name)).document
    compiling_of.compile_sources.__globals__["_compiled"].cache_clear()
    return compiling_of.compile_pack(name)


def _refusal(sources: Sources) -> str:
    """Return what is said of a policy that has a mistake, or nothing if it has none."""
    try:
        examine(sources)
    except PolicyErrors as refused:
        return str(refused)
    return ""


def notice(name: str) -> Row:
    """Write the notice of a compiled policy as HTML; its parts are composed anew."""
    policy = compiling_of.compile_pack(name)

    def written() -> str:
        render.notice.cache_clear()
        return render.to_html(policy)

    def same() -> None:
        page = written()
        assert page == written()
        assert page.startswith("<!doctype html>")
        for clause in policy.purposes.values():
            assert render.number_of(policy, clause.clause), clause.clause

    return Row(f"notice {name}", written, (), same, inner=5, within=SHOWN_WITHIN)
