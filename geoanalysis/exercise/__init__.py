"""The seeded generator of exercises."""
