"""The durable truth: items, interactions, people and vectors."""
