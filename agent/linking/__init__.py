"""Phrases of a request to the catalogue's own fields, values and the items on screen."""
