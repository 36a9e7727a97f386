"""Controls of proof, walls and operations."""

from typing import Final

from candour.policy.promises.controls.control import Control

CONTROLS: Final = (
    Control(
        "evidence-of-promises",
        7,
        "candour.evidence",
        "what was kept is shown from the running clinic",
    ),
    Control(
        "break-glass",
        7,
        "candour.gate",
        "in an emergency a file opens with a reason and is told",
    ),
    Control(
        "special-access",
        7,
        "candour.gate",
        "health data needs a second factor and a reason or a patient in care",
    ),
    Control(
        "strict-access",
        7,
        "candour.accounts",
        "roles and second factors and lock-outs guard the doors",
    ),
    Control(
        "security-register",
        7,
        "candour.evidence",
        "each safeguard has an owner and is shown in the notice",
    ),
    Control(
        "safe-site",
        7,
        "candour.web",
        "pages come encrypted and with the headers that protect them",
    ),
    Control(
        "backups",
        7,
        "candour.cli",
        "backups are made and tried and forget whom the clinic forgot",
    ),
    Control(
        "monitoring",
        7,
        "candour.cli",
        "odd sign-ins and mass reads and stopped jobs raise an alarm",
    ),
)
