"""Everyday English for shops, films, music and homes: words of one meaning, and families of narrower words.

Both are applied to the words a catalogue really has: a synonym counts only when the catalogue has no such word itself,
a family only when there is neither. Keys are joined stems (`folding.stem_key`), so number and hyphens don't matter.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from agent.linking.dates import MONTHS
from agent.linking.folding import stem_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME: Final = """
# furniture and home
sofa|couch|settee
lamp|light|lighting|lights
rug|carpet|mat
curtain|drape|blind
cushion|throw pillow|pillow
duvet|comforter|quilt
cupboard|cabinet
wardrobe|closet
bin|trash can|rubbish bin
tap|faucet
vacuum|hoover|vacuum cleaner
hob|stove|cooker
fridge|refrigerator
tumbler|glass
mug|cup
frying pan|skillet|frypan
saucepan|pot
kettle|teakettle
torch|flashlight
garden|yard|outdoor
lounge|living room|sitting room
bathroom|washroom
scene|routine|automation
bedside table|nightstand
chest of drawers|dresser
bookcase|bookshelf|bookshelves
crockery|tableware|dinnerware
# clothes
trainers|sneakers|running shoes|sports shoes|athletic shoes|gym shoes|tennis shoes|runners
trousers|pants|slacks
jumper|sweater|pullover|jersey
hoodie|hooded sweatshirt|hoody|sweatshirt
cardigan|cardie
t shirt|tee|tshirt|tee shirt
vest|tank top|singlet|tank
waistcoat|gilet
dressing gown|robe|bathrobe
pyjamas|nightwear|sleepwear|loungewear
underwear|innerwear|undergarment|lingerie|undies
pants|trousers|slacks
swimsuit|bathing suit|swimming costume|swimwear|bikini
handbag|purse|hand bag
wallet|purse|billfold
rucksack|backpack|knapsack|daypack
braces|suspenders
wellies|wellington boots|wellington|welly|rain boots|gumboots
cap|baseball cap|hat
beanie|woolly hat|bobble hat
scarf|muffler
gloves|mittens
tie|necktie
sunglasses|shades|sunnies|goggles|cooling glasses
glasses|spectacles|eyeglasses|eyewear
jewellery|jewels
earring|ear ring
anorak|raincoat|rain jacket|mac|waterproof jacket|cagoule
coat|jacket
tracksuit|sweatsuit|track suit
tights|pantyhose
flip flops|thongs|flipflops
slippers|house shoes
heels|high heels|stilettos|pumps
dungarees|overalls
perfume|fragrance|scent|cologne
make up|makeup|cosmetics
nappy|diaper
clothes|clothing|apparel|garments|attire
shoes|footwear
watch|wristwatch|timepiece
bag|luggage
frock|dress|gown
sari|saree
denim|jeans
shorts|short pants
blouse|top
polo|polo shirt
trunks|swim shorts
# people
men|man|male|gents|gent|guy|gentleman|bloke|fella|chap|dude|lads|mens|him|boyfriend|bf|husband|hubby|dad|daddy|father|papa|abba|appa|grandad|grandpa|granddad|brother|bro|uncle|menswear
women|woman|female|ladies|lady|womens|her|girlfriend|gf|wife|missus|mum|mom|mother|mummy|amma|ammi|maa|mam|grandma|gran|granny|nan|nana|sister|sis|aunt|auntie|womenswear
kids|children|child|kid|childrens|youngsters|little girl|little boy|little one|little ones|toddler|toddlers
boys|boy|lad|little boy|young lad|son|grandson|nephew
girls|girl|lass|little girl|daughter|granddaughter|niece
baby|infant|newborn|toddler
teen|teens|teenager|adolescent|young adult
adult|adults|grown up|grown ups
cat|kitten|moggy|kitty
dog|puppy|pup|hound|doggy
unisex|any gender|gender neutral|everyone
female|girl|lass|she
male|boy|lad|he
# materials and properties
waterproof|rainproof|watertight|wont leak|water proof|leakproof|keeps water out
water resistant|showerproof|water repellent|splashproof
wool|woolly|lambswool
synthetic|man made|manmade|polyester
steel|stainless steel
wood|timber
plastic|acrylic
faux leather|vegan leather|fake leather|pleather|pu leather
vegan|plant based|animal free|cruelty free
eco friendly|sustainable|environmentally friendly|eco|recycled
wireless|cordless|bluetooth
rechargeable|usb charged
light|lightweight|light weight
warm|cosy|toasty|snug
breathable|airy
handmade|hand made|handcrafted
foldable|folding|packable|collapsible
washable|machine washable
comfortable|comfy
elegant|classy|refined
noise cancelling|noise canceling|anc
padded|cushioned|quilted
dishwasher safe|dishwasher proof
insulated|thermal
organic|bio
gluten free|no gluten|coeliac
vegetarian|veggie|veg|meat free|meatless
dessert|pudding|afters|sweet course
starter|appetizer|appetiser
main|main course|mains|entree
freezes well|freezable|freezer friendly|freezer|freeze
pet safe|cat safe|dog safe|kitty safe|pet friendly|non toxic|safe for cats|safe for dogs|safe for pets
pets allowed|pet friendly|dog friendly|cat friendly|dogs welcome|pets welcome|takes dogs|dogs|dog|cats|cat|pets
touchscreen|touch screen|touch
chromeos|chrome os|chromebook
macos|mac|macbook
mpv|people carrier|minivan
suv|4x4|crossover|off roader
saloon|sedan
estate|station wagon|wagon
manual|stick shift|stick
wifi|wi fi|internet|wireless internet
swimming pool|pool
air conditioning|aircon|air con|ac
car park|parking|somewhere to park
spicy|hot|fiery
mild|not spicy
# occasions, seasons, style
autumn|fall
summer|summertime|hot weather
winter|wintertime|cold weather
spring|springtime
formal|smart|dressy|black tie
casual|everyday|informal|relaxed
work|office|business|professional
sport|sports|sporty|athletic|gym|workout|exercise
party|celebration|night out
gift|present
wedding|bridal|marriage
holiday|vacation|travel|trip
hiking|walking|trekking|rambling
running|jogging
beach|seaside
christmas|xmas|festive
birthday|bday
ethnic|traditional
outdoor|outdoors|open air|outside
indoor|indoors|inside
vintage|retro
minimalist|minimal|scandi|scandinavian
modern|contemporary
home|house|domestic
# access, phones, reading
wheelchair access|wheelchair accessible|step free|no steps|no stairs|accessible|wheelchair|disabled access|level access
railway|train|trains|trainset
stylus|pen
used|second hand|pre owned|secondhand|preloved|pre loved
ebook|kindle|e reader|e book
foldable|flip|folding
ios|iphone|apple
concert|gig|live music
talk|lecture
fair|market
# work
temporary|temp|seasonal
permanent|perm
remote|fully remote|from home|work from home|home working|homeworking
live in|accommodation|live in accommodation
explicit|swearing|swear words|bad language|rude|rude words|adult content
# patterns
striped|stripy|stripey|stripes|stripe
spotted|spotty|spots|polka dot|polka dots|dotted|dotty
checked|check|checks|chequered|checkered|plaid|gingham
floral|flowery|flowers|flowered
plain|solid|unpatterned
# colours
grey|gray
purple|violet
navy|navy blue|dark blue
off white|ivory|cream|ecru
multi|multicolour|multicoloured|colourful|rainbow
silver|silvery
gold|golden
burgundy|maroon|wine red|bordeaux|oxblood
turquoise|aqua
beige|sand|nude|oatmeal
transparent|clear|see through
# films, music, books, news
film|movie|motion picture|flick|pic
sci fi|science fiction|scifi|sf
romance|romantic|love story|rom|love stuff
comedy|comedies|funny|humour|hilarious|humorous
horror|scary|frightening|terrifying
thriller|suspense|suspenseful
animation|animated|cartoon|anime
documentary|docs|docu|factual
crime|detective|gangster|police
mystery|whodunnit|whodunit
musical|song and dance
biography|biopic|biographical
historical|history|period
kids and family|family|family friendly|children|kids
war|military|wartime
western|cowboy|westerns
fantasy|magical|fairytale
action|action packed
drama|dramatic
sport|sports
noir|film noir
track|song|tune
music|songs|tracks|tunes
album|record|lp
electronic|electronica|edm|synth
hip hop|rap|hiphop
classical|orchestral
folk|acoustic
rnb|r and b|rhythm and blues
jazz|jazzy
metal|heavy metal
article|news story|news
novel|fiction
non fiction|nonfiction
cookbook|recipe book|cookery
book|paperback
upbeat|cheerful|happy|feel good|uplifting
sad|melancholy|melancholic|gloomy
calm|relaxing|chilled|mellow|chill|soothing|peaceful
energetic|lively|high energy|dance
club|group|society|meetup|class
tech|technology|gadgets|electronics|electronic
sci|science|scientific
politics|political
health|wellbeing|wellness
headphones|earphones|earbuds|headset
phone|mobile|smartphone|cell phone|cellphone
laptop|notebook computer
telly|tv|television
speaker|loudspeaker
coffee machine|espresso machine|coffee maker
netflix|netflix uk
disney|disney plus|disney+
amazon prime video|prime video|amazon prime|prime
hbo max|hbo|max
apple tv|apple tv plus|apple tv+
paramount|paramount plus|paramount+
# countries and what comes from them
france|french
spain|spanish
italy|italian
germany|german
portugal|portuguese
greece|greek
turkey|turkish
netherlands|holland|dutch
belgium|belgian
switzerland|swiss
austria|austrian
hungary|hungarian
czech republic|czechia|czech
romania|romanian
bulgaria|bulgarian
croatia|croatian
slovenia|slovenian
ukraine|ukrainian
russia|russian
sweden|swedish
norway|norwegian
denmark|danish
finland|finnish
iceland|icelandic
ireland|irish
scotland|scottish
wales|welsh
england|english
united kingdom|uk|britain|great britain|british
united states|usa|america|american
canada|canadian
mexico|mexican
brazil|brazilian
argentina|argentinian|argentine
chile|chilean
peru|peruvian
colombia|colombian
cuba|cuban
jamaica|jamaican
india|indian
pakistan|pakistani
bangladesh|bangladeshi
nepal|nepalese
sri lanka|sri lankan
china|chinese
japan|japanese
korea|south korea|korean
thailand|thai
vietnam|vietnamese
indonesia|indonesian
malaysia|malaysian
philippines|filipino
singapore|singaporean
australia|australian
south africa|south african
egypt|egyptian
morocco|moroccan
nigeria|nigerian
ethiopia|ethiopian
kenya|kenyan
israel|israeli
lebanon|lebanese
iran|persian|iranian
europe|european
africa|african
asia|asian
# days and sizes
unpasteurised|raw milk|raw
seaside|by the sea|beach|coast|coastal|seafront|sea
lakeside|by a lake|lake
motorhome|campervan|camper van
wood burner|log burner|wood burning stove|log fire
ev charger|ev charging|charge the car|car charger|charge my car|car charging
deliver|delivery|delivered|delivers
cafe|caff|tea room|tearoom|coffee shop
beginner|novice|easy|simple
everyone|everybody|anyone|unisex
vegetable|veg
mains|plug in|mains electric
pram|buggy|pushchair|stroller
vetted|checked|police checked
circular|round|loop
monday|mon|mondays
tuesday|tue|tues
wednesday|wed|weds
thursday|thu|thur|thurs
friday|fri
saturday|sat
sunday|sun
s|small
m|medium
l|large|big
xl|extra large
xs|extra small
xxl|double extra large|2xl
morning|mornings|am|breakfast time
evening|evenings|night
afternoon|afternoons
"""

# head|narrower|narrower …; a head that is missing stands for the narrower words, and a narrower one for its head.
_FAMILIES: Final = """
blue|navy|navy blue|light blue|dark blue|sky blue|royal blue|turquoise|turquoise blue|indigo|cobalt|azure|denim|
    teal
red|burgundy|maroon|crimson|scarlet|cherry|ruby|wine|brick|oxblood|rust|terracotta
green|olive|khaki|moss|sage|emerald|mint|forest|lime|fluorescent green|sea green|bottle green|teal|jade
brown|tan|camel|chocolate|coffee|coffee brown|chestnut|mushroom brown|cognac|walnut|taupe|bronze|copper|mocha
pink|magenta|rose|fuchsia|coral|blush|salmon|peach|hot pink
yellow|mustard|lemon|ochre|gold|amber|saffron
purple|violet|lavender|lilac|plum|mauve|aubergine|magenta
grey|charcoal|slate|steel|silver|grey melange|graphite|ash
white|cream|ivory|off white|ecru|snow|pearl
orange|rust|peach|terracotta|tangerine|apricot|coral
beige|cream|tan|camel|sand|stone|oatmeal|nude|ecru
black|ebony|jet|onyx|charcoal
shoe|boots|trainers|sneakers|sandals|loafers|heels|flats|flip flops|brogues|casual shoes|formal shoes|
    sports shoes|slippers|clogs|wellies|chelsea boots|walking boots|moccasins|espadrilles|pumps|oxfords
boot|ankle boots|chelsea boots|walking boots|wellies|hiking boots
bag|handbag|backpack|tote|rucksack|satchel|clutch|messenger bag|duffel bag|laptop bag|holdall|suitcase|crossbody|
    wallet
jewellery|necklace|ring|earrings|bracelet|pendant|brooch|cufflinks|bangle|anklet
hat|cap|beanie|fedora|bucket hat
top|t shirt|shirt|blouse|jumper|sweater|tunic|sweatshirt|hoodie|cardigan|kurta|vest|camisole|tee
bottoms|trousers|jeans|shorts|skirt|leggings|track pants|chinos|capris
outerwear|jacket|coat|parka|anorak|raincoat|gilet
trousers|jeans|chinos|track pants|leggings
shirt|polo|blouse|t shirt
coat|parka|trench coat|overcoat|raincoat
jacket|blazer|rain jacket|bomber|parka|anorak|denim jacket
knitwear|jumper|sweater|cardigan|pullover
furniture|sofa|chair|table|desk|bed|wardrobe|shelf|bookcase|armchair|stool|cabinet|bench
seat|chair|stool|armchair|bench
light|lamp|lantern|chandelier|spotlight|bulb|candle
cookware|pan|saucepan|frying pan|wok|casserole|pot
cutlery|knife|fork|spoon
computer|laptop|desktop|tablet
bedding|duvet|pillow|sheet|blanket|throw
kids|boys|girls|boy|girl|kids boys|kids girls
weekend|saturday|sunday|sat|sun
weekday|monday|tuesday|wednesday|thursday|friday|mon|tue|wed|thu|fri
accessory|belt|scarf|hat|gloves|tie|sunglasses|watch|wallet|umbrella
metal|steel|iron|aluminium|brass|copper|silver|gold
precious metal|gold|silver|platinum
wool|merino|cashmere|lambswool|alpaca
leather|suede|nubuck|nappa
wood|oak|pine|walnut|beech|ash|bamboo|birch
fabric|cotton|linen|wool|silk|polyester|canvas
ceramic|porcelain|stoneware|earthenware
stone|marble|granite|slate
screen|tv|monitor
night|evening
music|song|album|record|soundtrack|tune
"""


_GUESSED: Final = 5
"""Letters of a word whose spelling is guessed at."""

_OPPOSITES: Final = """
poisonous|toxic|dangerous:pet safe
meat:vegetarian
noisy|loud:quiet
outdoor|outside:indoor
indoor|inside:outdoor/outdoors/outdoor seating
stairs|stair|step|steps:step free/wheelchair access/lift/ground floor
clean|child friendly:explicit
heavy:lightweight
wired:wireless
breakable:unbreakable
"""
"""Words that, where they are not wanted and the catalogue has none of them, ask for the others."""


def _groups(table: str) -> Iterator[str]:
    """Yield the groups of a table: one a line, a line that ends in '|' going on in the next, '#' a comment."""
    for line in re.sub(r"\|\n\s*", "|", table).splitlines():
        if line and not line.startswith("#"):
            yield line


def _same() -> Iterator[str]:
    """Yield the groups of words of one meaning, with the months and their short forms."""
    yield from _groups(_SAME)
    for name in MONTHS:
        if name != "may":
            yield f"{name}|{name[:3]}" + ("|sept" if name == "september" else "")


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    months = (
        f"{name}|{name[:3]}{'|sept' if name == 'september' else ''}" for name in MONTHS if name != "may"
    )
    for group in (*_groups(_SAME), *months):
        keys = [stem_key(word) for word in group.split("|")]
        for key in keys:
            table.setdefault(key, {}).update(dict.fromkeys(other for other in keys if other != key))
    return {key: tuple(others) for key, others in table.items()}


@lru_cache(maxsize=1)
def _families() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    down: dict[str, tuple[str, ...]] = {}
    up: dict[str, dict[str, None]] = {}
    for family in _groups(_FAMILIES):
        head, *narrower = (stem_key(word) for word in family.split("|"))
        down[head] = tuple(dict.fromkeys(narrower))
        for key in narrower:
            up.setdefault(key, {})[head] = None
    return down, {key: tuple(heads) for key, heads in up.items()}


def synonyms(key: str) -> tuple[str, ...]:
    """Return the keys that mean the same as a stem key."""
    return _synonyms().get(key, ())


@lru_cache(maxsize=1)
def single_words() -> tuple[str, ...]:
    """Return the words that are synonyms by themselves, for a guess at their spelling."""
    words = (word for group in _same() for word in group.split("|"))
    return tuple(dict.fromkeys(word for word in words if word.isalpha() and len(word) >= _GUESSED))


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[str, ...]]:
    pairs = (line.split(":") for line in _OPPOSITES.strip().splitlines())
    return {stem_key(word): tuple(others.split("/")) for words, others in pairs for word in words.split("|")}


def opposites(key: str) -> tuple[str, ...]:
    """Return what is asked for by not wanting something, the fittest first: of 'poisonous', 'pet safe'."""
    return _opposites().get(key, ())


def narrower(key: str) -> tuple[str, ...]:
    """Return the keys of the kinds of a thing: of 'blue', navy and teal."""
    return _families()[0].get(key, ())


def broader(key: str) -> tuple[str, ...]:
    """Return the keys of what a thing is a kind of: of 'crimson', red."""
    return _families()[1].get(key, ())
