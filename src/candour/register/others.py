"""Tables that are not ours, each with what it holds and why it needs no wall.

Everything in the database is either a model with `class Privacy` or a line here; a test
compares this with `pg_class`. `runtime` is what the run-time role may do with it.
"""

from dataclasses import dataclass

ALL = "select, insert, update, delete"
READ = "select"
NONE = ""


@dataclass(frozen=True, slots=True)
class Other:
    """One table of somebody else's: its contents in a phrase, and the grant."""

    holds: str
    runtime: str


OTHERS: dict[str, Other] = {
    "django_migrations": Other("which migrations ran", READ),
    "django_content_type": Other("names of models", READ),
    "auth_permission": Other("Django's permissions; unused, the gate decides", READ),
    "auth_group": Other("unused", READ),
    "auth_group_permissions": Other("unused", READ),
    "django_session": Other("staff sessions and open data requests by ref", ALL),
    "django_cache": Other("rate limits by hashed key; expires", ALL),
    "account_emailaddress": Other("staff sign-in addresses", ALL),
    "account_emailconfirmation": Other("unused: staff are invited", ALL),
    "mfa_authenticator": Other("staff second factors", ALL),
    "procrastinate_jobs": Other("jobs; arguments are refs only", ALL),
    "procrastinate_periodic_defers": Other("when periodic jobs ran", ALL),
    "procrastinate_events": Other("what happened to jobs", ALL),
    "procrastinate_workers": Other("heartbeats of workers", ALL),
    "trail_event": Other(
        "acts: ids only, append-only",
        # Not id, epoch, xid or salt: the database alone says when a row was written.
        "insert (at, act, actor, role, verb, purpose, outcome, clause, policy,"
        " categories, people)",
    ),
    "trail_change": Other("changes: ids only, by trigger", NONE),
    "trail_batch": Other("signed batches of leaf hashes", "select, insert"),
}


# Functions that run as the owner and the run-time role may call; what each gives.
FUNCTIONS: dict[str, str] = {
    "trail_leaves(text, smallint, xid8, xid8)": "hashes of trail rows, never the rows",
    "trail_epoch()": "how often the trail was restored, and one",
    "trail_of_person(bigint, bigint[])": "who looked at one person who is in scope",
    "gate_open(text, text)": "opens a scope; facts and keys of those in it",
    "notices_publish(uuid, text, text, text, text, text, timestamptz, boolean, text)": (
        "puts in force a policy that the clinic's key signed"
    ),
    "people_search(text, bigint, date, text)": "some ids, inside an identity scope",
    "people_alike(text, date, text[], text)": "ids, and by what they are alike",
    "people_called(uuid)": "the ref that a record joined to another has now",
    "people_unmerge_rows(uuid, jsonb, timestamp with time zone, text)": (
        "takes two joined records apart, both in scope"
    ),
    "appointments_busy(timestamptz, timestamptz)": "what is taken when, never by whom",
    "outbox_due()": "refs of messages to send now",
    "outbox_hold(uuid)": "parks a message to somebody restricted or being erased",
    "outbox_put_off(uuid, text)": "moves on a message that is due and did not go",
    "outbox_settle(uuid, uuid, text)": "what came of a message the caller had marked",
    "people_at_address(text, text)": "ids, inside a scope of identity and requests",
    "consent_forget_no(text, text)": "lets go of one remembered no, by its hash",
    "consent_refused_at(text, text, text[])": "whether a no stands at an address",
    "people_of_proof(text)": "numbers of whom and what a letter's secret proves",
    "people_merge_rows(bigint, bigint, timestamp with time zone, text, text)": (
        "joins two records that are both in scope"
    ),
    "files_named(text[])": "which random file names are known",
    "files_waiting()": "refs of files that nobody has washed yet",
    "disposal_waiting()": "refs of erasures that wait to be carried out",
    "rights_of_link(text)": "ref and kind of the request whose link this hash is of",
    "rights_copies_over(timestamptz)": "refs of copies whose time is up",
    "rights_copies_named(text[])": "which random file names are known",
    "rights_unproven(timestamptz)": "refs of requests whose link nobody opened",
    "rights_undecided(date)": "refs of erasures that were shown and not gone on with",
    "rights_ended_claimants(timestamptz)": "numbers of claimants of whom all has ended",
    "rights_unfinished()": "refs of requests that wait for a job, not a person",
}
