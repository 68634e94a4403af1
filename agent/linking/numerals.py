"""Number words to digits: 'a hundred and twenty', 'two and a half', 'nineteen ninety five', '1.5k', '½'."""

from __future__ import annotations

import re
from typing import Final

from agent.linking.folding import LONGEST, fold

# English numbers have 'and' after hundred and thousand only.
_ILLEGAL_AND = re.compile(r"(?<!hundred)(?<!thousand)(?<!million) and\b")
_UNITS: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"

# 'nineteen ninety five', 'twenty ten', 'twenty oh three'; plain 'twenty five' is no year.
_SPOKEN_YEAR = re.compile(
    rf"\b(eighteen|nineteen|twenty)[ -]((?:{_TENS})(?:[ -](?:{_UNITS}))?|{_TEENS}|(?:oh|o)[ -](?:{_UNITS}))\b(?!s)"
)
_CENTURIES: Final = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_FRACTIONS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
# 'one' that stands for a thing ('the cheaper one') stays a word; 'under one hour', 'one hundred' are numbers.
_PRONOUN_ONE = re.compile(
    r"(?<!than )(?<!under )(?<!over )(?<!least )(?<!most )(?<!number )(?<!item )(?<!option )(?<!about )(?<!and )"
    r"\bone\b(?= *(?:$|[,.;!?)]|that\b|with\b|in\b|under\b|over\b|for\b|from\b|is\b|please\b|but\b))"
)
_MEASURED: Final = (
    "(?:hours?|hr|minute|kilo|kilogram|gram|litre|liter|metre|meter|gig|gigabyte|terabyte|gallon|pint|mile|quid|"
    "pound|euro|dollar|buck)"
)
_REWRITES: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (rf"\bhalf an? (?={_MEASURED}\b)", "0.5 "),
        (rf"\bthree[ -]quarters of an? (?={_MEASURED}\b)", "0.75 "),
        (rf"\b(?:an? )?quarter of an? (?={_MEASURED}\b)", "0.25 "),
        (rf"\ban? (?={_MEASURED}\b)", "1 "),
        (
            r"\b(over|under|than|least|most|within|about|around|nearly) an? (?=(?:year|month|week)\b)",
            r"\1 1 ",
        ),
        (r"\b(?:a )?tenner\b", "10 pounds"),
        (r"\b(?:a )?fiver\b", "5 pounds"),
        (r"\ba couple(?: of)?\b|\bcouple of\b", "two"),
        (r"(?<=first )couple\b|(?<=last )couple\b|(?<=top )couple\b|(?<=bottom )couple\b", "two"),
        (r"\bhalf a dozen\b", "six"),
        (r"\b(?:a |one )?dozen\b", "twelve"),
        (r"\ba (?=hundred\b|thousand\b|million\b|grand\b)", "one "),
        (r"(?<=\d)\s*(?:grand|thousand)\b", "k"),
        (r"\b(hour|minute|kilo|litre|mile|metre|year) and half\b", r"\1 and a half"),
        (
            r"(?<![\d.] )(?<!\d)(?<!a )\b(terabyte|litre|kilo|metre|mile|hour|tonne) (?=or (?:more|less|so|"
            r"bigger|longer)\b)",
            r"1 \1 ",
        ),
        (r"\bgrand\b", "thousand"),
        (r"\b(?:square|sq\.?) ?(?:metres?|meters?|m)\b", "sqm"),
        (r"\b(?:square|sq\.?) ?(?:foot|feet|ft)\b", "sqft"),
    )
)
# 'Twenty an hour' is no hour.
_RATE = re.compile(
    rf"(\d|\b(?:{_UNITS}|{_TEENS}|{_TENS}|hundred|thousand|quid|pounds?|euros?|dollars?|bucks|k))"
    r" (?:an?|the) (hour|day|night|week|month|year|head|person)\b(?! and a (?:half|quarter))"
)
_THOUSANDS_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_THOUSANDS_POINT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+),(\d{1,2})(?!\d)")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,])")
_KILO = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s?k\b")
# 'between two and three hundred' is of hundreds at both ends.
_HUNDREDS = re.compile(
    rf"\b(?<!hundred )(?<!ty )(?<!ty-)(?<!and )({_UNITS})"
    rf"(?= (?:and|to|or) ({_UNITS}) (hundred|thousand|grand|k)\b(?! and\b| \d))"
)
# 'eight fifty tops' is 850, 'twelve ninety nine' 1,299 as prices are said.
_SAID_PRICE = re.compile(
    rf"(?<!hundred )(?<!thousand )(?<!and )(?<!at )\b({_UNITS}|ten|eleven|twelve) ({_TENS})(?: ({_UNITS}))?\b"
    r"(?=-?ish\b| ?(?:quid|pounds?|dollars?|bucks|euros?|rupees|tops|max(?:imum)?|or (?:less|more|so|under|"
    r"thereabouts)|"
    r"at (?:the )?(?:very )?most|budget|pcm|pages?|calories|kcal|grams?|ml|mils?|"
    r"(?:an?|per) (?:day|night|week|month|year|head|hour|person|pop|go))\b|\s*$)"
)
# 'between 5 and 8k' is of thousands at both ends; '5 and 8k' without 'between' may be two things.
_KILO_RANGE = re.compile(
    r"(?:(?<=between )(\d{1,3}(?:\.\d+)?)( ?and ?)|(?<![\w.])(\d{1,3}(?:\.\d+)?)( ?(?:-|–|to|or) ?))"
    r"(?=(\d{1,3}(?:\.\d+)?)\s?k\b)"
)
_AND_A_HALF = re.compile(r"\b(\d+)(?:\s+(\w+))?\s+and\s+a\s+(half|quarter)\b")
_LAKH = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,3})?) ?(lakhs?|lacs?|crores?)\b")
_THOUSAND = re.compile(r"\b(\d+\.\d+) (?:thousand|1000)\b")
_FRACTION = re.compile(r"(?<![\d.])(\d{0,6})\s?([½¼¾])")


def _year(match: re.Match[str]) -> str:
    century = _CENTURIES[match[1]]
    return f"{century + _small(re.sub(r'^(?:oh|o)[ -]', '', match[2]))}"


def _small(words: str) -> int:
    from text_to_num import text2num

    return int(text2num(words.replace("-", " "), "en"))


def _half(match: re.Match[str]) -> str:
    part = "5" if match[3] == "half" else "25"
    return f"{match[1]}.{part}" + (f" {match[2]}" if match[2] else "")


def _hundreds(match: re.Match[str]) -> str:
    return f"{match[1]} {match[3]}" if _small(match[1]) < _small(match[2]) else match[0]


def _said_price(match: re.Match[str]) -> str:
    tens = _small(" ".join(filter(None, (match[2], match[3]))))
    return str(_small(match[1]) * 100 + tens)


def _kilo_range(match: re.Match[str]) -> str:
    low, between = match[1] or match[3], match[2] or match[4]
    return f"{low}k{between}" if float(low) < float(match[5]) else match[0]


def _lakh(match: re.Match[str]) -> str:
    return f"{float(match[1]) * (100_000 if match[2].startswith('la') else 10_000_000):.10g}"


def _kilo(match: re.Match[str]) -> str:
    return f"{float(match[1]) * 1000:.10g}"


def _spelled(text: str, between: bool) -> str:
    """Digits of a stretch; after 'between', 'and' parts two numbers ('eighty and a hundred' is not 8100)."""
    from text_to_num import alpha2digit

    if not text.strip():
        return text
    for cut in re.finditer(r"\band\b", text) if between else ():
        sides = [str(alpha2digit(side, "en", 0)) for side in (text[: cut.start()], text[cut.end() :])]
        legal = all(len(re.findall(r"\d+(?:\.\d+)?", side)) == 1 for side in sides)
        if legal and not _ILLEGAL_AND.search(text[: cut.start()] + "|" + text[cut.end() :]):
            return "and".join(sides)
    return str(alpha2digit(text, "en", 0))


def digits(text: str) -> str:
    """Return `text` folded, with its numbers written in digits with a decimal point: 'under eighty-five' → 'under 85'.

    Ordinals become '2nd'. Thousands separators go, '12,50' and '1.299,50' are read as on the Continent, '1.5k' as 1500.
    """
    said = _FRACTION.sub(lambda m: f"{m[1] or '0'}{_FRACTIONS[m[2]]}", text[:LONGEST])
    said = fold(re.sub(r"(?<=\d0)['’]s\b", "s", said))
    said = _PRONOUN_ONE.sub("@", said)
    said = _SPOKEN_YEAR.sub(_year, said)
    said = _SAID_PRICE.sub(_said_price, said)
    said = _HUNDREDS.sub(_hundreds, said)
    said = _RATE.sub(r"\1 per \2", said)
    for pattern, new in _REWRITES:
        said = pattern.sub(new, said)
    # Hyphens of number words part words for the library; those between digits are ranges and stay.
    said = re.sub(rf"\b({_UNITS}|{_TEENS}|{_TENS})-(?=[a-z])", r"\1 ", said)
    parts = re.split(r"(\bto\b|\bor\b|\bbetween\b)", said)
    said = "".join(_spelled(part, parts[:i][-1:] == ["between"]) for i, part in enumerate(parts))
    said = re.sub(r"(?<=\d )2nd\b", "second", said).replace("@", "one")
    said = _THOUSANDS_POINT.sub(lambda m: m[1].replace(".", "") + "." + m[2], said)
    said = _THOUSANDS_COMMA.sub(lambda m: m[0].replace(",", ""), said)
    said = _DECIMAL_COMMA.sub(r"\1.\2", said)
    said = _THOUSAND.sub(r"\1k", _AND_A_HALF.sub(_half, said))
    said = _LAKH.sub(_lakh, said)
    return _KILO.sub(_kilo, _KILO_RANGE.sub(_kilo_range, said))
