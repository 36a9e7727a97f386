"""Merkle roots, against the recursive definition of RFC 6962 section 2.1."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.trail import merkle


def by_the_book(lines: list[bytes]) -> bytes:
    """MTH of RFC 6962, as it is written there."""
    if not lines:
        return sha256(b"").digest()
    if len(lines) == 1:
        return sha256(b"\x00" + lines[0]).digest()
    half = 1 << (len(lines) - 1).bit_length() - 1
    left, right = by_the_book(lines[:half]), by_the_book(lines[half:])
    return sha256(b"\x01" + left + right).digest()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_a_root_is_the_root_of_the_standard(lines: list[bytes]) -> None:
    assert merkle.root(merkle.leaf(line) for line in lines) == by_the_book(lines)


def test_the_vectors_of_certificate_transparency_hold() -> None:
    """The reference implementation's own test data, its first three trees."""
    lines = [b"", b"\x00", b"\x10"]
    roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ]

    found = [
        merkle.root(merkle.leaf(line) for line in lines[: count + 1])
        for count in range(3)
    ]

    assert [root.hex() for root in found] == roots


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 1000])
def test_a_tree_knows_how_many_leaves_it_has(count: int) -> None:
    tree = merkle.Tree()
    for number in range(count):
        tree.add(merkle.leaf(str(number).encode()))

    assert tree.count == count


@given(st.lists(st.integers(min_value=0, max_value=2500), max_size=4))
def test_many_at_once_are_the_same_tree_as_one_by_one(sizes: list[int]) -> None:
    many, single = merkle.Tree(), merkle.Tree()
    for number, size in enumerate(sizes):
        leaves = [merkle.leaf(b"%d %d" % (number, item)) for item in range(size)]
        many.extend(leaves)
        for one in leaves:
            single.add(one)

    assert (many.root(), many.count) == (single.root(), single.count)
