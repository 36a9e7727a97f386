"""What staff type and choose: its shape, and the wording of mistakes. No database."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from candour.core.errors import Invalid
from candour.desk import sought
from candour.desk.wording import STATUSES
from candour.people.normal import phone_key
from candour.web.answers import Typed

SOUGHT_MAX = 200  # characters
ANSWER_MAX = 20_000  # characters; what one e-mail holds
SORTS = ("newest", "oldest", "name", "status")
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
            hint="Answer what was asked, and leave health out of an e-mail.",
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
