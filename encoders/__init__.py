"""Models behind small protocols, and what all folders share: errors, clean text, whole files."""
