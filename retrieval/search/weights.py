"""How much each leg counts, and the measurement behind it.

Weights multiply z-scores (`retrieval.search.fusion`); only their ratios matter, and legs a query does not have
drop out. `retrieval.search.validate` chose and checks them; MiniLM vectors, NDCG@10:

| queries | n | words | text | words .6 + text .4 |
|---|---|---|---|---|
| fashion, facet values ('pink sweatshirts') | 250 | .987 | .745 | .952 |
| fashion, synonyms ('ladies brown tunic') | 250 | .559 | .582 | .691 |
| fashion, words of a title | 250 | .446 | .418 | .453 |
| films, words of a plot | 243 | .986 | .229 | .978 |
| films, 'a drama with …' | 149 | .962 | .206 | .942 |
| films, described from memory | 57 | .544 | .416 | .568 |
| films, dialogue to the film then recommended | 300 | .050 | .056 | .067 |

The ascent alone would take words to 1 where requests repeat the catalogue's words and to .23–.55 where they don't;
.6 gives up at most .035 of the former and .010 of the latter. Legs about items and people:

| queries | n | without | with | at |
|---|---|---|---|---|
| fashion, 'the same, but in red': similar.text | 250 | .098 | .51 | .5–.8 |
| the same, colour enforced: similar.text | 250 | – | .54 | .8–1.5 |
| MovieLens, a genre, 8 ratings known: taste.people and .text 4 : 1 | 298 | .100 | .256 | .3 (.291 at .5) |
| MovieLens, nothing asked, 8 ratings known: taste.people 4 : 1 taste.text | 298 | .048 (text), .261 (EASE) | .264 | |
| the same: popularity beside the taste | 298 | .264 | .277 | .5 of the taste |
| fashion, synonyms, a taste drawn at random: taste.text | 250 | .691 | .684 | .07 |

Taste stays below its best: a genre is a broad request, and one that names its thing should not be bent to a habit.
A sound, or an item's sound, leads over the words beside it by hand's choice: 'something like this' says nothing that
could rank, and what words add, such as 'calm', is mostly enforced.

Legs of pictures, with the bundled image model (`eval bench composed` measures them with any); the rows marked * with an
early state of it. NDCG@10, or the share of the first four that are of the picture's kind:

| queries | n | without | with | at |
|---|---|---|---|---|
| 'the same, but in red' of a picture, colour enforced, fashion: image.caption | 294 | .464 | .489 | .05 |
| the same, the demo: image.caption | 291 | .932 | .946 | .05 |
| the same, the demo, of the picture's kind: image.caption | 160 | .926 | .967 | .1 (.953 at .05, .973 at .2) |
| the same of an item, colour enforced, fashion: similar.image * | 150 | .684 | .682, R@10 .733 → .755 | .15 |
| facet values, synonyms, words of a title, fashion: image.words * | 180 | .631 | .640 ± .008 | .1 (.626 at .2) |
| the same and words of a text, on the demo: image.words * | 240 | .837 | .834 ± .004 | .1 (.828 at .2 and at .4) |

image.picture has nothing to be weighed against where a picture is all that is asked; beside words it leads, by hand's
choice. Those of taste.image and of sounds are not validated: they stand under the text legs'.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "words": 0.6,
        "text": 0.4,
        "image.picture": 0.7,
        "image.caption": 0.1,
        "image.words": 0.1,
        "audio.sound": 1.2,
        "sound.words": 0.1,
        "similar.alone": 1.2,
        "similar.text": 0.7,
        "similar.image": 0.15,
        "similar.audio": 0.2,
        "taste.people": 0.3,
        "taste.text": 0.07,
        "taste.image": 0.05,
        "taste.audio": 0.05,
        "popularity": 0.2,
    }
)
"""Leg to weight."""
