"""Names, addresses and numbers of nobody: drawn, and clearly invented.

Numbers are those that Ofcom keeps for fiction, and addresses end in domains that RFC
2606 keeps. There are some 17,000 such numbers, so in a large crowd strangers share one.
"""

import random
from dataclasses import dataclass
from itertools import cycle

from candour.people.normal import words_key


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Zephyrine Ottokar Cosima Peregrine Żaneta Łucja Þórdís Björk Ñusta Anaïs Chloë "
    "Zoë Siân Éowyn Gwenllïan Tiphaine Álvaro Inês Øyvind Søren Åsa Jürgen Gül "
    "Şebnem Çağla Dželila Đorđe Šárka Jiří Ştefana Ioană Nguyệt Hạnh Nkechi Adébáyò "
    "Thandiwe Wanjirũ Mahliyo Farrokh Parisa Noor Samira Idris Yusuf Amara Bao Mei "
    "Kenji Haruka Soo-ah Ravi Ishani Arjun Lakshmi Tamsin Merryn Eluned Fionnuala "
    "Caoimhe Ruaridh Mhairi Bertha Philippa Cornelius Dilys Ignatius Perpetua "
    "Barnabas Clementine Lysander Marigold Hesper Isolde Tancred Ursula Quentin "
    "Wilhelmina Xanthe Yolande Ανθή Νεφέλη Злата Мирослава سميرة نور מרים 美玲 さくら"
)
HEAD = _words(
    "Quill Brack Fox Under Thistle Bramble Cinder Marsh Hollow Winter Amber Raven "
    "Copper Feather Lantern Mallow Nettle Otter Pepper Rook Sorrel Tallow Velvet "
    "Wicker Yarrow Zinnia Barley Clover Damson Elder Fennel Gorse Heather Ivory "
    "Juniper Kestrel Larch Moss Oat Plover"
)
TAIL = _words(
    "feather water glove hill wood bottom wick thorpe stead mere combe shaw ley "
    "worth bury dene field ford gate holt hurst keld lock march nook pool ridge "
    "side thwaite wold bank croft down fell garth howe knoll lathe moor notional"
)
STREETS = ("Lane", "Row", "Wharf", "Mews", "Terrace", "Crescent", "Yard", "Hill")
TOWNS = ("Little Quill", "Madeup-on-Sea", "Nowhere Parva", "Figment", "Great Fable")
DOMAINS = ("example.org", "example.net", "example.com")
# Area codes with the first digits that Ofcom keeps for drama; three digits follow.
FICTION = (
    "07700 900", "020 7946 0", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0",
    "0117 496 0", "0118 496 0", "0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0",
    "0161 496 0", "0191 498 0", "029 2018 0", "01632 960", "028 9649 6",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, as it was typed and as it is compared."""

    channel: str
    value: str
    key: str


@dataclass(slots=True)
class Household:
    """People who live together: one surname, one address, one telephone."""

    surname: str
    members: int
    shared: tuple[Way, ...]
    adult: str = ""  # the first of them, who acts for the children
    adult_ref: str = ""


class Names:
    """Draws households and people, the same for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._number = 0
        self._first = cycle(FIRST)  # every alphabet comes up however few they are

    def household(self) -> Household:
        """Return the next one: most people come alone, one in four does not."""
        chance = self._chance
        surname = chance.choice(HEAD) + chance.choice(TAIL)
        if chance.random() < 0.12:
            surname += f"-{chance.choice(HEAD)}{chance.choice(TAIL)}"
        members = chance.choices((1, 2, 3, 4), (75, 12, 7, 6))[0]
        place = (
            f"{chance.randint(1, 240)} {chance.choice(HEAD)}{chance.choice(TAIL)}"
            f" {chance.choice(STREETS)}, {chance.choice(TOWNS)}"
        )
        ways = [Way("address", place, words_key(place))]
        if members > 1 or chance.random() < 0.3:
            ways.append(self.phone())
        return Household(surname, members, tuple(ways))

    def phone(self) -> Way:
        """Return a number kept for fiction, in E.164 for comparing."""
        chance = self._chance
        typed = f"{chance.choice(FICTION)}{chance.randrange(1000):03}"
        return Way("phone", typed, f"+44{typed.replace(' ', '')[1:]}")

    def person(self, home: Household) -> tuple[str, list[Way]]:
        """Return the name of one more of a household, and how to reach them."""
        chance = self._chance
        self._number += 1
        first = next(self._first) if self._number <= 200 else chance.choice(FIRST)
        name = f"{first} {home.surname}"
        ways = list(home.shared)
        if chance.random() < 0.9:
            plain = words_key(home.surname).replace(" ", "")
            typed = f"{plain}.{self._number}@{chance.choice(DOMAINS)}"
            ways.append(Way("email", typed, typed))
        if chance.random() < 0.6:
            ways.append(self.phone())
        return name, list({(way.channel, way.key): way for way in ways}.values())
