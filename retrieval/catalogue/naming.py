"""What the name of a column says: its words, its label for people, its unit, and what it is likely to hold."""

from __future__ import annotations

import re

from retrieval.catalogue.units import CURRENCIES, IN_NAMES, UNITS

_JOINTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\s_\-./:]+")
_BRACKETED = re.compile(r"^(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")
_MEASURES = frozenset(
    "weight mass length height width depth volume duration time power distance voltage".split()
)
_SCALE = re.compile(r"[\s_]*(?:/|[\s_]out[\s_]of[\s_])[\s_]*(?:5|10|100)$", re.IGNORECASE)
_IN_INCHES = _MEASURES | frozenset("screen display diagonal size wheel frame waist".split())
"""Words beside which 'in' is inches: 'screen_in', but not 'listed_in'."""
_MEANT = {
    "runtime": "min",
    "tempo": "bpm",
    "bpm": "bpm",
    "stars": "stars",
    "pages": "pages",
    "calories": "kcal",
}
"""Units that some names mean without saying so."""

TEXTS = frozenset(
    "description text plot overview summary synopsis abstract body review reviews about details lyrics notes story "
    "content blurb caption bio biography comment comments lead excerpt instructions steps".split()
)
PICTURES = frozenset(
    "picture pictures image images img photo photos thumbnail thumb cover poster artwork jpg png".split()
)
SOUNDS = frozenset("sound sounds audio preview mp3 wav clip".split())
DATES = frozenset(
    "date dates released release publication published born birthday added created updated modified expires "
    "expiry launched due timestamp datetime since deadline".split()
)
NUMBERS = frozenset(
    "price cost rating stars score stock quantity count votes runtime duration weight pages".split()
)
DURATIONS = frozenset("duration runtime length playtime running".split())
FACETS = frozenset(
    "color colour brand maker author artist director designer category type kind style material season gender size "
    "occasion country city language publisher genre section place weekday usage label room department shelf".split()
)
CODES = frozenset(
    "id ids uuid guid sku asin isbn ean upc gtin barcode hash md5 sha sha1 sha256 checksum slug url urls link links "
    "href uri postcode zip zipcode phone telephone fax code identifier".split()
)
IDS = frozenset(
    "sku asin uid uuid guid key code identifier handle isbn itemid productid number no nr ref reference barcode".split()
)
THINGS = frozenset(
    "item product article movie film book track song artist news show recipe document doc entity object record game "
    "album place person club event listing photo style".split()
)
NOT_TITLES = frozenset(
    "brand author category file user seller director artist publisher company maker first last middle type class "
    "colour color store shop job original".split()
)


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: 'baseColour' and 'base_colour' both give ('base', 'colour')."""
    return tuple(word.lower() for word in _JOINTS.split(name) if word)


def label_and_unit(name: str) -> tuple[str, str | None]:
    """Return how a column is called before people, and the unit its name gives.

    'baseColour' → ('base colour', None), 'price_gbp' → ('price', '£'), 'Weight (kg)' → ('weight', 'kg').
    """
    name = _SCALE.sub("", name) or name
    if bracketed := _BRACKETED.match(name):
        inside = bracketed[2].lower()
        unit = CURRENCIES.get(inside) or UNITS.get(inside)
        if unit and bracketed[1]:
            return " ".join(words(bracketed[1])) or bracketed[1], unit
    parts = words(name)
    if not parts:
        return name, None
    last = parts[-1]
    if "per" in parts[1:] and parts[0] in CURRENCIES:
        return " ".join(("price", *parts[1:])), CURRENCIES[parts[0]]
    if len(parts) > 1 and parts[-2] == "per":
        return " ".join(parts), None  # what a price is for is no unit of it
    if len(parts) > 2 and parts[0] in IN_NAMES and parts[1] in ("from", "to"):
        return " ".join(parts), IN_NAMES[parts[0]]
    if len(parts) > 1:
        if last in IN_NAMES:
            return " ".join(parts[:-1]), IN_NAMES[last]
        measured = _IN_INCHES if last == "in" else _MEASURES if len(last) == 1 else frozenset()
        if last in UNITS and measured & set(parts[:-1]):
            return " ".join(parts[:-1]), UNITS[last]
    return " ".join(parts), _MEANT.get(last) or (IN_NAMES.get(last) if len(parts) == 1 else None)


def id_rank(name: str) -> int | None:
    """Return how surely a name is that of the items' id, 0 the surest; None when it is not one."""
    parts = words(name)
    if parts == ("id",):
        return 0
    if len(parts) == 2 and parts[0] in THINGS and parts[1] in ("id", "key", "code"):
        return 1
    if len(parts) == 1 and parts[0] in IDS:
        return 2
    return 3 if parts and (parts[-1] in IDS or parts[-1] == "id") else None


def title_rank(name: str) -> int | None:
    """Return how surely a name is that of the items' title, 0 the surest; None when it is not one."""
    parts = words(name)
    if not parts:
        return None
    last = parts[-1]
    if parts in (("title",), ("name",)):
        return 0 if last == "title" else 1
    if last in ("title", "name") and not NOT_TITLES & set(parts):
        return 2 if last == "title" else 3
    if parts in (("headline",), ("heading",), ("label",)) or (len(parts) == 1 and last in THINGS):
        return 4
    return None
