"""Cues that tell what a person does with a turn: remember, rate, compare, ask, chat, begin anew."""

from __future__ import annotations

import re
from typing import Final

from eval.readers.cues import pattern

_PLEASE = r"(?:(?:please|pls|ok|okay|oh|hey|and|also|you can|can you|could you|just|right|hmm|well)[ ,]+)*"
FORGET: Final = pattern(
    rf"{_PLEASE}(?:forget|delete|erase|wipe|clear|stop remembering|(?:don't|do not) remember)(?: about| that)? "
    r"(?P<note>(?:everything|all|anything|what)\b(?:.*\b(?:me|i)\b.*|$)|(?:i|i'm|i am|my|that i)\b.*)"
)
REMEMBER: Final = pattern(
    rf"{_PLEASE}(?:remember|keep in mind|bear in mind|note|make a note|for (?:the )?future|fyi|by the way|btw)"
    r"(?: for later| down)?,? (?:that )?(?P<note>.+)"
)
REMEMBER_THAT: Final = pattern(r"(?P<note>.+?),? (?:please )?remember(?: that| this| it)?\W*")
OF_ME: Final = pattern(
    r"(?P<note>(?:i'm|i am) (?:a |an )?(?:vegan|vegetarian|allergic|coeliac|diabetic|size|left.handed|"
    r"colou?r.?blind|pregnant)\b.*|"
    r"my (?:name|size|favou?rite|address|birthday|budget|shoe size|feet)\b.* (?:is|are)\b.*|call me \w+.*|"
    r"i (?:can't|cannot|never|always|don't|only) (?:eat|wear|drink|need|take|buy|watch|read|use|like)\b.*|"
    r"i (?:take|wear) (?:a )?size.*|i (?:live|work) in\b.*|i've got \w+ feet.*)"
)
TASTE: Final = pattern(r"(?P<note>i (?:really )?(?:hate|love|adore|detest|can't stand|don't like) .*)")
AFTERTHOUGHT: Final = pattern(r"[ ,]+(?:btw|by the way|fyi|just so you know|any ?more|please|pls|thanks)\W*$")
RATE: Final = pattern(r"\b(?:rate|rating|give|gave|deserves?|gets?|scores?|stars? for)\b")
EXPLAIN: Final = pattern(rf"{_PLEASE}(?:why|how come|what makes|explain|on what grounds|what's the reason)\b")
COMPARE: Final = pattern(
    r"\b(?:compare|comparison|vs|versus|differences?|differs?|different from)\b|\bwhich (?:one |of (?:them|"
    r"these|those) )?(?:is|has|looks|would be)\b"
)
QUALITY: Final = pattern(
    r"\b(?:on|which (?:one )?(?:is|has)(?: the)?(?: most)?|which of (?:them|these|those) (?:is|"
    r"has)(?: the)?) (?P<said>[\w’'-]+)"
)
SIMILAR: Final = pattern(
    r"(?:^|[.,;] |\b(?:more|something|anything|one|ones|another|much|exactly|items?|things?|else|\w{4,}s)\s+)"
    r"(?<!i )(?:similar|like) (?P<said>.*)|\b(?:similar|same sort|same kind)\b.{0,20}\b(?:to|as|"
    r"of)\b(?P<to>.*)|\b(?:more|others?) of\b"
)
NAMED: Final = re.compile(r"(?:[Tt]he )?[A-Z][\w’']*(?: (?:(?:of|the|and|in|a) )?[A-Z][\w’']*)*")
DISLIKE: Final = pattern(
    r"\b(?:hate|dislike|ugly|awful|boring|horrible|terrible|rubbish|hideous|skip|(?:don't|didn't|do not|did not) "
    r"(?:really )?(?:like|love|want|fancy)|can't stand|cannot stand|not (?:for me|keen|my)|not a fan|no good|"
    r"disappoint\w+|worst)\b"
)
LIKE: Final = pattern(
    r"\b(?:loved?|likes?|liked|perfect|gorgeous|great|lovely|beautiful|brilliant|nice|good|favou?rite|"
    r"i'll (?:take|have|buy|go)|"
    r"put me down|sold|wonderful|amazing|adore)\b"
)
QUESTION: Final = pattern(
    rf"{_PLEASE}(?:is|are|was|were|does|do|did|will|would|can|could|has|have|what|what's|who|who's|how|where|"
    rf"when|which|tell me|describe|more about)\b"
)
FOR_STOCK: Final = pattern(
    rf"{_PLEASE}(?:(?:do|have|can|could|would|will|are) (?:you|u|i|we|there)|what about|how about|is there|"
    rf"have you|where can|what (?:should|do|can|else))\b"
)
ASKED: Final = pattern(
    rf"{_PLEASE}(?:tell me (?:more )?about|what's|who's|what is|what are|who is|whats|what|who|which|describe|"
    rf"is|are|was|were|does|do|did|will|would|can|has)\b"
)
CHAT: Final = pattern(
    # Possessive, so that a page of 'great great great' takes no more than its length to refuse.
    r"(?>(?:hi|hello|hey|hiya|yo|thank(?:s| you| u)|cheers|ta|lol|haha\w*|ok|okay|cool|great|bye|goodbye|yes|no|"
    r"yeah|nope|that's|that was|all|for now|lovely|good|morning|evening|afternoon|night|there|then|very|much|so|"
    r"quick|helpful|sorry|wow|nice|sure|please)\b[ ,.!?]*)++"
)
SMALL_TALK: Final = pattern(
    r"\b(?:who (?:are|built|made|created) you|what are you|how are you|how's it going|how do you do|"
    r"tell me a joke|capital of|weather|"
    r"(?:ignore|disregard) (?:all|any|your|the|previous)|system prompt|instructions|you are now|you're|"
    r"no (?:rules|restrictions)|pretend|"
    r"tax return|meaning of life|do you (?:dream|sleep|love|think)|are you (?:a |an )?(?:human|robot|real|ai|bot))\b"
)
VAGUE: Final = pattern(
    rf"{_PLEASE}(?:(?:can|could) (?:you|u) )?(?:i )?(?:help(?: me)?(?: (?:find|choose|pick|get) (?:something|"
    rf"anything|one))?|"
    r"(?:(?:want|need|find|get|show|recommend|suggest)(?: me)? )?(?:something|anything|stuff)(?: (?:nice|good|"
    r"cool|new))?|"
    r"what (?:should|can|do) (?:i|you) (?:get|have|buy|sell|recommend|suggest)|(?:i'm |im |so )?bored|"
    r"(?:i )?(?:(?:do not|don't) know|not sure|no idea)\b.*|"
    r"surprise me|(?:i )?(?:want|need)? ?(?:an? )?(?:present|gift)(?: ideas?)?|i (?:want|need) to (?:buy|"
    r"spend)(?: \w+)? (?:something|money))[ ?.!]*(?:please)?"
)
NEW: Final = pattern(
    r"\b(?:needs?|want|looking for|show me|have you got|do you (?:also )?(?:have|sell)|after|find me|got any|"
    r"what about|how about|also|instead|now)\b"
)
OWN_STORY: Final = pattern(
    r"(?:turn|make|wake|set|dim|switch|teach|the \w+ (?:goes|keeps|is|are|won't|gets)|my|its|it's|new|there's|"
    r"i(?: \w+)?) (?!need|want|fancy|like|'d|am|look|was|said|mean)\w+.* \w+"
)
AFRESH: Final = pattern(rf"{_PLEASE}(?:(?:start|begin) (?:over|again)|new search|reset)\W*")
