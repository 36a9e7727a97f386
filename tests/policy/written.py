"""Small policies, written in the test that needs them."""

from textwrap import dedent

import pytest

from candour.policy.compile import Policy, compile_sources
from candour.policy.load import Sources, examine
from candour.policy.problems import PolicyErrors, Problem

HEAD = """\
candour: 1
policy: zephyr
version: "1"
effective: 2026-09-01
"""

CLINIC = """\
clinic:
  name: Zephyr
  region: ENG
  brands: {zephyr: {name: Zephyr, hosts: [zephyr.example]}}
controllers: {zephyr: {name: Zephyr Ltd, address: "1 Cork Street", ico: ZA000000}}
contacts: {privacy: {email: [privacy@zephyr.example], for: [rights, complaints]}}
complaints: {to: privacy, first: clinic, then: ico}
"""

BODY = """\
collects:
  identity.name: {of: [enquirer], from: [website-form]}
  contact.email: {of: [enquirer], from: [website-form]}
  enquiry: {of: [enquirer], from: [website-form]}
forms:
  enquiry: {asks: [identity.name, enquiry], requires: [contact.email], for: [enquiry]}
purposes:
  enquiry:
    basis: contract
    about: [enquirer]
    uses: [identity.name, contact.email, enquiry]
    by: {visitor: one, reception: day, system: all}
messages:
  enquiry-reply: {purpose: enquiry, channels: [email], after-stop: sent}
retention:
  enquiries: {covers: [identity, contact, enquiry], keep: P1Y, after: recorded}
"""

BASE = (
    HEAD.replace("zephyr", "base")
    + CLINIC.replace("zephyr", "base").replace("Zephyr", "Base")
    + BODY
)


def whole(extra: str = "", *, head: str = HEAD, clinic: str = CLINIC) -> str:
    """Return a whole policy with more sections at its end."""
    return head + clinic + BODY + dedent(extra)


def sources(text: str, base: str | None = None) -> Sources:
    """Return a pack's sources, with a base named `base` when one is given."""
    found = {"zephyr/policy.yaml": text}
    return found if base is None else found | {"base/policy.yaml": base}


def policy(extra: str = "", base: str | None = None) -> Policy:
    """Compile a whole policy with more sections at its end."""
    head = HEAD + ("extends: base\n" if base else "")
    return compile_sources(sources(whole(extra, head=head), base))


def problems(text: str, base: str | None = None) -> tuple[Problem, ...]:
    """Return every mistake in a policy, which must have some."""
    with pytest.raises(PolicyErrors) as raised:
        examine(sources(text, base))
    return raised.value.problems


def problem(text: str, base: str | None = None) -> Problem:
    """Return the one mistake in a policy."""
    [only] = problems(text, base)
    return only
