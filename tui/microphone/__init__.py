"""The microphone: what one is, the system's own, how loud it is, and a recording that is kept in memory alone."""
