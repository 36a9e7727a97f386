"""What staff type and choose: its shape, and the wording of mistakes. No database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.desk import sought
from candour.desk.wording import STATUSES
from candour.law.refusals import Ground
from candour.people.normal import phone_key
from candour.rights import queries, refusing
from candour.rights.identity import METHODS, Candidate
from candour.web.answers import Chosen, Typed, mistakes

SOUGHT_MAX = 200  # characters
ANSWER_MAX = 20_000  # characters; what one email holds
SORTS = ("newest", "oldest", "name", "status")
KINDS = ("access", "erasure")
NUMBER = re.compile(r"[\d\s()+./-]{3,}")


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which enquiries to show, and in what order. Anything odd is read as the usual."""

    text: str = ""
    status: str = ""
    sort: str = "newest"
    number: int = 1

    @classmethod
    def of_address(cls, query: QueryDict) -> "InboxFilter":
        """Return the filter that a link holds."""
        status, sort = query.get("status", ""), query.get("sort", "")
        page = query.get("page", "")
        return cls(
            text=sought.unseal(query.get("find", "")),
            status=status if status in STATUSES else "",
            sort=sort if sort in SORTS else "newest",
            number=int(page) if page.isdecimal() and len(page) < 8 else 1,
        )

    @classmethod
    def of_form(cls, posted: QueryDict) -> "InboxFilter":
        """Return the filter that the search form asks for."""
        text = posted.get("q", "").replace("\0", "")
        status = posted.get("status", "")
        return cls(
            text=" ".join(text.split())[:SOUGHT_MAX],
            status=status if status in STATUSES else "",
        )

    def query(self, **changes: Any) -> str:
        """Return the filter, with `changes`, as the query of a link."""
        wanted = replace(self, **changes)
        told = {
            "find": sought.seal(wanted.text),
            "status": wanted.status,
            "sort": "" if wanted.sort == "newest" else wanted.sort,
            "page": "" if wanted.number == 1 else wanted.number,
        }
        return "?" + urlencode({key: value for key, value in told.items() if value})

    @property
    def active(self) -> bool:
        """Say whether something is searched for or chosen."""
        return bool(self.text or self.status)

    @property
    def words(self) -> str:
        """Return the text as the search takes it; a phone number in its stored form."""
        if not NUMBER.fullmatch(self.text):
            return self.text
        try:
            return phone_key(self.text)
        except Invalid:
            # Part of a number: whatever stands before it, its digits are in a row.
            return "".join(filter(str.isdecimal, self.text)).lstrip("0")


class Answer:
    """An answer as typed. `seen` is how many messages its writer had in sight."""

    def __init__(self) -> None:
        self.seen = 0
        self.text = Typed(
            name="text",
            label="Your answer",
            missing="There is no answer here yet. Write one, then send it.",
            most=ANSWER_MAX,
            type="textarea",
            hint="Answer what was asked, and leave health out of an email.",
        )

    @classmethod
    def posted(cls, sent: QueryDict) -> "Answer":
        """Return what was posted, with what is wrong with it."""
        answer = cls()
        answer.text.read(sent)
        seen = sent.get("seen", "")
        answer.seen = int(seen) if seen.isdecimal() and len(seen) < 6 else 0
        return answer

    @property
    def body(self) -> str:
        """Return what is sent: the text as typed, with plain line breaks."""
        return self.text.answer.replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which data requests to show, and in what order; what is odd is as usual."""

    which: str = "open"
    kind: str = ""
    sort: str = "due"
    number: int = 1

    @classmethod
    def of_address(cls, query: QueryDict) -> "RequestFilter":
        """Return the filter that a link holds."""
        which, kind = query.get("state", ""), query.get("kind", "")
        sort, page = query.get("sort", ""), query.get("page", "")
        return cls(
            which=which if which in queries.WHICH else "open",
            kind=kind if kind in KINDS else "",
            sort=sort if sort in queries.SORTS else "due",
            number=int(page) if page.isdecimal() and len(page) < 8 else 1,
        )

    def query(self, **changes: Any) -> str:
        """Return the filter, with `changes`, as the query of a link."""
        wanted = replace(self, **changes)
        told = {
            "state": "" if wanted.which == "open" else wanted.which,
            "kind": wanted.kind,
            "sort": "" if wanted.sort == "due" else wanted.sort,
            "page": "" if wanted.number == 1 else wanted.number,
        }
        return "?" + urlencode({key: value for key, value in told.items() if value})

    @property
    def active(self) -> bool:
        """Say whether anything but the usual is chosen."""
        return bool(self.kind) or self.which != "open"


class WhoAsks:
    """Whose records are of the person who asks, and how staff made sure."""

    def __init__(self, asks: Sequence[Candidate]) -> None:
        self._reach = {str(one.ref): _reach(one) for one in asks}
        self.people = Chosen(
            name="people",
            legend="Which records are of the person who asks?",
            options=[(str(one.ref), one.name or "No name") for one in asks],
            missing="Tick each record that is of the person who asks.",
            hint="Somebody who wrote to us twice may have two records. Those you tick"
            " become one, and stay one.",
        )
        self.how = Chosen(
            name="how",
            legend="How did you make sure?",
            options=list(METHODS.items()),
            kind="radio",
            missing="Say how you made sure. It is written down, with your name.",
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.people.read(sent)
        self.how.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes([self.people, self.how])

    def shown(self) -> dict[str, Any]:
        """Return it as desk/request.html takes it."""
        people = self.people.shown()
        for option in people["options"]:
            option["hint"] = self._reach[option["value"]]
        return {"errors": self.errors, "people": people, "how": self.how.shown()}


def _reach(one: Candidate) -> str:
    """Return what we hold to reach somebody by, in one line."""
    return ", ".join(value for _, value in one.contacts) or "Nothing to reach them by"


class Refusal:
    """On what ground to refuse a request, and why, in the words of whoever decides."""

    def __init__(self, grounds: Sequence[Ground]) -> None:
        self._hints = {g.key: _ground_hint(g) for g in grounds}
        self.ground = Chosen(
            name="ground",
            legend="On what ground?",
            options=[(ground.key, ground.title) for ground in grounds],
            kind="radio",
            missing="Choose the ground. There is no other than these.",
            hint="The law has no other grounds. Without one, do what they ask.",
        )
        self.reason = Typed(
            name="reason",
            label="Why, in your own words",
            missing="Write why. They have a right to the reason.",
            most=refusing.MOST,
            type="textarea",
            hint="They read this as you write it. Say nothing of anybody else, and"
            " leave health out of it.",
        )

    def read(self, sent: QueryDict) -> bool:
        """Take what was sent; say whether it will do."""
        self.ground.read(sent)
        self.reason.read(sent)
        return not self.errors

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return what is wrong, for the summary."""
        return mistakes([self.ground, self.reason])

    def shown(self) -> dict[str, Any]:
        """Return it as desk/refuse.html takes it."""
        ground = self.ground.shown()
        for option in ground["options"]:
            option["hint"] = self._hints[option["value"]]
        return {
            "errors": self.errors,
            "ground": ground,
            "reason": self.reason.shown(),
        }


def _ground_hint(ground: Ground) -> str:
    return f"{ground.article}. {ground.needs}".strip()
