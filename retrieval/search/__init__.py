"""Search: legs, filters, plan, fusion and variety."""
