"""What stands on the twelve shelves: tables written by hand, and the code that makes items of their rows."""
