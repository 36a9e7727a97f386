"""Hostile and careless YAML: refused with its place, before any value is built."""

import time
from datetime import date
from pathlib import Path

import pytest

from candour.policy.load import read_file, read_pack
from candour.policy.problems import PolicyErrors, Problem
from candour.policy.reading import Node, decode, read


def refused(text: str) -> Problem:
    with pytest.raises(PolicyErrors) as raised:
        read(text, "x.yaml")
    [problem] = raised.value.problems
    return problem


def value(text: str) -> object:
    node = read(f"key: {text}\n", "x.yaml").child("key")
    assert isinstance(node, Node)
    return node.value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("9:30", "9:30"),
        ("2018-05", "2018-05"),
        ("P11Y", "P11Y"),
        ('"0123"', "0123"),
        ("'true'", "true"),
        ("true", True),
        ("False", False),
        ("83", 83),
        ("-4", -4),
        ("0123", 123),
        ("1.10", 1.1),
        (".inf", ".inf"),
        ("~", None),
        ("", None),
        ("null", None),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-02-30", "2026-02-30"),
        ("1_000", "1_000"),
        ("<<", "<<"),
    ],
)
def test_a_plain_value_is_read_as_yaml_1_2_reads_it(typed: str, meant: object) -> None:
    assert value(typed) == meant
    assert type(value(typed)) is type(meant)


def test_a_key_is_always_text() -> None:
    node = read("on: 1\n2: 2\ntrue: 3\n", "x.yaml")

    assert [key for key, _ in node] == ["on", "2", "true"]


def test_every_duplicate_key_is_named_with_both_places() -> None:
    with pytest.raises(PolicyErrors) as raised:
        read("a: 1\nb: {c: 1, c: 2}\na: 3\n", "x.yaml")

    assert [str(problem) for problem in raised.value.problems] == [
        "x.yaml:2:11: b.c: 'c' is here twice; it was first on line 2. Keep one of "
        "them.",
        "x.yaml:3:1: a: 'a' is here twice; it was first on line 1. Keep one of them.",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: &x 1\n", 1, 4, "anchors (&x)"),
        ("a: 1\nb: *x\n", 2, 4, "aliases (*x)"),
        ("a: !!python/object:os.system x\n", 1, 4, "tags (!)"),
        ("a: !x [1]\n", 1, 4, "tags (!)"),
        ("a: 1\nb:\t2\n", 2, 3, "a tab"),
        ("a: 1\x00\n", 1, 5, "a NUL character"),
        ("a: \x07\n", 1, 4, "a control character"),
        ("%YAML 1.1\n---\na: 1\n", 1, 1, "directives"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
        ("a: [1, 2\n", 2, 1, "not YAML"),
        ("a: 1\n b: 2\n", 2, 3, "not YAML"),
        ("? [a, b]\n: 1\n", 1, 3, "a key must be one plain word"),
        ("- 1\n- 2\n", 1, 1, "a policy is a map"),
        ("just words\n", 1, 1, "a policy is a map"),
        ("", 1, 1, "the file is empty"),
        (" \n\n", 1, 1, "the file is empty"),
        ("# only a comment\n", 1, 1, "the file is empty"),
    ],
)
def test_what_no_policy_needs_is_refused_at_its_place(
    text: str, line: int, column: int, says: str
) -> None:
    problem = refused(text)

    assert says in problem.message
    assert (problem.line, problem.column) == (line, column)


def test_eight_levels_are_read_and_nine_are_not() -> None:
    deep = "a: {b: {c: {d: {e: {f: {g: 1}}}}}}\n"
    deeper = "a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n"

    assert read(deep, "x.yaml")
    assert "more than 8 levels" in refused(deeper).message


def test_an_alias_bomb_costs_nothing() -> None:
    levels = "".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]\n" for n in range(1, 30))

    started = time.perf_counter()

    assert "anchors" in refused(f"l0: &l0 [x]\n{levels}").message
    assert time.perf_counter() - started < 1


def test_every_line_with_a_tab_is_named_at_once() -> None:
    with pytest.raises(PolicyErrors) as raised:
        read("a:\n\tb: 1\n\tc: 2\n", "x.yaml")

    assert [problem.line for problem in raised.value.problems] == [2, 3]


def test_bytes_that_are_not_utf_8_are_refused_at_their_place() -> None:
    with pytest.raises(PolicyErrors) as raised:
        decode(b"a: 1\nname: caf\xe9\n", "x.yaml")

    [problem] = raised.value.problems
    assert (problem.line, problem.column) == (2, 10)


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert decode(b"\xef\xbb\xbfa: 1\n", "x.yaml") == "a: 1\n"


def test_emoji_and_right_to_left_text_are_read_as_written() -> None:
    assert value('"مرحبا 👋"') == "مرحبا 👋"


@pytest.mark.parametrize("size", [256 * 1024 + 1, 5_000_000])
def test_a_file_that_is_too_large_is_refused_at_once(size: int, tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    (folder / "policy.yaml").write_bytes(b"a: 1\n" + b"#" * size)

    started = time.perf_counter()

    for reading in (
        lambda: read_pack("big", tmp_path),
        lambda: read_file(folder / "policy.yaml", tmp_path),
    ):
        with pytest.raises(PolicyErrors, match="larger than 256 KiB"):
            reading()  # type: ignore[no-untyped-call]
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", ".", "NOT-THERE", "a\x00b"])
def test_a_name_that_is_no_pack_is_refused_plainly(name: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyErrors, match="there is no policy called"):
        read_pack(name, tmp_path)


def test_a_file_that_is_not_there_is_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(PolicyErrors, match="cannot be read: No such file"):
        read_file(tmp_path / "no.yaml")
