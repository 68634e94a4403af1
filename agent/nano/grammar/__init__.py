"""Training data for the reader: a grammar of requests over many invented domains."""
