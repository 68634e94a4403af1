"""What the words around a phrase of a request do to it: 'nothing made after 1965', 'a spa or a sauna', 'no languages'.

A reading marks the words that carry a condition; the ones beside them that turn it round, loosen it or join it to
another may be left outside. They are taken in here, by rules of English that know no catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from agent.linking.folding import fold
from agent.linking.principles import with_reason
from agent.types import Phrase, PhraseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS: Final = re.compile(r"[.,!?;:…]+(?!\d)")
_AVERSE: Final = re.compile(
    r"\b(?:(?:do not|dont|didnt|never|cannot|cant|wont)(?: really| much| particularly| even)? "
    r"(?:like|want|wear|fancy|care for|enjoy|stand|do|have)|hate|detest|loathe|dislike|allergic to|"
    r"intolerant (?:to|of)|sick of|tired of|"
    r"fed up (?:with|of)|nothing|nowt|skip|avoid|omit|leave out|steer clear of|stay away from|"
    r"keep away from|not(?: \w+)? (?:in the mood for|into|keen on|a fan of|fond of|interested in))"
    r"(?: (?:any|a|an|the|anything|things|stuff|in|made of|with|too|so))*$"
)
_DENIED: Final = re.compile(
    r"(?<!why )(?<!if )(?<!there )(?<!or )(?<!whether )"
    r"\b(?:no|not(?: be)?|without|except|excluding|minus|apart from|other than|instead of|rather than|"
    r"any(?:one|body|where|thing)? (?:bar|but))"
    r"(?: (?:any|the|a|an))* $"
)
_WORD: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|grand)"
)
# Repetitions are bounded, so that a page of digits takes no time.
_NUMBER: Final = rf"(?:[£$€]?\d[\d.,]{{0,12}}(?:k\b)?|{_WORD}\b)"
_SUM: Final = rf"(?:{_NUMBER}(?:(?:[ -]| and (?:a )?){_NUMBER}){{0,6}}|(?:a )?(?:tenner|fiver|grand)\b)"
_AFTER: Final = (
    r"(?:(?:or|and) (?:more|less|better|higher|lower|under|over|above|below|up|upwards?|later|newer|older|earlier|"
    r"longer|shorter|fewer|bigger|smaller|cheaper|so)\b|onwards?\b|plus\b|\+|tops\b|max(?:imum)?\b|"
    r"min(?:imum)?\b|-?ish\b|at (?:the )?(?:very )?(?:most|least|outside)\b|give or take\b)"
)
_AMOUNT: Final = re.compile(rf"\b{_SUM}(?:[ -]?[a-z%]{{1,12}})?? ?{_AFTER}", re.IGNORECASE)
"""An amount with the cue behind it."""
_TAIL: Final = re.compile(rf"(?:{_AFTER}|or so|or thereabouts|not an? \w+ more)", re.IGNORECASE)
_HAS_NUMBER: Final = re.compile(rf"\d|\b{_WORD}\b|\b(?:tenner|fiver)\b", re.IGNORECASE)
_TOPS: Final = re.compile(
    r"(?:tops|max(?:imum)?|at (?:the )?(?:very )?most|or (?:less|under|below))$", re.IGNORECASE
)
_FURTHER: Final = re.compile(
    r"(?:(?<= that)|(?<= this)|(?<= them)|(?<= one)|(?<= it)|(?<=first)|(?<=second)|(?<=third)|(?<= last))"
    r"(?: please)?,? and (?=\w)|"
    r",? and (?=(?:less|more|not (?:so|as|too)) [a-z]+$|[a-z]{3,}er$)",
    re.IGNORECASE,
)
"""'Younger than that and a girl' are two conditions, and so are 'under 150 and less energetic'."""
_TWO_BOUNDS: Final = re.compile(
    rf"(?!.*\bbetween\b)(.*{_NUMBER}.*[a-z])(?<!hundred)(?<!thousand),? and ((?!a (?:half|quarter))(?:[a-z ]+ )?"
    rf"{_NUMBER} ?(?!hundred|thousand|{_WORD}|half)[a-z].*)",
    re.IGNORECASE,
)
"""'Under 90cm wide and 180 high', but not 'a hundred and fifty quid'."""
_BOUND_LENGTH: Final = 120
"""Characters of what may be two bounds; a longer phrase is a page."""
_COMPARATIVE: Final = re.compile(r"(?:less|more|not (?:so|as|too)|[a-z]+er)\b", re.IGNORECASE)
_MOST_BOUNDS: Final = 8
_ONLY_NUMBER: Final = re.compile(_SUM, re.IGNORECASE)
_BOUND: Final = re.compile(
    r"(?P<cue>\b(?:(?:stretch|go|run) (?:up )?to|under|below|less than|fewer than|no more than|"
    r"not more than|up to|at most|max(?:imum)?(?: of)?|"
    r"over|above|more than|at least|min(?:imum)?(?: of)?|around|about|roughly|between|before|after|since) )?"
    rf"(?<![\w.]){_SUM}(?: ?(?:and|to|-) ?{_SUM})?"
    r"(?P<unit>[ -]?(?:quid|pounds?|dollars?|bucks|euros?|rupees|minutes?|mins?|hours?|hrs?|pages?|inch(?:es)?|gb|"
    r"gigs?|tb|kgs?|kilos?|grams?|litres?|cm|metres?|calories|kcal|bedrooms?|seats?)\b)?"
    rf"(?P<after> ?{_AFTER})?",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"(?:(?:ok|okay|right|well|no|actually|so|now|please|just|lets|hmm) )*"
    r"(?:forget|scrap|ditch|drop|never mind|nevermind|enough of|done with)(?: about)?"
    r"(?: (?:the|those|these|all|any|that))?"
)
_LEFT_OUT: Final = re.compile(r"\b(?:leave|leaving|keep|take)(?: (?:the|any|all|that))*$")
_CANNOT: Final = re.compile(
    r"\b(?:cant|cannot|not|nothing|never|dont|couldnt)(?: (?:do|go|be|live|manage))? without\b[^.,]*$"
)
"""What one can't do without is wanted."""
_CUE: Final = re.compile(
    r"\b(?:nothing|not|never|no|(?:at )?(?:(?<!how )(?<!what )about|around|roughly|approximately|nearly|almost)|"
    r"under|over|below|above|at (?:least|most)|no (?:more|less|later|earlier) than|(?:less|more|fewer) than|up to|"
    r"before|after|since|go|stretch)\s+$",
    re.IGNORECASE,
)
_UNABLE: Final = re.compile(
    r"\b(?:cannot|cant|couldnt|could not|wont|will not|wouldnt|dont(?: want to)?|rather not|not|never)"
    r"(?: really)? (?:go|stretch|spend|pay|be|cost|run|get)(?: to)?$"
)
_BESIDE: Final = re.compile(
    r"\b(?:(?:go|goes|going|pair|pairs|wear|worn)(?: well| nicely| best)? (?:with|over|under)|"
    r"to match|matches|matching)(?: (?:an?|the|some|my|his|her|their|our))* $"
)
_ADDS: Final = re.compile(
    r"\b(?:add|include|throw in|put in|chuck in)(?: (?:in|also|some|the|an?))* $|"
    r"\b(?:show|give)(?: me| us)? (?:also|too)(?: (?:some|the|an?))* $"
)
_TO_THAT: Final = re.compile(
    r"(?: ones?)?(?: (?:to (?:that|it|this|the list|them|those|these|the mix)|in|too|as well|please))*$"
)
"""'Add blue to that' widens a choice; of features it asks for one more."""
_AND_TO: Final = re.compile(r"(?:\s*,|\s+(?:and|or|nor))\s+(?:to |any )?")
_OR: Final = re.compile(r"[\s,]*\bor\b[\s,]*(?:(?:an?|some|maybe|perhaps|even|else)\s+)*", re.IGNORECASE)
_ADDED: Final = re.compile(
    r"\b(?:could|can|might|may) (?:also |as well )?be (?:an? )?$|\balso happy with $", re.IGNORECASE
)
"""'Could also be mexican' widens what is in force."""
_NOT: Final = re.compile(r"[\s,]+(?:is |are )?not\s+", re.IGNORECASE)
_OFFERED: Final = re.compile(
    r"(?:included|allowed|permitted|required|needed|provided|available|accepted)\b", re.IGNORECASE
)
"""'Breakfast not included' is one condition, 'cotton not leather' two."""
_NOT_NEEDED: Final = re.compile(
    r" (?:is |are |being )?(?:(?:isnt|arent|not|no longer)(?: really| so| that)? (?:needed|essential|required|"
    r"important|"
    r"necessary)|(?:doesnt|dont|does not|do not)(?: really)? matter)\b"
)
_NEEDLESS: Final = re.compile(
    r"\b(?:i|we|you|she|he|they) (?:(?:dont|do not|didnt)(?: really| actually)? need|neednt)"
    r"(?: (?:a|an|any|the|to have))*$"
)
"""Who doesn't need a touchscreen has nothing against one; a toy that doesn't need batteries has none."""
_INSTEAD: Final = re.compile(r"\s+(?:instead|rather)\b(?! of| than)", re.IGNORECASE)


def in_context(phrases: Sequence[Phrase], text: str) -> tuple[Phrase, ...]:
    """Return the phrases of `text` with what the words around them say."""
    said = plain(text)
    cued = tuple(_cued(part, text) for phrase in phrases for part in _parted(phrase))
    turned = tuple(_turned(phrase, text, said) for phrase in _without_corrected(_with_tails(cued)))
    return tuple(_instead(_reasoned(phrase, said), text) for phrase in _alternatives(turned, text))


def _turned(phrase: Phrase, text: str, said: str) -> Phrase:
    """Return a phrase as not wanted, or as over, where the words before it say so."""
    if phrase.kind in (PhraseKind.WANT, PhraseKind.AVOID) and _set_aside(phrase.text, said):
        return replace(phrase, kind=PhraseKind.DROP)
    if phrase.kind in (PhraseKind.WANT, PhraseKind.AVOID) and _is_needless(phrase, said):
        return replace(phrase, kind=PhraseKind.DROP)
    averse = phrase.kind in (PhraseKind.WANT, PhraseKind.DROP) and _dislikes(phrase.text, said)
    left_out = phrase.kind is PhraseKind.DROP and _leaves_out(phrase.text, said)
    if averse or left_out or (phrase.kind is PhraseKind.WANT and denied(phrase.text, text)):
        return replace(phrase, kind=PhraseKind.AVOID)
    return _joined(phrase, said) if phrase.kind is PhraseKind.WANT else phrase


def _joined(phrase: Phrase, said: str) -> Phrase:
    """Keep with a wish what it is added to or what it goes with: 'also blue', 'to go with a grey suit'."""
    before, after = beside(plain(phrase.text), said)
    if _BESIDE.search(before):
        return replace(phrase, text=f"to go with {phrase.text}")
    if _ADDS.search(before) and _TO_THAT.fullmatch(after):
        return replace(phrase, text=f"also {phrase.text}")
    return phrase


def _reasoned(phrase: Phrase, said: str) -> Phrase:
    """Keep a reason of health or principle with what is not wanted for it: 'wool' of 'no wool, he's allergic'."""
    if phrase.kind is not PhraseKind.AVOID:
        return phrase
    return replace(phrase, text=with_reason(phrase.text, said))


def unread_bounds(held: Sequence[str], text: str) -> tuple[Phrase, ...]:
    """Return the bounds of `text` that no part of its reading, `held`, has a word of: 'a lamp … tenner tops'."""
    folded = text.casefold()
    taken = [(at, at + len(part)) for part in held if part and (at := folded.find(part.casefold())) >= 0]
    found = (
        match[0].strip()
        for match in _BOUND.finditer(text)
        # 'About nine people' and 'at least one with a hood' bound nothing that has a unit and a cue.
        if (match["unit"] and (match["cue"] or match["after"])) or _TOPS.search(match[0])
        if not any(match.start() < end and start < match.end() for start, end in taken)
    )
    return tuple(Phrase(PhraseKind.LIMIT, bound) for bound in islice(found, _MOST_BOUNDS))


def plain(text: str) -> str:
    """Return folded words without the marks between them."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def _cued(phrase: Phrase, text: str) -> Phrase:
    """Take into a bound the words before it that turn it round or loosen it: 'nothing' of 'nothing made after 1965'."""
    if phrase.kind is not PhraseKind.LIMIT:
        return phrase
    phrase = _whole_amount(phrase, text)
    at = text.find(phrase.text)
    if at > 0 and _UNABLE.search(plain(text[:at])):
        return replace(phrase, text=f"not {phrase.text}")
    cue = _CUE.search(text[:at]) if at > 0 else None
    return replace(phrase, text=text[cue.start() : at] + phrase.text) if cue else phrase


def _parted(phrase: Phrase) -> tuple[Phrase, ...]:
    """Part two bounds that were marked as one: 'between two and three hundred, five stars'."""
    parts = phrase.text.split(", ")
    if phrase.kind is PhraseKind.LIMIT and (further := _FURTHER.search(phrase.text)):
        first, second = phrase.text[: further.start()], phrase.text[further.end() :]
        kind = (
            PhraseKind.LIMIT if _COMPARATIVE.match(second) or _HAS_NUMBER.search(second) else PhraseKind.WANT
        )
        return (replace(phrase, text=first), Phrase(kind, second))
    if phrase.kind is PhraseKind.LIMIT and (both := _TWO_BOUNDS.fullmatch(phrase.text[:_BOUND_LENGTH])):
        return (replace(phrase, text=both[1]), replace(phrase, text=both[2]))
    if (
        phrase.kind is not PhraseKind.LIMIT
        or len(parts) == 1
        or not all(_HAS_NUMBER.search(one) for one in parts)
    ):
        return (phrase,)
    return tuple(replace(phrase, text=part) for part in parts if part)


def _with_tails(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Join a bound with what was said after a pause: 'a hundred and fifty' and 'give or take'."""
    joined: list[Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        tail = phrase.kind is PhraseKind.LIMIT and _TAIL.fullmatch(phrase.text.strip())
        if last and tail and last.kind is PhraseKind.LIMIT:
            joined[-1] = replace(last, text=f"{last.text} {phrase.text}")
        else:
            joined.append(phrase)
    return tuple(joined)


def _without_corrected(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Leave out a number that another was said in the place of: 'under ninety, not nineteen'."""
    bounded = any(phrase.kind is PhraseKind.LIMIT for phrase in phrases)
    return tuple(
        phrase
        for phrase in phrases
        if not (bounded and phrase.kind is PhraseKind.AVOID and _ONLY_NUMBER.fullmatch(phrase.text.strip()))
    )


def _whole_amount(phrase: Phrase, text: str) -> Phrase:
    """Give a bound that was cut inside an amount the rest of it: 'four star or' → 'four star or better'."""
    at = text.find(phrase.text)
    if at < 0:
        return phrase
    start, end = at, at + len(phrase.text)
    for amount in _AMOUNT.finditer(text):
        if amount.start() < end and start < amount.end():
            start, end = min(start, amount.start()), max(end, amount.end())
    return replace(phrase, text=text[start:end])


def _alternatives(phrases: tuple[Phrase, ...], text: str) -> tuple[Phrase, ...]:
    """Join wishes that 'or' parts, so that either will do: 'a spa or a sauna'; 'or silver' widens what is in force."""
    joined: list[Phrase] = []
    end = 0
    for phrase in phrases:
        at = text.find(phrase.text, end)
        last = joined[-1] if joined else None
        if at >= 0 and phrase.kind is PhraseKind.WANT and _OR.fullmatch(text[end:at]):
            if last is not None and last.kind is PhraseKind.AVOID:
                joined.append(replace(phrase, kind=PhraseKind.AVOID))  # 'no lace or leather'
            elif last is not None and last.kind is PhraseKind.WANT and text[:end].endswith(last.text):
                start = end - len(last.text)
                joined[-1] = replace(last, text=text[start : at + len(phrase.text)])
            elif not joined:
                joined.append(replace(phrase, text=f"or {phrase.text}"))
            else:
                joined.append(phrase)
        elif (
            at >= 0
            and last
            and phrase.kind is PhraseKind.WANT
            and _goes_on_barring(last, text[:end], text[end:at])
        ):
            joined.append(replace(phrase, kind=PhraseKind.AVOID))
        elif at > 0 and phrase.kind is PhraseKind.WANT and _ADDED.search(text[:at]):
            joined.append(replace(phrase, text=f"or {phrase.text}"))
        elif at > 0 and last and last.kind is PhraseKind.WANT and _is_unoffered(text[end:at], phrase):
            joined[-1] = Phrase(PhraseKind.AVOID, f"{last.text} {fold(phrase.text).removeprefix('not ')}")
        else:
            joined.append(phrase)
        end = at + len(phrase.text) if at >= 0 else end
    return tuple(joined)


def _goes_on_barring(last: Phrase, before: str, between: str) -> bool:
    """Tell whether what follows is barred as the last was: 'allergic to nuts and dairy'."""
    barred = re.search(
        rf"\b(?:allergic|intolerant) (?:to|of) .*{re.escape(last.text)}$", before, re.IGNORECASE
    )
    return last.kind is PhraseKind.AVOID and bool(barred and _AND_TO.fullmatch(between))


def _is_unoffered(between: str, phrase: Phrase) -> bool:
    """Tell whether a phrase says that what stands before it is not offered: 'breakfast', 'NOT', 'included'."""
    turned = bool(_NOT.fullmatch(between)) or (
        phrase.kind is PhraseKind.AVOID and not between.strip(" ,") and fold(phrase.text).startswith("not ")
    )
    return turned and bool(_OFFERED.match(fold(phrase.text).removeprefix("not ")))


def _instead(phrase: Phrase, text: str) -> Phrase:
    """Keep 'instead' with the wish that it follows, which then takes the place of another: 'with fish instead'."""
    after = text[text.find(phrase.text) + len(phrase.text) :] if phrase.kind is PhraseKind.WANT else ""
    match = _INSTEAD.match(after)
    return replace(phrase, text=phrase.text + match[0]) if match else phrase


def _is_needless(phrase: Phrase, said: str) -> bool:
    """Tell whether the words beside a phrase say that it may be or not: 'no breakfast needed'."""
    before, after = beside(plain(phrase.text), said)
    unneeded = phrase.kind is PhraseKind.AVOID and after.startswith((" needed", " required", " necessary"))
    return unneeded or bool(_NEEDLESS.search(before.rstrip()) or _NOT_NEEDED.match(after))


def _set_aside(phrase: str, said: str) -> bool:
    """Tell whether a wish is one of before that is over: 'westerns' of 'forget westerns, any dramas?'."""
    before, _ = beside(plain(phrase), said)
    return bool(_OVER.fullmatch(before.rstrip()))


def _leaves_out(phrase: str, said: str) -> bool:
    """Tell whether what is taken back is to be left out: 'leave the speaker out of it'."""
    before, after = beside(plain(phrase), said)
    return bool(_LEFT_OUT.search(before.rstrip())) and after.startswith((" out", " off", " away"))


def denied(phrase: str, text: str) -> bool:
    """Tell whether a bare 'no' or 'without' stands before a phrase: 'no languages', but not 'no, languages'."""
    before, _ = beside(fold(phrase), fold(text))
    return bool(_DENIED.search(before)) and not _CANNOT.search(before.rstrip())


def _dislikes(phrase: str, said: str) -> bool:
    before = beside(plain(phrase), said)[0].rstrip()
    return bool(_AVERSE.search(before)) and not _CANNOT.search(before)


def beside(words: str, said: str) -> tuple[str, str]:
    """Return what stands before and after the first `words` of `said`; nothing where they are not in it."""
    before, found, after = said.partition(words) if words else ("", "", "")
    return (before, after) if found else ("", "")
