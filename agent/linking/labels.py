"""Words of columns' labels, folded, and what they say a column holds: prices, distances, people, kinds of things."""

from __future__ import annotations

from typing import Final

LINKS: Final = frozenset("to from in on at by with for and or per max min".split())
SUFFIXES: Final = frozenset(
    "yrs years hrs hours pw pa pp pcm pm pn mins min minutes mm cm inch kg km miles gb mah gbp usd eur per week".split()
)
"""Units and rates in labels that nobody says: 'experience' of 'experience yrs'."""
NOISE: Final = frozenset("num number no of the a an per avg average mean total base main primary".split())

PRICE: Final = frozenset(
    {"price", "cost", "rrp", "msrp", "fee", "fare", "prices", "rent", "salary", "wage", "wages"}
)
NOT_PRICE: Final = frozenset(
    "shipping delivery original old previous list discount tier deposit bond callout".split()
)
RATING: Final = frozenset({"rating", "ratings", "stars", "star", "score", "grade"})
RATING_PAIR: Final = frozenset({"vote", "average"})
COUNT: Final = frozenset({"count", "counts", "number", "num", "votes", "content", "age", "energy", "total"})
POPULAR: Final = frozenset(
    {"popularity", "votes", "reviews", "sales", "plays", "listeners", "views", "downloads", "members"}
)
DURATION: Final = frozenset({"runtime", "duration", "minutes", "mins", "running", "playtime"})
SPANS: Final = frozenset({"hours", "days", "nights", "weeks", "months"})
"""Labels of columns that count in themselves how long a thing takes."""
AWAY: Final = frozenset({"distance", "walk", "walking", "drive", "commute", "to", "away", "from"})
DOING: Final = frozenset(
    "beat play read cook make prepare finish complete watch bake assemble build learn do".split()
)
"""Minutes to play are a duration, minutes to the station a distance."""
AGE_RANGE: Final = frozenset({"min", "minimum", "max", "maximum", "from", "to", "up", "group"})
EARNED: Final = frozenset({"salary", "wage", "wages", "pay", "income", "earnings"})
SMALL_FIRST: Final = (
    PRICE
    | DURATION
    | SPANS
    | frozenset(
        "mileage miles odometer calories kcal sugar fat salt distance age time weight abv alcohol emissions".split()
    )
)
"""Labels of numbers whose small end people ask for when they name the column alone: 'sort by mileage'."""
YEAR: Final = frozenset(
    "year released release published publication vintage made founded started since opened built established "
    "launched began born".split()
)
AUDIENCE: Final = frozenset({"audience", "gender", "sex"})
EVERYONE: Final = frozenset({"everyone", "anyone", "all", "any"})
TEMPO: Final = frozenset({"tempo", "bpm"})
WEIGHT: Final = frozenset({"weight"})
KIND: Final = frozenset(
    "kind kinds type types category categories categori shelf genre genres section department class product group "
    "collection aisle format subject topic cuisine course dish species breed body bodystyle grape "
    "discipline sector industry family".split()
)
NO_KIND: Final = frozenset({"age", "blood", "size", "price", "weight"})
"""Words beside 'group' or 'class' in labels that say nothing of what a thing is."""
COLOUR: Final = frozenset({"colour", "colours", "shade", "hue", "colourway"})
MATERIAL: Final = frozenset({"material", "materials", "fabric", "composition"})
PEOPLE: Final = frozenset(
    "director directors writer writers star stars cast actor actors actress author authors artist artists "
    "composer singer musician narrator crew producer speaker teacher tutor instructor lecturer coach chef "
    "studio developer host maker makers brand brands manufacturer publisher designer employer company "
    "organiser organizer supplier "
    "vendor seller landlord".split()
)
WEEKDAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split()
)
TRUE: Final = frozenset({"yes", "true", "y", "1", "1.0", "t"})
FALSE: Final = frozenset({"no", "false", "n", "0", "0.0", "f"})

BARRED: Final = frozenset("closed shut except excluded excluding not without unsuitable".split())
