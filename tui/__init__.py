"""The faces: command line and plain terminal."""
