"""The dialogue: understand a turn, act on it, explain the result, remember the person."""
