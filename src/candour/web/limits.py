"""How often one client may send a form. Generous: it is for machines, not people."""

import hashlib
import hmac
import ipaddress
import time
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from candour.core.errors import CandourError


class TooMany(CandourError):
    """There were many tries in a short time, so we paused. Try again in ten minutes."""

    code = "too_many"
    status = HTTPStatus.TOO_MANY_REQUESTS


def client(request: HttpRequest) -> str:
    """Return the address of who is asking; an IPv6 client is its /64 network.

    Behind the proxy that a secure site has, the last address forwarded is the one that
    the proxy itself saw; what stands before it anybody could have written.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def is_here(request: HttpRequest) -> bool:
    """Say whether whoever asks sits at this machine, and no proxy speaks for others.

    An address that was forwarded must be this machine's too; who hides behind another
    kind of proxy cannot be told, so the answer is no.
    """
    if any(name in request.headers for name in ("Forwarded", "Via")):
        return False
    told = [request.META.get("REMOTE_ADDR", "")]
    for name in ("X-Forwarded-For", "X-Real-IP"):
        if name in request.headers:
            told += request.headers[name].split(",")
    return all(_is_loopback(address.strip()) for address in told)


def _is_loopback(told: str) -> bool:
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return False
    inside = address.ipv4_mapped if address.version == 6 else None
    return (inside or address).is_loopback


def spend(kind: str, whom: str, *, at_most: int, seconds: int) -> None:
    """Count one try of `kind` by `whom`; raise TooMany beyond `at_most` in the window.

    What is kept is a keyed hash and a number, and only for a while. Two tries at the
    same instant may count as one, which is close enough.
    """
    window = int(time.time()) // seconds
    key = _key(f"{kind}:{whom}:{window}")
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, seconds)
    if count > at_most:
        raise TooMany


def _key(said: str) -> str:
    """Return the keyed hash that something is counted under."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
