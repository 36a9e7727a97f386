"""What staff type about people: searching, registering, editing. No database."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from candour.desk import sought

SOUGHT_MAX = 200  # characters


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Whom to look for. The words stand in an address only sealed."""

    text: str = ""

    @classmethod
    def of_address(cls, query: QueryDict) -> "PeopleFilter":
        """Return the search that a link holds."""
        return cls(text=sought.unseal(query.get("find", "")))

    @classmethod
    def of_form(cls, posted: QueryDict) -> "PeopleFilter":
        """Return the search that the form asks for."""
        text = posted.get("q", "").replace("\0", "")
        return cls(text=" ".join(text.split())[:SOUGHT_MAX])

    def query(self) -> str:
        """Return the search as the query of a link."""
        return "?" + urlencode({"find": sought.seal(self.text)}) if self.text else ""
