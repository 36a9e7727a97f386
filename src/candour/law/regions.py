"""The parts of the United Kingdom whose law and public holidays differ."""

from enum import StrEnum


class Region(StrEnum):
    """A legal part of the United Kingdom, by its ISO 3166-2 code."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


UK = frozenset(Region)
ENGLAND_ONLY = frozenset({Region.ENGLAND})
SCOTLAND_ONLY = frozenset({Region.SCOTLAND})
NOT_SCOTLAND = UK - SCOTLAND_ONLY
