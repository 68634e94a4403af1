"""Pictures in the terminal, against terminals that answer through a pseudo-terminal."""
