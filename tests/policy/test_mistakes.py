"""Every mistake at once, each with its place, what is wrong, what would be right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.policy.compile import compile_sources
from candour.policy.lint import lint
from candour.policy.load import examine, names, read_pack
from candour.policy.problems import PolicyErrors, Problem
from tests.policy.written import BASE, HEAD, problem, problems, whole


def test_all_mistakes_are_told_in_one_go_and_in_order() -> None:
    text = whole(
        """\
        breach: {tel-people: any}
        ownership: {sale-of-data: sometimes}
        premises: {cctv: {purpose: premisses}}
        """
    ).replace('version: "1"', "version: 1.10")

    assert [str(problem) for problem in problems(text)] == [
        "zephyr/policy.yaml:3:10: version: text is needed here, and 1.10 reads as a "
        'number. Put quotes round it: "1.10".',
        "zephyr/policy.yaml:28:10: breach.tel-people: 'tel-people' is not a key here. "
        "Did you mean 'tell-people'?",
        "zephyr/policy.yaml:29:27: ownership.sale-of-data: 'sometimes' is not known "
        "here. Known here: never.",
        "zephyr/policy.yaml:30:28: premises.cctv.purpose: 'premisses' is not among "
        "'purposes'. Known here: enquiry.",
    ]


@pytest.mark.parametrize(
    ("line", "key", "says", "suggests"),
    [
        (
            "controllers: {z: {name: Z, ico: 0123}}",
            "controllers.z.ico",
            "0123 reads as a number",
            'Put quotes round it: "0123".',
        ),
        (
            "words: {purposes.enquiry: true}",
            "words.purposes.enquiry",
            "true reads as true or false",
            'Put quotes round it: "true".',
        ),
        (
            "words: {purposes.enquiry: 2026-01-01}",
            "words.purposes.enquiry",
            "reads as a date",
            'Put quotes round it: "2026-01-01".',
        ),
        ("marketing: {topics: news}", "marketing.topics", "a list", "Write [news]."),
        ("breach: any", "breach", "a map of keys", "Write '{key: value}'"),
        ("breach: ", "breach", "nothing is written here", "take the key out"),
        ("cookies: {page: yes}", "cookies.page", "true or false", "without quotes"),
        (
            "retention: {x: {covers: [calls], keep: 1 year}}",
            "retention.x.keep",
            "neither a period nor a word",
            "P8Y",
        ),
        (
            "retention: {x: {covers: [calls], keep: P}}",
            "retention.x.keep",
            "neither a period nor a word",
            "",
        ),
        (
            "rights: {access: {within: PT24H}}",
            "rights.access.within",
            "not a period",
            "P30D",
        ),
        (
            "retention: {x: {covers: [calls], keep: P9999Y}}",
            "retention.x.keep",
            "neither a period nor a word",
            "",
        ),
        (
            "effective: soon",
            "effective",
            "'soon' is not a date",
            "2026-05-31",
        ),
        (
            "version: [1]",
            "version",
            "text is needed here, not a list",
            "",
        ),
        ("candour: 2", "candour", "'2' is not known here", "Known here: 1."),
        (
            "rights: {access: {within: one month}}",
            "rights.access.within",
            "not a period",
            "P30D",
        ),
        (
            "messages: {offfer: {purpose: enquiry}}",
            "messages.offfer",
            "'offfer' is not known here",
            "Did you mean 'offer'?",
        ),
        (
            "recipients: {gp: {kind: doctor, role: controller}}",
            "recipients.gp.kind",
            "'doctor' is not known here",
            "",
        ),
        (
            "recipients: {gp: {kind: insurer, role: processor, country: uk}}",
            "recipients.gp.country",
            "two capitals",
            "",
        ),
        (
            "commitments: [never-sell, never-sell]",
            "commitments",
            "in this list twice",
            "",
        ),
        ("commitments: [Never Sell]", "commitments[0]", "is not a slug", ""),
        (
            "marketing: {ask: {box: ticked, by: channel}}",
            "marketing.ask.box",
            "'ticked' is what a notice may say, not what a clinic may do",
            "'departures'",
        ),
        (
            "ownership: {sale-of-data: {decide: ''}}",
            "ownership.sale-of-data",
            "say what must be decided",
            "",
        ),
        (
            "ownership: {sale-of-data: {decide: x, until: y}}",
            "ownership.sale-of-data",
            "'until' means nothing beside 'decide'",
            "",
        ),
        (
            "commitments: {decide: which}",
            "commitments",
            "cannot be left to decide",
            "Give the value",
        ),
        (
            "ownership: {sale-of-data: {decide: x, meanwhile: gladly}}",
            "ownership.sale-of-data",
            "'gladly' is not known here",
            "never",
        ),
    ],
)
def test_one_mistake(line: str, key: str, says: str, suggests: str) -> None:
    found = [one for one in _all(whole(), line) if one.key == key]

    assert [says in one.message for one in found] == [True]
    assert suggests in found[0].suggestion


def _all(text: str, line: str) -> tuple[Problem, ...]:
    """Put a line in, in place of the section it replaces, and return the mistakes."""
    section = line.partition(":")[0]
    lines = text.split("\n")
    starts = [n for n, part in enumerate(lines) if part.startswith(f"{section}:")]
    if starts:
        end = starts[0] + 1
        while end < len(lines) and lines[end].startswith(" "):
            end += 1
        del lines[starts[0] : end]
    return problems("\n".join([*lines, line, ""]))


def test_a_date_that_does_not_exist() -> None:
    text = whole().replace("2026-09-01", "2026-02-30")

    assert "'2026-02-30' is not a date that exists" in problem(text).message


def test_a_colour_and_a_host_are_checked() -> None:
    text = whole().replace(
        "hosts: [zephyr.example]",
        'hosts: [Zephyr.example], theme: {paper: "red", ink: "#000000", accent: '
        '"#000000", accent-night: "#000000", wash: "#000000", night: "#000000"}',
    )

    assert [one.key for one in problems(text)] == [
        "clinic.brands.zephyr.hosts[0]",
        "clinic.brands.zephyr.theme.paper",
    ]


def test_a_mistake_in_what_is_extended_names_that_file() -> None:
    pack = whole(head=HEAD + "extends: base\n")
    base = BASE.replace("after-stop: sent", "after-stop: senf")

    pack = pack.replace(", channels: [email], after-stop: sent}", "}")

    found = problem(pack, base)
    assert found.file == "base/policy.yaml"
    assert found.key == "messages.enquiry-reply.after-stop"
    assert found.suggestion == "Did you mean 'sent'?"


def test_both_files_are_read_before_anything_is_said() -> None:
    found = problems("a: &x 1\n", "b: *x\n")

    assert {one.file for one in found} == {"zephyr/policy.yaml", "base/policy.yaml"}


def test_policies_in_a_circle_are_refused() -> None:
    pack = whole(head=HEAD + "extends: base\n")
    base = BASE.replace("policy: base", "policy: base\nextends: zephyr")

    assert "circle" in problem(pack, base).message


def test_a_base_that_is_not_there_is_refused_where_it_is_named() -> None:
    found = problem(whole(head=HEAD + "extends: bse\n"))

    assert (found.line, found.column) == (5, 10)
    assert found.message == "there is no policy called 'bse'"


def test_a_missing_head_is_told() -> None:
    text = whole().replace("policy: zephyr\n", "")

    assert str(problem(text)).startswith(
        "zephyr/policy.yaml:1:1: policy: 'policy' is missing"
    )


PACK = "".join(dict(read_pack("model")).values())


@settings(max_examples=40)
@given(data=st.data())
def test_no_damage_to_a_file_is_ever_a_traceback(data: st.DataObject) -> None:
    lines = PACK.split("\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row])))
    junk = data.draw(st.text(max_size=6))
    lines[row] = lines[row][:column] + junk + lines[row][column + 1 :]

    try:
        lint(compile_sources({"model/policy.yaml": "\n".join(lines)}))
    except PolicyErrors as error:
        for found in error.problems:
            assert found.message
            assert found.line >= 1


@pytest.mark.parametrize("name", names())
def test_every_pack_here_is_well_written(name: str) -> None:
    assert examine(read_pack(name)).document.policy == name
