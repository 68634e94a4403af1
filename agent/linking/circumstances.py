"""For whom and when a thing is wanted: 'for my gran', 'for a sunday' say nothing of what it is.

Words rank by titles too, so that 'a film for my gran' brought up Gran Torino, and 'something for a sunday' everything
called Sunday. Where no column says whom things are for or when, such words are told and nothing ranks by them.
"""

from __future__ import annotations

import re
from typing import Final

_PERSON: Final = (
    r"(?:gran|granny|grandma|grandmother|nan|nana|grandad|granddad|grandpa|grandfather|grandparents?|mum|mom|mam|mother|"
    r"mummy|dad|daddy|father|parents?|wife|husband|hubby|girlfriend|boyfriend|partner|fiancee?|missus|sister|brother|"
    r"sis|aunt|auntie|uncle|cousin|niece|nephew|son|daughter|kid|kids|child|children|grandson|granddaughter|"
    r"grandchild|grandchildren|friend|mate|neighbour|neighbor|boss|colleague|teacher|in[ -]laws?|family|flatmate|"
    r"housemate|roommate|me|us|him|her|them|myself|everyone|someone)s?"
)
_OWN: Final = r"(?:an?|the|my|our|his|her|their|your|some|an? old|my old|my little|my best|my dear old)"
_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_PART: Final = r"(?:morning|afternoon|evening|night|lunchtime)s?"
_WHOM: Final = rf"(?:{_OWN} )?{_PERSON}(?: (?:and|or) (?:{_OWN} )?{_PERSON})?"
_WHEN: Final = (
    rf"(?:(?:an?|the|this|next) )?(?:{_DAY}(?: {_PART})?|weekend|{_PART})|tonight|today|tomorrow(?: {_PART})?|"
    r"later|now"
)
_CIRCUMSTANCE: Final = re.compile(
    rf"(?:for (?:{_WHOM}|{_WHEN})|on (?:an? |the )?{_DAY}(?: {_PART})?)", re.IGNORECASE
)
_AT_END: Final = re.compile(rf"^(?P<thing>.*[^\s,])[, ]+(?P<told>{_CIRCUMSTANCE.pattern})$", re.IGNORECASE)


def is_circumstance(text: str) -> bool:
    """Tell whether a phrase says only for whom or when a thing is wanted."""
    return bool(_CIRCUMSTANCE.fullmatch(text.strip(" .!?")))


def parted(query: str) -> tuple[str, str]:
    """Part what is looked for from whom and when it is for: 'something', 'for a sunday'; '' where nothing says so."""
    found = _AT_END.match(query.strip(" .!?"))
    return (found["thing"], found["told"]) if found else (query, "")
