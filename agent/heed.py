"""Hold a reading against the plain words: cues of English that a reading, whoever made it, must not go against.

A small model takes 'I don't like satin' for a condition taken back, or 'the dearest thing you have' for the dearest of
what is on screen. Each rule here is about a turn of English, never about a catalogue, and leaves alone what it does
not know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.folding import content, fold, tokens
from agent.surroundings import beside, denied, in_context, plain
from agent.types import ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from agent.types import Scene

_LEAD: Final = (
    r"(?:(?:ok|okay|right|well|no|yeah|yes|oh|hmm|please|lets?|can we|can you|just|i want to|id like to) )*"
)
_AFRESH: Final = re.compile(
    rf"{_LEAD}(?:(?:cancel|scrap|forget|never mind|stop)(?: (?:that|it|this|all that|everything))? )?"
    r"(?:(?:start|begin) (?:over|again|afresh|anew|from scratch|a new search)|new search|"
    r"(?:reset|clear)(?: (?:everything|all|it|that))?)(?: please)?"
)
_KNOWN_OF_ME: Final = re.compile(
    rf"{_LEAD}(?:(?:tell me |show me )?what (?:do|did|have) (?:you|u) "
    r"(?:know|remember|keep|kept|got|have|remembered|saved|noted|stored|learnt|learned)(?: down)? "
    r"(?:about|of|on) me|what (?:did|have) i (?:say|said|tell you|told you)(?: about .+)?|"
    r"(?:show|tell) me my profile|show my profile|who am i)(?: then| so far| now)?"
)
_THAT: Final = r"(?:that|it|this|what i (?:just )?said)"
_FORGET_IT: Final = re.compile(
    rf"{_LEAD}(?:forget|scrap|delete|erase|remove|unremember) {_THAT}(?: please| again)?"
)
_WHATEVER: Final = re.compile(r"\b(?:things?|anything|everything|items?|products?)\b")
_AMONG_SHOWN: Final = re.compile(r"\b(?:these|those|them|of the)\b")
_NO_OBJECT: Final = re.compile(
    r"\b(moneys?|price|cost|budget|size|colour|color|distance|time|age)(?: is|s)? (?:no|not an) "
    r"(?:object|issue|problem|obstacle|matter)\b"
)
_IN_PASSING: Final = re.compile(
    r"(?:(?:oh|ok|and|but|so|by the way|also|well|sorry|actually) )*"
    r"(?:weve|we|were|well|therell|theres|ive got (?:an? |two |three |\d )(?!.*(?:allerg|intoleran))|"
    r"my (?!name)[a-z]+(?:s| is| are| uses?| has| cant| will| wont)?)\b"
)
"""What is said of others, or of all of us, is said for this search: 'my dog is coming', 'we'll be seven'."""
_REMEMBER: Final = re.compile(
    r"\b(?:remember|keep (?:that|it) in mind|note that|make a note|never|always|from now on)\b"
)
_AGAINST: Final = re.compile(
    r"(?:i|im|i am) (?:really )?(?:hate|detest|loathe|dislike|dont (?:really )?(?:like|do|wear|fancy)|cant stand|"
    r"not (?:really |so |that )?(?:into|keen on|mad on|a fan of|fond of)) (?:any )?"
)
_HERE: Final = re.compile(
    r"(?:in|from|at|on) (?:the|your|this) (?:shop|store|catalogue|catalog|site|website|place|range|collection)"
)
_ANOTHER: Final = re.compile(
    rf"{_LEAD}(?:show me |give me )?(?:another|more|others|next)(?: ones?)?(?: please)?"
)
_MAKE_IT: Final = re.compile(
    r"(?:(?:ok|and|but|hmm|actually|now|then|please) )*make (?:it|them|that)\b(?: (?:an?|the)\b)?\s*"
)
_HAD: Final = re.compile(
    r"(?:(?:yeah|yes|no|oh|sorry|but|hmm|ok) )*"
    r"(?:(?:i have|ive|i|we have|weve|we)(?: already| just)? (?:seen|watched|read|heard|own|got|have|bought|played)|"
    r"already (?:seen|watched|read|heard|own|got|have|bought|played)|seen|watched)"
    r"(?: already)? (?:it|that|this|them|those|these|all of (?:them|those|these)|"
    r"(?:(?:the|that|this|number|no) )?(?:first|second|third|fourth|fifth|last|top|\d+(?:st|nd|rd|th)?|one)"
    r"(?: (?:one|two|film|movie|book|item))?)(?: already| before| too| as well)*"
)
_NOT_THAT: Final = re.compile(
    r"(?:^|\b(?:and|but|just|please|its|it is) )(?:not|no)(?: (?:an?|any|the))?$|"
    r"\bany(?:where|thing|one|body)? (?:but|bar|except)(?: (?:the|an?))?$|,\s*(?:not|no)(?: (?:an?|any|the))?$"
)
_THE_REST: Final = re.compile(
    r"(?:and |ok |what about )*(?:the )?(?:rest|others)(?: of (?:them|those|these))?"
)
_NUMBER: Final = r"(?:two|three|four|five|six|ten|[2-9]|10|couple)"
_MOST: Final = r"(?:[a-z]+est|(?:best|top|highest) rated|best|(?:most|least) [a-z]+)"
_FEW: Final = re.compile(
    rf"{_LEAD}(?:only |show me )?(?:the )?(?:({_NUMBER}) ({_MOST})|({_MOST}) ({_NUMBER}))(?: ones)?(?: please)?"
)
_ALSO: Final = re.compile(
    r"(?:(?:oh|and|but|plus|yes|ok) )*also (?:it |they |that )?(?:has|have|needs?|must|should|with|in|not?|"
    r"make|only|got)\b"
)
_COMPARED: Final = re.compile(
    r"(?:(?:something|anything|one|ones|a bit|much|got) )*"
    r"((?:[a-z]+er|(?:more|less) [a-z]+) than (?:the|that|number|no) .+)"
)
_DITCHED: Final = re.compile(
    r"(?:ditch|drop|scrap|lose|remove|forget) (?:about )?(?:the |that )?(.+?)(?: thing| bit)?"
)
_ANEW: Final = re.compile(
    rf"{_LEAD}(?:forget all (?:that|of (?:it|that))|(?:start|begin) (?:over|again|afresh)|"
    r"scrap (?:all )?(?:that|it)|new search|(?:right |ok )*different (?:one|question|topic|thing)(?: now)?) .+"
)
_ORDERED: Final = re.compile(
    rf"\b(?:put|sort|arrange|list|rank|"
    rf"order)(?: [a-z]+){{0,2}} in order(?: of (?P<of>[a-z]+(?: (?![a-z]+est\b)[a-z]+)?))?"
    rf"(?:.*?\b(?P<most>{_MOST})(?: ones?)? (?:first|at the top|to start))?"
)
_REFINED: Final = Reading(ActName.REFINE)
_THAN: Final = re.compile(r"\bthan (?:what )?(?:the|that|this|number|no|item|it)\b")
_ALIKE: Final = re.compile(r"\b(?:like|similar|same|style|vein|version|alternative|sort of thing)\b")
_MORE: Final = re.compile(
    r"\b(?:more|others?|else|another|next|different|rest|again|further|carry on|go on|continue|keep going)\b"
)
_FILLER: Final = frozenset(
    "idk dunno hmm hm um uh er erm well ok okay sure yes yeah yep yup no nope nah please thanks show me see find give "
    "let lets think guess suppose forget that feel feeling mood fine cool".split()
)
_FRAME: Final = re.compile(
    r"^(?:(?:have|has|come|comes|get|got|do|sell|stock|available)\b ?)(?:(?:it|them|that|this|one|these|those)\b ?)?"
    r"(?:available )?(?:(?:in|with)\b ?)?(?:an?\b ?)?"
)
_SHOP_HAS: Final = re.compile(
    r"\b(?:they|you|u) (?:have|sell|stock|do|make) (?P<thing>it|that one|that|this one|this)\b"
)


def heed(reading: Reading, scene: Scene) -> Reading:
    """Return the reading of `scene`, changed where its words plainly say something else."""
    said = plain(scene.text)
    reading = _no_object(reading, said)
    return _whole_turn(reading, scene, said) or _asked(
        _read_anyhow(_going_on(_averse(reading, scene, said), scene, said), scene, said), said
    )


def asks_what_is_known(text: str) -> bool:
    """Tell whether a person asks what is known of them: 'what do you know about me?'."""
    return bool(_KNOWN_OF_ME.fullmatch(plain(text)))


def says_only_that(text: str) -> bool:
    """Tell whether a person takes back what was just said, without naming it: 'forget that'."""
    return bool(_FORGET_IT.fullmatch(plain(text)))


def _whole_turn(reading: Reading, scene: Scene, said: str) -> Reading | None:
    """Read turns that are a set phrase from end to end."""
    if _AFRESH.fullmatch(said):
        return Reading(ActName.ASK)
    if asks_what_is_known(said):
        return Reading(ActName.REMEMBER)
    if scene.last_act is ActName.REMEMBER and says_only_that(said):
        return Reading(ActName.FORGET, note=scene.text)
    if scene.screen and (_HAD.fullmatch(said) or _ANOTHER.fullmatch(said)):
        return _REFINED  # what was seen is left out, others are shown
    if (few := _FEW.fullmatch(said)) and (scene.query or scene.constraints):
        return Reading(ActName.REFINE, sort=few[2] or few[3], count=few[1] or few[4])
    if scene.screen and reading.act is ActName.DETAIL and _THE_REST.fullmatch(said):
        return _REFINED
    if scene.screen and (compared := _COMPARED.fullmatch(said)) and reading.act is not ActName.COMPARE:
        return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.LIMIT, compared[1]),))
    if reading.act is ActName.DISLIKE and (ditched := _DITCHED.fullmatch(said)) and scene.constraints:
        return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, ditched[1]),))
    ordered = _ORDERED.search(said) if scene.screen and reading.act is not ActName.RECOMMEND else None
    if ordered and (ordered["of"] or ordered["most"]):
        return Reading(ActName.REFINE, phrases=reading.phrases, sort=_order(ordered))
    choosing = reading.act in (ActName.SIMILAR, ActName.REFINE) and not reading.phrases
    if scene.screen and choosing and reading.sort and _AMONG_SHOWN.search(said):
        return Reading(ActName.DETAIL, references=(f"the {reading.sort}",))  # 'the cheapest of these'
    return None


def _order(match: re.Match[str]) -> str:
    """Return an order as `sort` reads it: 'by battery, longest first'."""
    if match["most"]:
        return f"{match['most']} {match['of'] or ''}".strip()
    return f"by {match['of']}"


def _averse(reading: Reading, scene: Scene, said: str) -> Reading:
    """Take 'I'm not in the mood for romance' and 'I don't like satin' for things not wanted, here and now."""
    against = None if _REMEMBER.search(said) else _AGAINST.match(said)
    if reading.act is ActName.REMEMBER and against and (scene.query or scene.constraints):
        return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.AVOID, said[against.end() :]),))
    if reading.act is ActName.REMEMBER and not _REMEMBER.search(said) and _IN_PASSING.match(said):
        going_on = scene.query or scene.constraints
        return Reading(
            ActName.REFINE if going_on else ActName.RECOMMEND, phrases=(Phrase(PhraseKind.WANT, scene.text),)
        )
    if reading.act is ActName.REMEMBER and scene.asked and not _REMEMBER.search(said):
        return Reading(
            ActName.REFINE, phrases=(Phrase(PhraseKind.WANT, scene.text),)
        )  # 'me, and I'm a bloke'
    phrases = tuple(
        phrase for phrase in in_context(reading.phrases, scene.text) if not _HERE.fullmatch(fold(phrase.text))
    )
    for_whom = tuple(one for one in reading.references if re.search(rf"\bfor {re.escape(fold(one))}$", said))
    people = tuple(Phrase(PhraseKind.WANT, f"for {one}") for one in for_whom if fold(one) in ("him", "her"))
    barred = [part for part in reading.query.split(", ") if part and _is_barred(part, scene.text)]
    if barred:
        kept = [part for part in reading.query.split(", ") if part not in barred]
        phrases = (*phrases, *(Phrase(PhraseKind.AVOID, part) for part in barred))
        reading = replace(reading, query=", ".join(kept))
    if people and reading.act in (ActName.RECOMMEND, ActName.REFINE):
        left = tuple(one for one in reading.references if one not in for_whom)
        return replace(reading, phrases=(*phrases, *people), references=left)
    return replace(reading, phrases=phrases) if phrases != reading.phrases else reading


def _is_barred(part: str, text: str) -> bool:
    """Tell whether a part of a query is what is not wanted: 'date night, not a concert', 'anywhere but cornwall'."""
    return denied(part, text) and bool(_NOT_THAT.search(beside(fold(part), fold(text))[0].rstrip()))


def _no_object(reading: Reading, said: str) -> Reading:
    """Take 'money is no object' for the price taken back."""
    match = _NO_OBJECT.search(said) if reading.act in (ActName.REFINE, ActName.RECOMMEND) else None
    if match is None:
        return reading
    words = set(match[0].split())
    kept = tuple(one for one in reading.phrases if not set(plain(one.text).split()) <= words)
    drop = Phrase(PhraseKind.DROP, "price" if match[1] in ("money", "moneys", "budget") else match[1])
    query = "" if set(plain(reading.query).split()) <= words else reading.query
    return replace(reading, query=query, phrases=(*kept, drop))


def _going_on(reading: Reading, scene: Scene, said: str) -> Reading:
    """Tell a new search from the one in force changed."""
    if reading.query and (scene.query or scene.constraints) and (made := _MAKE_IT.match(said)):
        text = _MAKE_IT.sub("", fold(reading.query)) or said[made.end() :]
        wish = Phrase(PhraseKind.WANT, text)
        return replace(reading, act=ActName.REFINE, query="", phrases=(*reading.phrases, wish))
    if reading.act is ActName.SIMILAR and _THAN.search(said) and not _ALIKE.search(said):
        return replace(reading, act=ActName.REFINE)  # 'cheaper than the second'
    if reading.act is ActName.REFINE and _ANEW.match(said):
        return replace(reading, act=ActName.RECOMMEND)
    if reading.act is ActName.REFINE:
        whole = reading.sort and not (reading.phrases or reading.references or reading.query)
        if whole and _WHATEVER.search(said) and not _AMONG_SHOWN.search(said):
            return replace(reading, act=ActName.RECOMMEND)  # 'the dearest thing you have'
        return reading
    if reading.act is not ActName.RECOMMEND or not (scene.query or scene.constraints):
        return reading
    if reading.phrases and not (reading.query or reading.sort or reading.references or _ANEW.match(said)):
        return replace(reading, act=ActName.REFINE)  # 'under 50 please'
    if _ALSO.match(said):
        return replace(reading, act=ActName.REFINE)
    return reading


def _read_anyhow(reading: Reading, scene: Scene, said: str) -> Reading:
    """Take words that a refinement left unread for a wish, or for none ('not a cardigan'), unless they ask for more."""
    heard = (reading.phrases, reading.sort, reading.stars, reading.references, reading.query, reading.count)
    if reading.act is not ActName.REFINE or any(heard) or _MORE.search(said):
        return reading
    left = [word.said for word in content(tokens(said)) if word.text not in _FILLER]
    if not left:
        return reading
    return replace(reading, phrases=in_context([Phrase(PhraseKind.WANT, " ".join(left))], scene.text))


def _asked(reading: Reading, said: str) -> Reading:
    """Take the frame off a question, and the shop for no item: 'size 10' of 'do they have it in size 10'."""
    if reading.act is not ActName.DETAIL:
        return reading
    query = fold(reading.query)
    bare = _FRAME.sub("", query)
    if bare and bare != query:
        reading = replace(reading, query=bare)
    shop = _SHOP_HAS.search(said)
    if shop and all(fold(one) in ("they", "you", "u", "it") for one in reading.references):
        reading = replace(reading, references=(shop["thing"],))
    return reading
