"""The keys open in one unit of work: fetched behind the wall, gone when it ends.

A person whose records were joined has several keys of a class. What is sealed names the
one that opens it; only their own one seals, so that the others can be given back.
"""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

import psycopg

from candour.core.errors import Tampered
from candour.core.ids import new_ref
from candour.vault import sealing
from candour.vault.kek import kek, kek_id

FETCH = (
    "SELECT id, person_id, record_class, wrapped, joined_at IS NULL FROM vault.key"
    " WHERE person_id = ANY(%s)"
)
MAKE = (
    "INSERT INTO vault.key (id, person_id, record_class, wrapped, kek)"
    " VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (person_id, record_class) WHERE joined_at IS NULL DO NOTHING"
)


class Known(Protocol):
    """Somebody whose keys came with what is known of them."""

    @property
    def person(self) -> int:
        """Whose keys they are."""

    def wrapped_keys(self) -> Iterable[tuple[UUID, int, str, bytes]]:
        """Return each: its id, its person, its record class, and it, wrapped."""


class Keyring:
    """Seals and opens values for the people and classes that are in scope.

    The database decides which keys it can fetch; this class only remembers them.
    """

    def __init__(
        self, connection: psycopg.Connection[Any], people: Iterable[Known] = ()
    ) -> None:
        """Start with the keys of `people`, all of those that are in scope."""
        self._connection = connection
        self._wrapped: dict[UUID, bytes] = {}
        self._by_id: dict[UUID, bytes] = {}
        self._by_owner: dict[tuple[int, str], UUID] = {}
        self._fetched: set[int] = set()
        for said in people:
            self._fetched.add(said.person)
            for key in said.wrapped_keys():
                self.add(*key)

    def add(
        self,
        key_id: UUID,
        person: int,
        record_class: str,
        wrapped: bytes,
        own: bool = True,
    ) -> None:
        """Remember one wrapped key; it is unwrapped when something needs it.

        One that is not their `own` came with a record that was joined to theirs.
        """
        self._wrapped[key_id] = wrapped
        if own:
            self._by_owner[person, record_class] = key_id

    def _key(self, key_id: UUID) -> bytes:
        key = self._by_id.get(key_id)
        if key is None:
            wrapped = self._wrapped.get(key_id)
            if wrapped is None:
                raise Tampered
            key = self._by_id[key_id] = sealing.unwrap(kek(), key_id, wrapped)
        return key

    def fetch(self, people: Iterable[int]) -> None:
        """Fetch the keys of `people`, once each, in one statement."""
        wanted = sorted(set(people) - self._fetched)
        if not wanted:
            return
        for key in psycopg.Cursor(self._connection).execute(FETCH, [wanted]):
            self.add(*key)
        self._fetched.update(wanted)

    def seal(self, person: int, record_class: str, place: str, text: str) -> bytes:
        """Return `text` sealed for `place`, making the person's key on first use."""
        key_id = self._key_for(person, record_class)
        return sealing.seal(self._key(key_id), key_id, place, text.encode())

    def unseal(self, person: int, place: str, sealed: bytes) -> str:
        """Return what was sealed at `place`.

        Raises Tampered when the key is gone, or the value was changed or moved.
        """
        key_id = sealing.key_id_of(sealed)
        if key_id not in self._wrapped:
            # Made since, by another unit of work, or of nobody that was named.
            self._fetched.discard(person)
            self.fetch([person])
        return sealing.unseal(self._key(key_id), place, bytes(sealed)).decode()

    def data_key(self, person: int, record_class: str) -> tuple[UUID, bytes]:
        """Return (id, key) for sealing a file of this person and class."""
        key_id = self._key_for(person, record_class)
        return key_id, self._key(key_id)

    def key_of(self, person: int, key_id: UUID) -> bytes:
        """Return the key that a sealed file names. Raises Tampered when it is gone."""
        if key_id not in self._wrapped:
            # Made since, by another unit of work, or of nobody that was named.
            self._fetched.discard(person)
            self.fetch([person])
        return self._key(key_id)

    def _key_for(self, person: int, record_class: str) -> UUID:
        if (person, record_class) not in self._by_owner:
            self.fetch([person])
        found = self._by_owner.get((person, record_class))
        if found is None:
            # Two at once: one inserts, the other waits, does nothing, and reads theirs.
            fresh, key_id = sealing.new_key(), new_ref()
            wrapped = sealing.wrap(kek(), key_id, fresh)
            psycopg.Cursor(self._connection).execute(
                MAKE, [key_id, person, record_class, wrapped, kek_id()]
            )
            self._fetched.discard(person)
            self.fetch([person])
            found = self._by_owner[person, record_class]
        return found
