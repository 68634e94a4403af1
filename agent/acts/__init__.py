"""What each act does: one module a family, chosen in `agent.acts.table`."""
