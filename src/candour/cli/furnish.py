"""What a demonstration is furnished with: a window, and questions from nobody real."""

from datetime import time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from candour.core.errors import Misconfigured
from candour.policy.load import default_root
from candour.policy.reading import decode, read

FILE = "clinic.yaml"
KEYS = {"clinic", "close", "hours", "services"}
HOURS = {"days", "opens", "closes"}
SERVICE = {"code", "name", "about", "price", "from", "class", "minutes"}


class Question(NamedTuple):
    """One invented enquiry: who asks what, and how long before the clinic opened."""

    name: str
    email: str
    phone: str
    topic: int  # which service of the menu; a shorter menu begins again
    reply_by: tuple[str, ...]
    ago: timedelta
    text: str


# Nobody is called so, and the numbers and addresses are of those kept for fiction.
QUESTIONS = (
    Question(
        "Bertha Inventsby",
        "bertha.inventsby@example.org",
        "07700 900101",
        0,
        ("email",),
        timedelta(minutes=25),
        "Hello. Could I come in for a first talk one evening after work, and how long"
        " should I plan for?",
    ),
    Question(
        "Ottokar von Made-Up",
        "ottokar@example.net",
        "",
        1,
        ("email",),
        timedelta(hours=3, minutes=10),
        "Is the price on the page for one visit or for the whole course? And does it"
        " hold for a year?",
    ),
    Question(
        "Philippa Notreal",
        "philippa.notreal@example.com",
        "07700 900155",
        2,
        ("phone", "email"),
        timedelta(hours=22),
        "I have a wedding in May. When would I need to start? Mornings are best if you"
        " would rather ring me.",
    ),
    Question(
        "Żaneta Przykładowa",
        "zaneta@example.org",
        "",
        0,
        ("email",),
        timedelta(days=1, hours=6),
        "Dzień dobry! Do you have anybody who speaks Polish? My English is fine but my"
        " mother’s is not. 🙂",
    ),
    Question(
        "Cornelius Placeholder",
        "c.placeholder@example.net",
        "020 7946 0999",
        3,
        ("phone",),
        timedelta(days=2, hours=4),
        "Please call me about parking. I cannot walk far, and the street looks narrow.",
    ),
    Question(
        "سميرة المثال",
        "samira@example.com",
        "",
        4,
        ("email",),
        timedelta(days=4),
        "مرحبا، هل لديكم مواعيد يوم السبت؟",
    ),
    Question(
        "Dilys Fictitious-Jones",
        "dilys.fictitious@example.org",
        "07700 900177",
        5,
        ("email",),
        timedelta(days=6, hours=9),
        "I asked last year and did not go ahead. Could you send me the new price list?",
    ),
)


def menu(policy: str) -> list[dict[str, Any]]:
    """Return the services of a pack's shop window, as the catalogue keeps them.

    Raises Misconfigured for a window that has a key nothing shows, or lacks one.
    """
    return [
        {
            "code": service["code"],
            "name": service["name"],
            "says": service["about"],
            "kind": service["class"],
            "minutes": service["minutes"],
            "price_pence": service["price"],
            "price_from": service["from"],
        }
        for service in _told(policy)["services"]
    ]


def window(policy: str) -> dict[str, Any]:
    """Return what else a pack's shop window says: its last line, and the hours.

    Raises Misconfigured as `menu` does.
    """
    told = _told(policy)
    return {"close": told["close"], "hours": told["hours"]}


def _told(policy: str) -> dict[str, Any]:
    path = default_root() / policy / FILE
    if not path.exists():
        return {"close": "", "hours": [], "services": []}
    file = str(path)
    told: dict[str, Any] = read(decode(path.read_bytes(), file), file).plain()
    _must_have(path, told, KEYS)
    for service in told["services"]:
        _must_have(path, service, SERVICE)
    for row in told["hours"]:
        _must_have(path, row, HOURS)
        for clock in (row["opens"], row["closes"]):
            _must_be_a_time(path, clock)
    return told


def _must_have(path: Path, part: dict[str, Any], keys: set[str]) -> None:
    """Refuse what is missing, and what would be written and never shown."""
    wrong = sorted(keys ^ part.keys())
    if wrong:
        raise Misconfigured(
            f"{path}: {', '.join(wrong)} must be given once here, and nothing else:"
            f" {', '.join(sorted(keys))}."
        )


def _must_be_a_time(path: Path, clock: str) -> None:
    try:
        time.fromisoformat(clock)
    except ValueError as cause:
        raise Misconfigured(f"{path}: {clock} is not a time such as 09:30.") from cause
