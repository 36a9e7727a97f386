"""The policy in force, compiled once in each process from its row."""

from functools import lru_cache

from candour.core.errors import Unavailable
from candour.notices.models import PolicyVersion
from candour.policy.compile import Policy, compile_sources


@lru_cache(maxsize=16)
def policy(version_id: int) -> Policy:
    """Return the compiled policy of one version; versions never change."""
    return compile_sources(PolicyVersion.objects.get(pk=version_id).sources)


_last_known: int | None = None


def current_id() -> int:
    """Return the id of the version in force. Raises Unavailable when there is none."""
    global _last_known  # one process, one memory
    newest = PolicyVersion.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        raise Unavailable("No policy has been published yet, so nothing can be used.")
    _last_known = newest
    return newest


def last_known_id() -> int:
    """Return the id this process saw in force last; the gate finds out if it moved."""
    global _last_known  # one process, one memory
    if _last_known is None:
        _last_known = current_id()
    return _last_known


def current() -> Policy:
    """Return the policy in force, compiled."""
    return policy(current_id())
