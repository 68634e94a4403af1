"""What pictures show, in the words of a catalogue: seen, corrected, asked about."""
