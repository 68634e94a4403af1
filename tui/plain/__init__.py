"""The plain terminal: lines of text, also what a screen reader hears."""
