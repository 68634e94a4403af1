"""Models that Vitrine trains and ships itself."""
