"""How a fact of each class is worded: beside a title (BESIDE), as a verb phrase (VERBS), as a miss (MISSES)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# '{}' is the fact, '{l}' its label. A fact never begins a sentence: its value may be in lower case.
BESIDE: Mapping[str, Sequence[str]] = {
    "price": ("{}", "at {}", "for {}", "priced at {}", "yours for {}", "{} to buy"),
    "rating": ("rated {}", "rated {}", "scored {}", "with a rating of {}", "rated {} by others", "{} on average"),
    "number": ("{}", "listed at {}", "{l} {}", "with {l} {}", "{l} given as {}", "whose {l} is {}"),
    "date": ("from {}", "dated {}", "of {}", "from {}"),
    "colour": ("in {}", "in {}", "{}", "{} in colour", "shown in {}", "done in {}"),
    "material": ("in {}", "made of {}", "{}", "of {}", "made from {}"),
    "maker": ("by {}", "from {}", "by {}", "the work of {}", "one of those by {}"),
    "cast": ("with {}", "featuring {}", "with {} in it", "starring {}"),
    "venue": ("at {}", "held at {}", "meeting at {}", "to be found at {}"),
    "area": ("in {}", "in {}", "set in {}", "belonging to {}"),
    "day": ("on {}", "every {}", "meeting on {}", "held on {}"),
    "season": ("for {}", "meant for {}", "suited to {}", "one for {}"),
    "kind": ("{}", "filed under {}", "listed under {}", "on the {} shelf", "under {}"),
    "list": ("with {}", "noted for {}", "tagged {}", "listed with {}", "marked {}", "{}"),
    "purpose": ("for {}", "meant for {}", "suited to {}", "listed for {}", "right for {}"),
    "size": ("size {}", "in size {}", "in a size {}"),
    "style": ("{}", "{} in style", "{} in character", "rather {}", "on the {} side"),
    "bare": ("{l} marked {}", "{l} given as {}", "with {l} put as {}", "{l} {}"),
    "other": ("{}", "listed as {}", "marked {}", "{l} {}", "with {l} given as {}", "whose {l} is {}", "down as {}"),
}  # fmt: skip

VERBS: Mapping[str, Sequence[str]] = {
    "price": (
        "costs {}", "costs {}", "comes in at {}", "is {}", "sells for {}", "goes for {}", "is priced at {}",
        "is yours for {}", "comes to {}", "can be had for {}",
    ),
    "rating": (
        "is rated {}", "is rated {}", "scores {}", "has earned {}", "has a rating of {}", "is rated {} by others",
        "averages {}",
    ),
    "number": (
        "is listed at {}", "comes to {}", "has {l} {}", "gives {l} as {}", "puts {l} at {}",
        "lists {l} as {}", "shows {l} {}",
    ),
    "date": ("dates from {}", "is from {}", "is dated {}", "has the date {}"),
    "colour": ("comes in {}", "comes in {}", "is {}", "is shown in {}", "is done in {}", "is the {} one"),
    "material": ("is made of {}", "is made from {}", "comes in {}", "is {} throughout", "uses {}"),
    "maker": ("is by {}", "comes from {}", "is the work of {}", "has {} behind it", "is from {}"),
    "cast": ("has {}", "features {}", "stars {}", "has {} in it"),
    "venue": ("meets at {}", "takes place at {}", "is at {}", "is held at {}", "gathers at {}"),
    "area": ("is in {}", "belongs to {}", "is set in {}", "has its place in {}"),
    "day": ("is on {}", "meets on {}", "falls on {}", "is held on {}"),
    "season": ("suits {}", "is meant for {}", "is made for {}", "is one for {}", "works for {}"),
    "kind": ("is filed under {}", "belongs with {}", "sits under {}", "is on the {} shelf", "comes under {}"),
    "list": ("is noted for {}", "is tagged {}", "comes with {}", "lists {}", "is marked {}", "has {} on its list"),
    "purpose": ("is meant for {}", "suits {}", "is made for {}", "is right for {}", "is listed for {}",
     "works for {}"),
    "size": ("comes in size {}", "is a size {}", "is listed as size {}"),
    "style": ("is {}", "leans {}", "is {} in character", "is on the {} side", "is rather {}"),
    "bare": ("has {l} marked {}", "gives {l} as {}", "lists {l} as {}", "puts {l} as {}"),
    "other": ("is listed as {}", "is {}", "is marked {}", "has {l} {}", "gives {l} as {}", "lists {l} as {}"),
}  # fmt: skip

FRONTS: Mapping[str, Sequence[str]] = {
    "price": ("At {}", "For {}", "Priced at {}"),
    "rating": ("Rated {}", "With a rating of {}", "Scored {}"),
    "colour": ("In {}", "Done in {}", "Shown in {}"),
    "material": ("Made of {}", "In {}", "Made from {}"),
    "maker": ("By {}", "From {}"),
    "cast": ("With {}", "Featuring {}"),
    "venue": ("At {}", "Held at {}"),
    "area": ("In {}", "Set in {}"),
    "day": ("On {}", "Every {}"),
    "season": ("For {}", "Meant for {}"),
    "date": ("From {}", "Dated {}"),
    "list": ("With {}", "Noted for {}", "Listed with {}"),
    "purpose": ("For {}", "Meant for {}"),
    "size": ("In size {}",),
    "kind": ("Filed under {}", "From {}", "Under {}"),
}
"""Before the title, with a comma between."""

MISSES: Mapping[str, Sequence[str]] = {
    "price": ("it costs {}", "it is {}", "the price is {}", "it comes to {}"),
    "rating": ("it is rated {}", "its rating is {}", "it scores {}", "the rating stops at {}"),
    "number": ("it is {}", "its {l} is {}", "the {l} is {}", "it is listed at {}", "it has {l} {}"),
    "date": ("it is from {}", "it dates from {}", "the date is {}", "it is dated {}"),
    "colour": (
        "it is {}", "it comes in {}", "in {}", "the colour is {}", "{} rather than the colour you named",
        "in {}, not the colour you asked for",
    ),
    "material": (
        "it is {}", "it is made of {}", "in {}", "the material is {}", "in {}, not the material you named",
    ),
    "maker": ("it is by {}", "by {}", "from {}, not the name you gave", "the maker is {}", "the name on it is {}"),
    "cast": ("with {} instead", "it has {} instead", "it features {}"),
    "venue": ("it is at {}", "at {} instead", "the place is {}", "it meets at {}"),
    "area": ("it is in {}", "in {} instead", "it belongs to {}"),
    "day": ("it is on {}", "on {} instead", "the day is {}", "it falls on {}"),
    "season": ("it is meant for {}", "for {} instead", "it suits {} more"),
    "kind": ("it is filed under {}", "it counts as {}", "under {} instead", "it belongs with {}"),
    "list": ("it is listed with {}", "its page has only {}", "it is noted for {} instead"),
    "purpose": ("it is meant for {}", "for {} instead", "it is listed for {}"),
    "size": ("it is size {}", "in size {} instead", "the size is {}"),
    "style": ("it is {}", "{} instead", "it leans {}", "the style is {}"),
    "bare": ("the catalogue has {l} as {}", "it has {l} marked {}", "its {l} is {}", "it gives {l} as {}"),
    "quote": ("the catalogue says {}",),
    "other": ("it is {}", "it is listed as {}", "its {l} is {}", "the {l} is {}", "it has {l} {}"),
}  # fmt: skip

# A number that misses, by how much: '4.50 over' is {over}, '0.3 short' {short}, any other gap {gap}.
GAPS: Mapping[str, Sequence[str]] = {
    "over": (
        "{over} your limit", "{over} what you set", "{over} the mark you gave", "[that is|it is] {over} your limit",
        "it goes {over}", "it is {over}", "{over} what you asked",
    ),
    "over price": (
        "{over} your budget", "[that is|it is] {over} budget", "{over} your limit", "{over} what you meant to spend",
        "it runs {over} your budget", "it goes {over} your price", "{over} your top price",
    ),
    "short": (
        "{short} of what you asked", "[that is|it is] {short} of your mark", "it falls {short}",
         "{short} of the mark",
        "it comes up {short}", "{short} of the figure you gave", "it stops {short}",
    ),
    "gap": (
        "[that is|it is] {gap}", "{gap} by your measure", "{gap} against what you asked", "it comes out {gap}",
    ),
}  # fmt: skip

GAPS_WITH_VALUE: Mapping[str, Sequence[str]] = {
    "over": (
        "at {value} it is {over} your limit", "{value} is {over} what you set",
         "it comes to {value}, {over} your limit",
        "it is {value}, so {over}", "{value} puts it {over}",
    ),
    "over price": (
        "at {value} it is {over} your budget", "it costs {value}, {over} your limit", "{value} is {over} your budget",
        "the price is {value}, {over} what you set", "{value} puts it {over} budget",
        "for {value} it runs {over} your limit",
    ),
    "short": (
        "at {value} it is {short} of what you asked", "it has {value}, {short} of your mark", "{value} is {short}",
        "it reaches {value}, {short} of the mark", "{value} leaves it {short}",
    ),
    "gap": ("it is {value} ({gap})", "at {value} it is {gap}", "it has {value}, {gap}", "{value} is {gap}"),
}  # fmt: skip

QUOTES = (
    "the catalogue says {quote}", "its page says {quote}", "the entry reads {quote}", "described as {quote}",
    "in the catalogue's words, {quote}", "the listing puts it as {quote}", "its description has {quote}",
    "to quote its page, {quote}", "the words that fit are {quote}", "the description mentions {quote}",
)  # fmt: skip
"""The catalogue's own words."""

MET_BESIDE: Mapping[str, Sequence[str]] = {
    "price": (
        "in your range at {}",
        "within your price at {}",
        "inside your budget at {}",
    ),
    "rating": ("past your mark with {}", "rated {}, enough for what you asked", "{}, which clears your mark"),
    "number": ("in your range at {}", "right at {}", "{}, as you wanted"),
    "date": ("from {}, as you wanted", "dated {}, as asked"),
    "colour": ("the {} you wanted", "in {} as you asked", "in the {} you named", "{} as asked"),
    "material": ("in the {} you asked for", "{} as asked", "made of {}, as you wanted"),
    "maker": ("by {}, as asked", "by {}, the name you gave"),
    "list": ("{} as asked", "marked {}, as you wanted", "with {}, just as you asked"),
    "kind": ("{} as asked", "{}, the kind you asked for"),
    "purpose": ("for {} as you asked", "meant for {}, as you said"),
}
"""Beside a title, for what was asked for."""

MET_VERBS: Mapping[str, Sequence[str]] = {
    "price": (
        "stays in your range at {}", "suits your budget at {}", "keeps to your price at {}",
         "is within your limit at {}",
        "fits your price at {}",
    ),
    "rating": ("clears your mark with {}", "passes your mark at {}"),
    "number": ("is in your range at {}", "meets your figure with {}", "has the {} you wanted"),
    "date": ("is from {}, as you wanted", "fits your dates at {}"),
    "colour": ("comes in the {} you wanted", "has the {} you named", "is {} as you asked", "gives you {}"),
    "material": ("has the {} you asked for", "is {} as you wanted", "gives you {}"),
    "maker": ("is by {} as you asked", "is one by {}, whom you named"),
    "list": ("has what you asked for, {}", "is marked {}, as you wanted", "offers {} as you asked"),
    "kind": ("is {}, the kind you asked for", "is listed under {}, as you wanted"),
    "purpose": ("is meant for {}, as you asked", "is right for {}, as you said"),
    "style": ("is {} as you asked", "has the {} side you wanted"),
    "day": ("is on {} as you asked", "meets on {}, the day you named"),
    "venue": ("is at {} as you asked",),
    "area": ("is in {} as you asked", "is in {}, where you wanted it"),
}  # fmt: skip
"""As a verb phrase, for what was asked for."""
