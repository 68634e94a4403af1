"""What the rule reader knows of English: words of attributes and kinds, and the cues of bounds, orders and acts.

Patterns are written for any case and for apostrophes left out ('dont'); groups named 'said' are what is copied.
"""

from __future__ import annotations

import re
from typing import Final


def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern that ignores case; an apostrophe in it may be left out or curly."""
    return re.compile(re.sub(r"(?<=\w)'(?=\w)", "['’]?", text), re.IGNORECASE)


COLOURS: Final = frozenset(
    "black white grey gray red blue green yellow orange purple pink brown navy beige cream gold golden "
    "silver emerald "
    "teal turquoise maroon burgundy khaki tan ivory violet lilac mint mustard charcoal crimson".split()
)
SHADES: Final = frozenset("dark light pale bright deep".split())
"""Words that belong to the colour behind them: 'dark green'."""
COMPOUND: Final = frozenset(
    "frying flying sleeping sewing washing chopping dining swimming running pottery cookery history story".split()
)
"""Words that look like adjectives and belong to the kind behind them: 'frying pan'."""
ATTRIBUTES: Final = COLOURS | frozenset(
    "leather wool woollen cotton linen silk satin velvet cashmere denim suede canvas polyester nylon plastic wooden "
    "wood oak pine walnut steel metal brass copper glass ceramic rubber bamboo vegan organic recycled "
    "warm cool soft hard big small large tiny huge tall wide narrow thin thick slim heavy bright dim quiet loud fast "
    "slow calm old new modern vintage retro classic formal casual smart elegant matte floral plain striped fit "
    "wireless portable electric manual digital remote free safe cheap dry sweet red hot cold fresh raw light "
    "funny sad happy dark gentle strong weird cute silly romantic scary upbeat acoustic instrumental mellow "
    "action animation anime comedy comedies drama dramas horror horrors thriller thrillers romance romances western "
    "westerns musical musicals noir sci-fi fantasy crime mystery jazz rock pop punk folk blues soul techno metal "
    "ambient classical hip-hop reggae korean french german danish mens womens unisex kids vegetarian "
    "gluten-free spicy hand matching touchscreen induction folding stackable".split()
)
"""Adjectives, colours, materials and genres: conditions, not kinds."""
ADJECTIVE: Final = re.compile(
    r"(?:.+(?:proof|less|able|ible|ish|ful|ous|ive|ican|ese|ian|ic|ed)|\w+-\w+|.{3,}y|\w+ing)", re.IGNORECASE
)
OPINION: Final = frozenset(
    "good nice decent great lovely best cool proper really quite very some any bit".split()
)
KINDS: Final = frozenset(
    "boot shoe trainer sandal slipper sock shirt blouse dress skirt trouser jean chino short jumper sweater cardigan "
    "hoodie coat jacket raincoat hat cap glove scarf scarve belt bag handbag backpack rucksack wallet purse suitcase "
    "watch ring necklace earring bracelet sunglasses umbrella lipstick perfume sofa chair table desk lamp "
    "bed mattress "
    "pillow duvet curtain rug shelf bookshelf cupboard mirror mug cup plate bowl knife pan pot kettle "
    "toaster machine "
    "oven fridge drill hammer saw ladder tent torch bike bicycle helmet ball racket toy game puzzle doll book novel "
    "magazine pen notebook laptop phone tablet headphone earbud speaker camera television tv keyboard mouse charger "
    "film movie series documentary song music album playlist track band podcast club class course group choir "
    "concert news article recipe meal cake coffee tea wine beer hotel flat holiday flight job restaurant candle "
    "plant present gift".split()
)
"""Kinds of things in the singular, less a plural's s."""

_SMALL = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WORDY = (
    rf"(?:(?:{_SMALL}|one|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:hundred|thousand|one|two|five))?)"
)
_UNIT = (
    r"(?:quid|pounds?|euros?|dollars?|bucks|p|tb|gb|mb|kg|g|cm|mm|km|m|inch(?:es)?|metres?|meters?|feet|"
    r"miles?|litres?|"
    r"hours?|hrs?|minutes?|mins?|stars?|bpm|days?|weeks?|years?|[ap]m|watts?|k|mark)"
)
_NUMBER = (
    r"(?:\ban? (?:tenner|fiver|hour|grand|hundred)\b|"
    rf"(?:the )?(?:[£$€] ?)?(?:\d[\d.,:]*(?<![.,:])|\b{_WORDY}\b)(?: ?{_UNIT}\b)?)"
)
_DATE = (
    r"(?:the )?(?:(?:early|late|mid)[ -])?(?:(?:19|20)?\d0s|(?:sixt|sevent|eight|ninet|nought)ies|last \w+|"
    r"yesterday|noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
_BELOW = (
    r"(?:(?:under|below|within|up to)|(?:no|not|nothing) (?:more than|over|above|longer than|later than)|"
    r"(?:less|fewer|cheaper|shorter|smaller|lower) than|at most|max(?:imum)?(?: of)?|before|until)"
)
_ABOVE = (
    r"(?:over|above|(?:more|longer|bigger|larger|greater|higher|taller) than|no less than|at least|"
    r"min(?:imum)?(?: of)?|after|since|from)"
)
_NEAR = r"(?:around|about|roughly|approximately|close to)"
_TAIL = (
    r"(?: (?:a|per) (?:night|month|week|day)|(?: of)? ram| or (?:more|less|under|over|so|below|above)|"
    r" wide| tall| long| deep)?"
)
_DEGREE = r"(?:(?:a (?:bit|little|lot|touch)|much|slightly|somewhat|far|even|way) )?"
_NO_COMPARATIVE = (
    r"(?!(?:other|never|ever|leather|rubber|paper|under|over|after|number|silver|water|copper|summer|winter|her|"
    r"mother|father|sister|brother|dinner|river|either|rather|whether|flower|per|shower|corner|proper|super|clever|"
    r"computer|printer|trainer|jumper|sweater|slipper|starter|player|cover|power|paper|better|butter|pepper|consider|"
    r"remember|order|together|another|later|tenner|fiver|former|officer|letter|timer|mixer|charger|speaker|poster|"
    r"boiler|dealer|former|amber|ginger|october|november|december|september|thriller|offer|answer|matter|prefer)\b)"
)

COMPARATIVE: Final = pattern(
    rf"(?<!no )(?<!not )(?<!without )\b{_DEGREE}{_NO_COMPARATIVE}[a-z]{{3,}}er(?: to \w+)?\b"
)
BOUNDS: Final = (
    pattern(rf"\bbetween {_NUMBER} and {_NUMBER}"),
    pattern(
        rf"\b(?:{_BELOW}|{_ABOVE}|{_NEAR})\b:? ?(?:{_DATE}\b|{_NUMBER}){_TAIL}(?: (?:at most|max|tops))?"
    ),
    pattern(
        rf"{_NUMBER}(?: (?:wide|tall|long|deep))? ?(?:tops|max(?:imum)?|at most|at least|or (?:less|more|under|"
        rf"over|so)|ish)\b"
    ),
)
LIMITS: Final = (
    *BOUNDS,
    pattern(rf"\b(?:from|of|in) {_DATE}"),
    pattern(r"\b(?:not )?too \w+"),
    pattern(rf"\b{_DEGREE}(?:less|more) (?!like\b|of\b|than\b|please\b|options\b|about\b)\w+"),
    COMPARATIVE,
    pattern(r"(?:[£$€] ?\d[\d.,]*(?<![.,])|\b\d+ ?(?:quid|pounds|euros|dollars|bucks)\b)"),
    pattern(r"\b(?:cheap|affordable|inexpensive|short|long)\b(?! sleeve)"),
)
"""Bounds and amounts with their cues, the surest first."""

ORDER: Final = pattern(
    r"\b(?:(?:sort|order|rank|arrange)(?:ed)? (?:them |these |those |it |the list )?(?P<by>by \w+(?: \w+ first)?)|"
    r"(?P<said>(?:(?:best|highest|top|lowest|worst)[ -](?:rated|reviewed|selling|price)|most (?:popular|"
    r"expensive|recent)|"
    r"least expensive|cheapest|dearest|priciest|newest|oldest|latest|shortest|longest|biggest|smallest|lightest|"
    r"nearest|closest|warmest|fastest|quietest)(?: first)?))\b"
)
COUNT: Final = pattern(
    rf"\b(?:(?:top|only|just|give me|show me|find me|need|want|list|the best)(?: the)? "
    rf"(?P<said>[2-9]|1\d|20|{_SMALL}|a couple)\b(?! (?:stars?|{_UNIT})\b)|(?P<couple>a couple)(?= of\b)|"
    rf"^(?P<first>{_SMALL}|[2-9])(?= (?!{_UNIT}\b|seater|player|person|people|door|piece)[a-z|]))"
)
STARS: Final = pattern(
    r"(?P<said>\b(?:\d(?:[.,]\d)?|one|two|three|four|five|half|no|zero)(?: ?/ ?(?:5|10)\b| out of (?:5|10|"
    r"five|ten)\b| stars?\b))"
    r"|\b(?:gets?|give (?:it|this|that)|deserves|scores?) an? (?P<bare>\d|one|two|three|four|five)\b|"
    r"\brate\b.* (?<!of )(?P<last>[1-5])(?: please)?$"
)
_ATTR = (
    r"(?P<said>[\w’'-]+(?: (?!and\b|but\b|or\b|then\b|with\b|for\b|is\b|please\b|pls\b|thanks\b|in\b|"
    r"under\b|on\b|cos\b|because\b|like\b|[a-z]+ing\b)[\w’'-]+)?)"
)
AVOID: Final = (
    pattern(
        r"\b(?:anything|any \w+|everything|all) (?:but|except|other than) (?:for )?(?:a |an |the )?" + _ATTR
    ),
    pattern(
        r"\b(?:(?:that|which)(?:'s| is)? )?(?:is not|isn't|not|aren't|are not|no|without|nothing|none|avoid|"
        r"except|excluding|other than|don't want|hate|"
        r"rather than|free of)(?: (?:too|made (?:of|from)|any|an?|the|with|in|that is|that's|so|very))*"
        r" (?!more\b|less\b|longer\b|sure\b|really\b|one\b|matter\b|fussed\b)(?P<said>(?:on )?[\w’'-]+(?: "
        r"(?:(?!please|pls|thanks|either|though|now|in|on|at|for)\w+(?=\s*(?:$|[,.;!?|]))))?)"
    ),
)
SURELY_AVOID: Final = (
    AVOID[0],
    pattern(r"\b(?:that )?(?:isn't|aren't|is not|are not) too (?P<said>\w+)"),
    pattern(r"\b(?:all|far|way) too (?P<said>\w+)"),
)
"""What is read before bounds are, which say 'too' as well."""
_LABEL = r"(?:the |about (?:the )?|my )?(?P<said>\w+)"
FORGET: Final = (
    pattern(
        r"\b(?:forget|drop|scrap|ignore|remove|lose|never mind|skip)(?: about)? (?:the |"
        r"that )?(?P<said>(?!it\b|this\b|that\b)\w+)"
    ),
    pattern(
        r"\b(?:don't (?:care|mind)|not (?:fussed|bothered)|doesn't matter|no matter) (?:about |what |"
        r"which )?(?:the )?(?P<said>\w+)"
    ),
)
"""Words that take back a condition even where none is known of."""
DROP: Final = (
    *FORGET,
    pattern(r"\b(?:doesn't|don't|needn't|does not|do not)(?: have to| need to)? be (?P<said>\w+)"),
    pattern(r"\bno need (?:for|to be) (?:a |an )?(?P<said>\w+)"),
    pattern(
        r"\b(?P<said>\w+)(?: (?:does not|doesn't|don't) matter| isn't (?:important|an issue)|"
        r" is not important| is no object)"
    ),
    pattern(
        r"\bany (?P<said>colour|color|size|price|brand|material|day|time|genre|year|length|style|kind)\b(?! but)"
    ),
    pattern(r"\binstead of (?P<said>\w+)"),
)

LEAD: Final = pattern(
    r"\b(?:i'm |i am |im )?(?:look|search|hunt|shopp)ing? ?(?:for|4)\b|\b(?:i'm |i am )after\b|"
    r"\bi was wondering if\b|"
    r"\b(?:i'd|i would) (?:like|love)\b|\bi (?:really )?(?:need|want|fancy)(?: to (?:buy|find|get|see|hear|"
    r"watch))?\b|"
    r"\b(?:do|have|can|could|would|will) (?:you|u|i|we)(?: maybe| also| please)* (?:have|got|get|sell|stock|"
    r"do|show|find|recommend|suggest|see|go|tell)?\b|"
    r"\b(?:is|are) there\b|\b(?:show|find|get|give|bring|recommend|suggest|play)(?: me| us)?\b|\bwhere (?:are|"
    r"is|can i)\b|"
    r"\b(?:what|how) about\b|\bwhat'?s (?:the|your)\b|\bgot any\b|\bif possible\b|\bwould be (?:nice|better|"
    r"good|great)\b|"
    r"\bis fine\b|\byou've got\b|\byou have\b|\bcan't go\b|\bdo (?:it|them|these|they) come\b|\bi said\b|\bi also\b"
)
FILLER: Final = frozenset(
    "a an the some any i me my we us you im need want get please pls plz thanks thank ok okay right now then "
    "hi hey hello evening all "
    "morning so um er uh hmm hm well yes yeah no actually instead just only also still maybe perhaps "
    "preferably ideally "
    "like something anything someone somewhere ones one it them they these those this that same is are be to "
    "of at do go can "
    "buy more else other others cos because and or but with in for really got have has he she needs id would "
    "could your "
    "there lookin looking search 4 if possible after top tbh btw fyi what whats where which mean i'm it's u "
    "similar than kind did make thats that's what's next suggest list".split()
)
PREPOSITION: Final = pattern(
    r"\b(?=(?:for|in|with|(?<!directed )by|near|on|at|directed by|starring|made (?:of|from)|this|next)\b)"
)
KEEP: Final = frozenset("for by near on at directed this next starring".split())
"""Prepositions that stay in the condition: 'for running', against 'black' of 'in black'."""
WHOLE: Final = pattern(
    r"(?<!for )\b(?P<first>\w+) (?P<link>to|for|that|which|who|where|about|i can) [^|]*\w{2}[^|]*"
)
SIZE: Final = pattern(
    r"\bsize (?:\d+(?:\.5)?|xx?[sl]|[sml]|small|medium|large|\w+)\b|\b(?:this|next|at the) weekend\b|"
    r"\bsecond[ -]hand\b|"
    r"\bnon[ -]stick\b|\b\w+ cancelling\b|\b\w+ (?:friendly|safe|resistant)\b|\b(?:easy|quick|ready) to \w+|"
    r"\bwide fit\b"
)
