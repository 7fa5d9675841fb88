"""The map of a page: projection, land, symbols, names and furniture."""
