"""How well requests are understood: requests written by hand, with the act that each should come to."""
