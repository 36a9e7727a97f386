"""What a form may be, what a policy lets it ask, and what its answers bring up."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.core.errors import Invalid
from candour.policy.compile import compile_pack
from candour.policy.vocabulary import covers, is_special
from candour.questionnaires import editing, shelf
from candour.questionnaires.answers import (
    entries,
    of_text,
    read,
    readable,
    values,
    written,
)
from candour.questionnaires.asked import findings, is_on, live, visible
from candour.questionnaires.changes import between
from candour.questionnaires.definition import Definition, Question
from candour.questionnaires.reading import BadDefinition, parse
from candour.questionnaires.signing import read as sign
from tests.apps.forms_cast import HISTORY, form_of, question

PACKS = (
    "model",
    "ai-beauty",
    "cm-london-medical",
    "dermaesthetics",
    "private-clinic",
    "pro-aesthetics",
)


def said(*questions: dict[str, Any], **section: Any) -> str:
    """Return a form of one section as JSON."""
    one = {"key": "you", "title": "You", "questions": list(questions), **section}
    return json.dumps({"title": "A form", "sections": [one]})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        (said(question("a"), question("a")), "Two questions are called a"),
        (said(question("a", category="horoscope")), "no kind of data horoscope"),
        (said(question("a", category="cctv")), "not asked for by a form"),
        (said(question("a", "one", options=[])), "two choices or more"),
        (said(question("a", least=1)), "belong to numbers"),
        (said(question("a", "number", least=9, most=1)), "above the highest"),
        (said(question("a", when={"question": "a"})), "its own answer"),
        (
            said(question("a", "yes-no", when={"question": "b", "values": ["yes"]}),
                 question("b", "yes-no", when={"question": "a", "values": ["yes"]})),
            "round in a circle",
        ),
        (said(question("a", when={"question": "zz"})), "which is not asked"),
        (
            said(question("a", "yes-no"),
                 question("b", when={"question": "a", "values": ["perhaps"]})),
            "compare with choices of a",
        ),
        (said(question("a", "signature"), question("b")), "signature comes last"),
        (said(question("a"), switch="ethnicity"), "switched by ethnicity"),
        (said(question("a", "statement", mandatory=True)), "only read"),
        (said(question("a", asks="Hid\u202eden")), "hidden character"),
        (said(question("a", asks="Nul\0")), "hidden character"),
        (said(question("a", unheard="of")), "Extra inputs"),
        (said(question("A B")), "pattern"),
    ],
)  # fmt: skip
def test_a_definition_that_makes_no_sense_is_refused_and_says_why(
    text: str, says: str
) -> None:
    with pytest.raises(BadDefinition, match=says):
        parse(text)


def test_ten_thousand_questions_are_refused_before_they_cost_much() -> None:
    many = [question(f"q{n}") for n in range(10_000)]

    with pytest.raises(BadDefinition, match="at most 200 kB"):
        parse(said(*many))
    with pytest.raises(BadDefinition, match="at most 200 items"):
        parse(
            said(*({"key": f"q{n}", "kind": "text", "asks": "?"} for n in range(900)))
        )


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(BadDefinition):
        parse('{"title":' + "[" * 50_000 + "]" * 50_000 + "}")


def test_what_is_exported_comes_back_the_same() -> None:
    assert parse(HISTORY.text()) == HISTORY
    assert parse(HISTORY.text()).sha256() == HISTORY.sha256()


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", shelf.names())
def test_a_form_of_the_shelf_asks_only_what_the_pack_collects(
    pack: str, name: str
) -> None:
    policy = compile_pack(pack)

    form = shelf.fitted(name, policy)

    if form is None:
        assert (pack, name) == ("pro-aesthetics", "medical-history")
        return
    assert findings(form, policy) == []
    assert parse(form.text()) == form
    assert form.signature is not None


def test_the_medical_history_of_a_clinic_that_collects_it_asks_how_one_lives() -> None:
    policy = compile_pack("cm-london-medical")

    form = shelf.fitted("medical-history", policy)

    assert form is not None
    life = next(section for section in live(form, policy) if section.key == "life")
    assert [q.category.partition(".")[2] for q in life.questions] == [
        "occupation", "stress", "smoking", "chemicals", "alcohol", "diet",
    ]  # fmt: skip


@pytest.mark.parametrize("pack", PACKS[:5])
def test_each_kind_of_health_data_the_clinic_collects_is_a_question_of_its_own(
    pack: str,
) -> None:
    policy = compile_pack(pack)

    form = shelf.fitted("medical-history", policy)

    assert form is not None
    asked = {q.category for q in form.questions()}
    collected = {
        name
        for name, row in policy.collected.items()
        if covers("health", name) and "patient" in row.about
    }
    assert collected
    assert collected <= asked
    assert all(is_special(name) for name in collected)


def test_screening_is_asked_only_where_the_form_and_the_policy_switch_it_on() -> None:
    cm, model = compile_pack("cm-london-medical"), compile_pack("model")
    form = shelf.fitted("medical-history", cm)
    assert form is not None
    screening = form.section("screening")
    assert screening is not None

    on = screening.model_copy(update={"asked": True})

    assert not is_on(cm, screening)
    assert is_on(cm, on)
    assert not is_on(model, on)
    with_it = form.model_copy(update={"sections": (on,)})
    assert [s.key for s in live(with_it, cm)] == ["screening"]
    assert live(with_it, model) == ()
    assert findings(with_it, model) == []


def test_a_question_beyond_the_policy_is_found_with_category_and_clause() -> None:
    form = form_of(question("origin", category="ethnicity"))

    [found] = findings(form, compile_pack("model"))

    assert (found.question, found.category, found.clause) == (
        "origin", "ethnicity", "collects",
    )  # fmt: skip
    assert "does not collect" in found.text


def test_what_follows_from_a_hidden_answer_is_hidden_too() -> None:
    form = form_of(
        question("a", "yes-no"),
        question("b", "yes-no", when={"question": "a", "values": ["yes"]}),
        question("c", when={"question": "b", "values": ["yes"]}),
        question("d", "number"),
        question("e", when={"question": "d", "test": "at-least", "values": ["3"]}),
        question("f", when={"question": "a", "test": "answered"}),
        question("g", when={"question": "a", "test": "is-not", "values": ["no"]}),
    )

    def shown(**answers: str) -> str:
        return "".join(q.key for q in visible(form.sections, answers))

    assert shown() == "adg"
    assert shown(a="no", b="yes") == "adf"
    assert shown(a="yes", b="yes") == "abcdfg"
    assert shown(d="3") == "adeg"
    assert shown(d="2.9") == "adg"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_what_is_kept_reads_the_same(text: str) -> None:
    asks = Question(key="a", kind="long-text", asks="?", category="health")  # type: ignore[arg-type]
    found = read(asks, [text])
    if found.value is None:
        assert found.error or not text.strip()
        return
    kept = entries([asks], {"a": found.value})
    try:
        sealed = written(kept)
        sealed.encode()
    except UnicodeEncodeError:
        return
    assert values(of_text(sealed)) == {"a": found.value}
    assert str(found.value) in readable(sealed)


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        ("number", "07,50", "7.50"),
        ("number", "1e5", None),
        ("number", "nan", None),
        ("number", "٣", "3"),
        ("date", "2026-02-29", None),
        ("date", "2024-02-29", "2024-02-29"),
        ("date", "0001-01-01", None),
        ("text", "two\nlines", None),
        ("text", "security code 123", None),
        ("body-site", "moon", None),
        ("body-site", "neck", ["neck"]),
    ],
)
def test_an_answer_is_read_by_its_kind(kind: str, sent: str, value: Any) -> None:
    asks = Question(key="a", kind=kind, asks="?", category="health")  # type: ignore[arg-type]

    found = read(asks, [sent])

    assert found.value == value
    assert bool(found.error) == (value is None)


@pytest.mark.parametrize(
    "drawn",
    ["{", "[[[1]]]", '[[["a","b"]]]', "[[]]", "[[[1,2]]", "[" * 9000, "[[[1.5,2]]]",
     json.dumps([[[1, 2]]] * 101), json.dumps([[[1, 2]] * 4001]), "[[[true,false]]]"],
)  # fmt: skip
def test_a_drawing_that_is_none_is_refused(drawn: str) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        sign("Somebody", drawn)


def test_a_signature_needs_a_name_and_stays_in_its_box() -> None:
    for name in ("", " \0 ", "...", "123"):
        with pytest.raises(Invalid, match="full name"):
            sign(name, "[[[1,2]]]")
    assert sign("  Żaneta   P ", "[[[-5,999]]]").strokes == (((0, 200),),)


def test_a_step_that_would_break_the_draft_is_refused() -> None:
    with pytest.raises(Invalid, match="allergies waits for allergic"):
        editing.without(HISTORY, "allergic")
    with pytest.raises(Invalid, match="asked after it"):
        editing.moved(HISTORY, "allergic", editing.DOWN)


def test_a_question_moves_on_into_the_next_section() -> None:
    sections = [
        {"key": "one", "title": "One", "questions": [question("a")]},
        {"key": "two", "title": "Two", "questions": [question("b")]},
    ]
    form = form_of(sections=sections)

    moved = editing.moved(form, "a", editing.DOWN)

    assert [[q.key for q in s.questions] for s in moved.sections] == [[], ["a", "b"]]
    assert editing.moved(moved, "a", editing.UP) == form
    assert editing.moved(form, "a", editing.UP) == form


def test_what_changed_between_two_versions_is_said_in_words() -> None:
    newer: Definition = editing.without(HISTORY, "weight")
    newer = editing.headed(newer, title="History")

    told = {change.what for change in between(HISTORY, newer)}

    assert told == {
        "The title: from «Medical history» to «History»",
        "«About weight?»",
    }
    assert between(HISTORY, HISTORY) == []
