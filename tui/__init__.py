"""The faces: command line, plain terminal and full-screen application."""
