"""The words that say how an amount or a stretch of time bounds something: 'no wider than', 'or so', 'at the latest'.

'Under', 'below', 'over' and 'above' include the bound, as people mean them of prices and as the contract of an act has
it ('under eighty' is <= 80); 'less than', 'more than', 'cheaper than', 'before' and 'after' do not.
"""

from __future__ import annotations

import re
from typing import Final

from retrieval.types import Op

# Amounts and periods stand as one private-use character each, so that a cue's pattern sees where they are.
FIRST: Final = 0xE000
_MARK: Final = "[\ue000-\ue0ff]"
MARKS: Final = re.compile(_MARK)
_A: Final = f"({_MARK})"

_RANGES: Final = (
    rf"between (?:the )?{_A} (?:and|to|or|-) (?:the )?{_A}",
    rf"(?:anywhere |ranging )?from (?:the )?{_A} (?:up )?(?:to|till|until|through|-) (?:the )?{_A}",
    rf"{_A} ?(?:to|-|–|—|till|until|through) ?{_A}",
    rf"{_A} or {_A}",
)
_LESS: Final = (
    "less|fewer|cheaper|lower|shorter|smaller|lighter|older|earlier|quicker|slower|thinner|narrower|slimmer|younger|"
    "quieter|cooler|weaker|milder|nearer|closer|tighter|less expensive|less pricey"
)
# Every other comparative wants large numbers: longer, wider, deeper, roomier, brighter, warmer.
_MORE: Final = (
    rf"more|pricier|more (?:expensive|recent)|(?!(?:{_LESS}|other|rather|over|under|after|never|number|together)\b)"
    r"[a-z]{2,}er"
)
_THAN: Final = "th[ae]n"
"""'Then' is 'than' misspelt."""
# "Won't go a penny over", "don't want to spend more than"; what one doesn't care about bounds nothing.
_NOT: Final = (
    r"(?:no|not|nothing|never|none|isnt|isn't|arent|cannot|refuse to|"
    r"(?:ca|could|wo|would|do|does|must|should|need)n'?t)"
    r"(?: (?!(?:mind|care|bother|matter|know|fussed|worry|but|and|or|with|under|over|below|above|less|more)\b)"
    r"[a-z]+){0,5}?"
)
_BEFORE: Final = (
    (Op.LE, rf"{_NOT} (?:(?:{_MORE}) {_THAN}|over|above|beyond|past|after|more|later {_THAN})|"
            r"not exceeding|this side of|(?:on )?the right side of|shy of|up ?to|(?:go|stretch|run) (?:up )?to|"
            r"as (?:much|far|high|long|many) as|at (?:the )?(?:very )?(?:most|max|maximum|outside)|"
            r"max(?:imum|\.)?(?: of| is)?|a? ?limit (?:of|is)|"
            r"(?:by|before|until|till) (?:the )?end of|by|until|till|within|inside|under or equal to|<=|≤|"
            r"(?:my |a |our |on a |the )?budget(?: is| of|:)?(?: about| around)?|(?:i |we |you )?(?:only |can |"
            r"could |have |want to |to )*"
            r"(?:spend(?:ing)?|pay(?:ing)?|afford)(?: is)?(?: up to)?|i(?:'?ve| have)(?: only)?(?: got)?|"
            rf"only have|costs? (?:under|below|less {_THAN})|ceiling of"),
    (Op.GE, rf"{_NOT} (?:(?:{_LESS}) {_THAN}|under|below|before)|"
            r"at (?:the )?(?:very )?(?:least|min|minimum)|min(?:imum)?(?: of| is)?|upwards? of|"
            r"start(?:s|ing)?(?: at| from)|from|since|>=|≥|over or equal to"),
    (Op.LT, rf"(?:{_LESS}) {_THAN}|before|prior to|pre|<"),
    (Op.GT, rf"(?:{_MORE}) {_THAN}|after|post|exceeding|>"),
    (Op.LE, r"under|below|beneath|sub|less|underneath"),
    (Op.GE, r"over|above|beyond|past|north of"),
    (Op.ABOUT, r"about|around|call it|roughly|approx(?:imately|\.)?|circa|~|≈|some|close to|near(?:ly|er)?|almost|"
               r"in the (?:region|area) of|something like|like|say|give or take|maybe|perhaps"),
    (Op.EQ, r"exactly|precisely|equals?(?: to)?|is|==?"),
)  # fmt: skip
# Cues that may stand apart from the amount: 'six episodes tops', 'a tenner a head at the outside'.
_APART: Final = (
    (Op.LE, r"at a push\b|at the (?:very )?outside\b|(?:not an? \w+|no|nothing) (?:more|over)\b|"
            r"(?:at )?(?:tops|max(?:imum)?|(?:the )?(?:very )?most)\b|at the (?:very )?latest\b|"
            rf"or (?:{_LESS}|under|below|before)\b|or so max\b"),
    (Op.GE, rf"at the (?:very )?earliest\b|(?:not an? \w+|no|nothing) (?:less|fewer|under)\b|or (?:{_MORE}|"
            rf"over|above|up|upwards?|onwards?|after|beyond)\b|onwards?\b|"
            r"upwards?\b|(?:at )?min(?:imum)?\b|(?:at )?the (?:very )?least\b|at (?:the )?(?:very )?least\b"),
    (Op.ABOUT, r"or so\b|or thereabouts\b|give or take\b|more or less\b"),
)  # fmt: skip
_NEXT_TO_IT: Final = (
    (Op.LE, r"is (?:my|the|our) (?:\w+ )?(?:limit|max|maximum|ceiling|budget)\b|"
            rf"and (?:{_LESS}|under|below|before)\b|limit\b|ceiling\b|budget\b|to spend\b"),
    (Op.GE, rf"\+|plus\b|and (?:{_MORE}|over|above|up|upwards?|onwards?|after|beyond)\b(?! [a-z])|on$"),
    (Op.ABOUT, r"-?ish\b|-something\b"),
    (Op.EQ, r"exactly\b|precisely\b|on the dot"),
)  # fmt: skip
_BREAKS: Final = r"(?:and|or|but|not|no|with|under|over|below|above|between|about|around)\b"
_BETWEEN: Final = rf"(?:,? (?!{_BREAKS})[a-z]+){{0,4}}?,? ?(?:and )?"
"""At most four words between an amount and its cue."""

RANGES: Final = tuple(re.compile(rf"(?<!\w){pattern}") for pattern in _RANGES)
AFTER: Final = (
    *((op, re.compile(rf"{_A} ?(?:{cues})")) for op, cues in _NEXT_TO_IT),
    *(
        (op, re.compile(rf"{_A}(?P<between>{_BETWEEN})(?:{cues})(?! ?(?:an? )?{_MARK})"))
        for op, cues in _APART
    ),
)
BEFORE: Final = tuple(
    (
        op,
        re.compile(
            rf"(?<![\w'])(?:{cues})(?: (?:the|a|an|my|just|only|year|years|of|was|is|to|for))*[ -]?{_A}"
        ),
    )
    for op, cues in _BEFORE
)
THIS_SIDE: Final = "this side of"
"""Up to an amount of money, but since a year."""
ADJOINING: Final = re.compile(rf"{_A} (?:and|or|&) (?:the )?{_A}")
EITHER: Final = re.compile(rf"{_A} or {_A}")
ALONE: Final = re.compile(_A)
