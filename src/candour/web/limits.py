"""How often one client may send a form. Generous: it is for machines, not people."""

import hashlib
import hmac
import ipaddress
import time
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest

from candour.core.errors import CandourError
from candour.people.normal import email_key

HOUR, DAY = 3600, 86_400
UNASKED = {HOUR: 2, DAY: 6}  # letters to one address that anybody can set off


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


def may_write_to(address: str, *, at: datetime) -> bool:
    """Count one letter that anybody can set off to an address; say if it may go.

    Whoever fills in a form may give a stranger's address, under as many names as they
    like, so all letters to it count together; z+1@ and z+2@ are one mailbox. Kept are a
    keyed hash and the times of the last few, for a day. It belongs in the transaction
    that queues the letter: it counts if that one does, and two never count as one.
    """
    name, _, host = email_key(address).rpartition("@")
    key = _key(f"letter:{name.partition('+')[0]}@{host}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    now = at.timestamp()
    sent = [moment for moment in cache.get(key, []) if moment > now - DAY]
    for seconds, at_most in UNASKED.items():
        if sum(moment > now - seconds for moment in sent) >= at_most:
            return False
    cache.set(key, [*sent, now], DAY)
    return True


def _key(said: str) -> str:
    """Return the keyed hash that something is counted under."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
