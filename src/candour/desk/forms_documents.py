"""What is said of a file when it is added, besides the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from candour.files.actions import LONGEST_TITLE
from candour.files.reasons import SAID
from candour.web.answers import Typed


def _title() -> Typed:
    return Typed(
        name="title",
        label="What it shows",
        missing="",
        most=LONGEST_TITLE,
        required=False,
        hint="In a few words: “Left cheek, before”. Only the file shows them.",
    )


@dataclass(slots=True)
class Adding:
    """The answers beside the files, and why some of those were not taken."""

    title: Typed = field(default_factory=_title)
    source: str = ""
    source_error: str = ""
    problems: list[str] = field(default_factory=list)

    @classmethod
    def blank(cls) -> "Adding":
        """Return the form before anything is written."""
        return cls()

    @classmethod
    def posted(cls, sent: QueryDict, refused: Sequence[str]) -> "Adding":
        """Return what was sent, with the reasons of the files that were refused."""
        found = cls(source=sent.get("source", ""))
        found.title.read(sent)
        if not found.source:
            found.source_error = "Say where it came from."
        found.problems = list(dict.fromkeys(SAID[reason] for reason in refused))
        return found

    def said(self) -> list[str]:
        """Return everything that is wrong, for a page that stays where it is."""
        return [*self.problems, *filter(None, (self.title.error, self.source_error))]

    @property
    def is_whole(self) -> bool:
        """Say whether everything beside the files is as it should be."""
        return not (self.title.error or self.source_error)
