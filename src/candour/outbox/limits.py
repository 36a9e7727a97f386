"""How many letters that anybody can set off go to one address."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from candour.people.normal import email_key

HOUR, DAY = 3600, 86_400
# Letters to one address that anybody can set off; each kind has its own share.
UNASKED = {
    "acknowledgement": {HOUR: 2, DAY: 6},
    "link": {HOUR: 3, DAY: 12},
    "ended": {HOUR: 1, DAY: 3},
}


def may_write_to(address: str, *, kind: str, at: datetime) -> bool:
    """Count one letter that anybody can set off to an address; say if it may go.

    Whoever fills in a form may give a stranger's address, under as many names as they
    like, so all letters of a kind to it count together; z+1@ and z+2@ are one mailbox.
    Kept are a keyed hash and the times of the last few, for a day. It belongs in the
    transaction that queues the letter: it counts if that one does, and two never count
    as one.
    """
    name, _, host = email_key(address).rpartition("@")
    said = f"letter:{kind}:{name.partition('+')[0]}@{host}"
    secret = settings.SECRET_KEY.encode()
    key = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    now = at.timestamp()
    sent = [moment for moment in cache.get(key, []) if moment > now - DAY]
    for seconds, at_most in UNASKED[kind].items():
        if sum(moment > now - seconds for moment in sent) >= at_most:
            return False
    cache.set(key, [*sent, now], DAY)
    return True
