"""The catalogue, its store and indexes, the recommenders and how their scores are fused."""
