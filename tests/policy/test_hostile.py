"""Files made to break a reader: refused in under a second, with a place, in one line.

Each goes through the Python API and through `candour policy check`.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from candour.config.main import main
from candour.policy.compile import compile_sources
from candour.policy.events import MOST_VALUES
from candour.policy.load import default_root, examine, names, read_file, read_pack
from candour.policy.problems import MOST_TOLD, PolicyErrors
from candour.policy.reading import MOST_BYTES, Node, decode, read
from tests.policy.written import BASE, HEAD, problems, whole

ROOM = MOST_BYTES - 1000
LINES = MOST_VALUES // 2 - 100

PURPOSE = "  purpose-{}: {{basis: contract}}\n"
LIKE = "  p{}: {{like: enquiryy}}\n"


def lines(line: str, count: int = LINES) -> str:
    return "".join(line.format(n) for n in range(count))


FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ":1:1: the file is empty"),
    "deep brackets": (b"a: " + b"[" * ROOM, ":1:11: more than 8 levels deep"),
    "deep braces": (b"{a: " * (ROOM // 4), ":1:33: more than 8 levels deep"),
    "deep dashes": (b"- " * (ROOM // 2), ":1:17: more than 8 levels deep"),
    "deep lines": (
        "".join(f"{'  ' * n}a{n}:\n" for n in range(400)).encode(),
        ":9:17: more than 8 levels deep",
    ),
    "alias bomb": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        ":1:4: anchors (&a) are not allowed",
    ),
    "alias of nothing": (b"a: *b\n", ":1:4: aliases (*b) are not allowed"),
    "merge of keys": (b"a: 1\n<<: {b: 2}\n", "'<<' is not a key here"),
    "one key twice": (b"a: 1\nb: 2\na: 3\n", ":3:1: a: 'a' is here twice"),
    "one key often": (b"a: 1\n" * LINES, "'a' is here twice; it was first on line 1"),
    "tabs": (b"a:\n\tb: 1\n", ":2:1: a tab is not allowed"),
    "tabs only": (b"\t\n" * (ROOM // 2), ":1:1: a tab is not allowed"),
    "NUL": (b"a: x\x00y\n", ":1:5: a NUL character is not allowed"),
    "NUL by escape": (b'a: "x\\0y"\n', ":1:4: an escape here stands for"),
    "not UTF-8": (b"a: 1\nb: \xff\xfe\n", ":2:4: this is not UTF-8 text"),
    "UTF-16": ("a: 1\n".encode("utf-16"), ":1:1: this is not UTF-8 text"),
    "a mark inside": (
        "a: 1\nb: x\ufeffy\n".encode(),
        ":2:5: a byte order mark inside the text",
    ),
    "five megabytes": (b"a: 1\n" * 1_000_000, "is larger than 256 KiB"),
    "wide": (b"a: [" + b"1," * (ROOM // 2) + b"]", "more than 20,000 values"),
    "unknown keys": (lines("key-{}: 1\n").encode(), "'key-0' is not a key here"),
    "unknown words": (
        f"{HEAD}commitments: [{'Ä, ' * 9000}x]\n".encode(),
        "is not a slug",
    ),
    "unknown purposes": (
        f"{HEAD}forms:\n  enquiry: {{for: [{lines('p{}, ', 9000)}x]}}\n".encode(),
        "'p0' is not among 'purposes'",
    ),
    "in vain like": (
        (f"{HEAD}extends: model\npurposes:\n" + lines(LIKE, 4900)).encode(),
        "'enquiryy' is not in what this policy extends",
    ),
    "names beyond number": (
        f"{HEAD}purposes:\n{lines(PURPOSE, 3000)}"
        f"forms: {{enquiry: {{for: [{lines('purpoze-{}x, ', 2000)}x]}}}}\n".encode(),
        "'purpoze-0x' is not among 'purposes'",
    ),
    "keys beyond number": (
        (
            f"{HEAD}purposes:\n{lines(PURPOSE, 3000)}departures:\n"
            + lines("  - {{key: purposes.purpoze-{}.basis, stated: a}}\n", 1500)
        ).encode(),
        "there are more mistakes than the 100 above",
    ),
    "words at length": (
        f"{HEAD}commitments: [{'Long' * 30_000}, {'long' * 20_000}]\n".encode(),
        "is not a slug",
    ),
    "wrong types": (
        f"{HEAD}clinic: [1]\npurposes: x\nretention: 2026-01-01\nrights: 1\n".encode(),
        "a map of keys is needed here",
    ),
    "no such date": (
        HEAD.replace("2026-09-01", "2026-02-30").encode(),
        ":4:12: effective: '2026-02-30' is not a date that exists",
    ),
    "no leap year": (
        HEAD.replace("2026-09-01", "2025-02-29").encode(),
        "'2025-02-29' is not a date that exists",
    ),
    "a month too many": (
        HEAD.replace("2026-09-01", "2026-13-01").encode(),
        "'2026-13-01' is not a date that exists",
    ),
    "a huge number": (f"{HEAD}language: {'9' * 250_000}\n".encode(), "language"),
    "a huge fraction": (f"{HEAD}language: 1e999999999\n".encode(), "language"),
    "two documents": (b"a: 1\n---\nb: 2\n", ":2:1: a second document starts here"),
    "a tag that runs": (
        b"a: !!python/object/apply:os.system [ls]\n",
        ":1:4: tags (!) are not allowed",
    ),
    "unclosed": (b"a: [1, 2\n", ":2:1: not YAML"),
    "unclosed at the end of much": (
        (lines("k{}: [a, b]\n", 3000) + 'x: "\n').encode(),
        ":3002:1: not YAML",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_is_refused_at_once_with_its_place(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contents, says = FILES[kind]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(contents)

    started = time.process_time()  # its own work: other tests run beside it
    with pytest.raises(PolicyErrors) as raised:
        compile_sources(read_file(path))
    taken = time.process_time() - started
    status = main(["policy", "check", str(path)])
    told = capsys.readouterr()

    assert taken < 1
    assert says in str(raised.value)
    assert len(raised.value.problems) <= MOST_TOLD + 1
    assert status == 1
    assert says in told.err
    assert "Traceback" not in told.err
    for problem in raised.value.problems:
        assert problem.file in (str(path), "model/policy.yaml")
        assert problem.line >= 1
        assert problem.column >= 1


def test_more_than_a_hundred_mistakes_say_that_there_are_more() -> None:
    found = problems(lines("key-{}: 1\n", 300))

    assert len(found) == MOST_TOLD + 1
    assert found[-1].message == "there are more mistakes than the 100 above"


def blocked(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Yield what is no readable file, and what is said of it."""
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    yield str(folder), "it is not a plain file"
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    yield str(pipe), "it is not a plain file"
    yield "/dev/zero/policy.yaml", "it cannot be read"
    yield str(tmp_path / "none.yaml"), "No such file"
    yield str(tmp_path / ("long" * 100 + ".yaml")), "File name too long"
    yield str(tmp_path / "a\x00b.yaml"), "it cannot be read"
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    yield str(loop), "it cannot be read"


def test_what_is_no_file_is_refused_and_never_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, says in blocked(tmp_path):
        with pytest.raises(PolicyErrors, match=says):
            read_file(Path(path))
        assert main(["policy", "check", path]) == 1
        assert says in capsys.readouterr().err


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "zephyr" / "policy.yaml"
    pack.parent.mkdir()
    pack.write_text(whole(), encoding="utf-8")

    def denied(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)  # root may read what others may not

    for reading in (
        lambda: read_file(pack),
        lambda: read_pack("zephyr", tmp_path),
    ):
        with pytest.raises(PolicyErrors, match="cannot be read: Permission denied"):
            reading()  # type: ignore[no-untyped-call]


def test_a_pack_whose_policy_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zephyr" / "policy.yaml").mkdir(parents=True)

    with pytest.raises(PolicyErrors, match="not a plain file"):
        read_pack("zephyr", tmp_path)


def test_no_texts_at_all_are_refused() -> None:
    with pytest.raises(PolicyErrors, match="nothing to read"):
        compile_sources({})


def test_a_byte_order_mark_before_the_text_changes_no_place() -> None:
    plain = read("a: 1\nb: x\n", "x.yaml")
    marked = read("\ufeffa: 1\nb: x\n", "x.yaml")

    assert decode("\ufeffa: 1\n".encode(), "x.yaml") == "a: 1\n"
    assert places(marked) == places(plain)


def test_windows_line_ends_change_no_value() -> None:
    text = whole()

    assert read(text.replace("\n", "\r\n"), "x").plain() == read(text, "x").plain()


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r"])
def test_line_breaks_that_yaml_1_2_does_not_know_are_refused(sign: str) -> None:
    with pytest.raises(PolicyErrors, match="is not allowed"):
        read(f"a: x{sign}b: 1\n", "x.yaml")


@pytest.mark.parametrize("header", ["|#", ">#-", "|-#x"])
def test_a_block_needs_a_space_before_its_note(header: str) -> None:
    with pytest.raises(PolicyErrors, match="a space is needed after"):
        read(f"a: {header}\n  text\n", "x.yaml")


@pytest.mark.parametrize("header", ["|", ">-", "|2", ">+ # note", "|-  "])
def test_a_block_is_read(header: str) -> None:
    node = read(f"a: {header}\n  text\n", "x.yaml").child("a")

    assert node is not None
    assert str(node.value).strip() == "text"


# --- what clashes is told with both places ---


def test_two_rules_of_keeping_over_one_category_are_told_together() -> None:
    text = whole() + "  again: {covers: [contact, calls], keep: P2Y}\n"

    [found] = problems(text)

    assert (found.line, found.key) == (28, "retention.again.covers[0]")
    assert "'retention.enquiries' (zephyr/policy.yaml:27:34)" in found.message


def test_a_purpose_without_a_basis_is_told_with_where_it_is_used() -> None:
    [found] = problems(whole().replace("    basis: contract\n", ""))

    assert (found.line, found.key) == (19, "purposes.enquiry.basis")
    assert "it is used at zephyr/policy.yaml:17:78" in found.message


def test_a_purpose_completed_from_one_without_a_basis_is_told_with_that_one() -> None:
    head = f"{HEAD}extends: base\n"
    text = whole(head=head).replace("    basis: contract\n    about: [enquirer]\n", "")

    found = problems(text, BASE.replace("    basis: contract\n", ""))[0]

    assert (found.file, found.line) == ("zephyr/policy.yaml", 20)
    assert "it is completed from base/policy.yaml:20:" in found.message


def test_a_policy_of_a_later_day_is_told_with_its_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "later.yaml"
    path.write_text(whole().replace("2026-09-01", "2999-09-01"), encoding="utf-8")

    assert main(["policy", "check", str(path)]) == 1

    told = capsys.readouterr().err
    assert f"{path}:4:12: effective: version '1' (at {path}:3:10) is in force" in told
    assert "only from 2999-09-01" in told


def test_two_packs_of_one_name_are_told_with_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(whole(), encoding="utf-8")

    assert main(["policy", "check", "--root", str(tmp_path)]) == 1

    told = capsys.readouterr().err
    assert "two/policy.yaml:2:9: policy: 'zephyr' is already the name" in told
    assert "at one/policy.yaml:2:9" in told


# --- an independent reader agrees ---


def places(node: Node) -> list[object]:
    below = [one for key, child in node for one in (key, *places(child))]
    return [(node.place, node.key_place, node.text), *below]


def others(text: str) -> object:
    """Return what ruamel's reader of YAML 1.2 makes of a text."""
    return YAML(typ="safe", pure=True).load(text)


def lists(value: object) -> object:
    if isinstance(value, dict):
        return {key: lists(one) for key, one in value.items()}
    return [lists(one) for one in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", names())
def test_every_pack_reads_as_another_reader_reads_it(name: str) -> None:
    text = (default_root() / name / "policy.yaml").read_text(encoding="utf-8")

    assert lists(read(text, name).plain()) == others(text)


WORD = st.sampled_from(
    ["NO", "no", "on", "9:30", "0123", "1.10", "~", "null", "true", "P1Y", "2026-09-01"]
) | st.text("abc é:#-,'\"{}[]&*!|>%@`?\\/0", min_size=1, max_size=8)
VALUE = st.recursive(
    WORD, lambda inner: st.lists(inner) | st.dictionaries(WORD, inner), max_leaves=8
)


@settings(max_examples=150)
@given(key=WORD, value=VALUE)
def test_what_is_written_in_quotes_comes_back_as_it_was(
    key: str, value: object
) -> None:
    def typed(one: object) -> str:
        if isinstance(one, dict):
            parts = (f"{typed(name)}: {typed(below)}" for name, below in one.items())
            return "{" + ", ".join(parts) + "}"
        if isinstance(one, list):
            return "[" + ", ".join(map(typed, one)) + "]"
        return "'" + str(one).replace("'", "''") + "'"

    assert lists(read(f"{typed(key)}: {typed(value)}\n", "x").plain()) == {key: value}


def test_the_packs_that_extend_one_another_are_read_with_it() -> None:
    assert examine(read_pack("baseline-nhs-code")).document.kind == "baseline"
