"""Outside files become validated records and a report of what was wrong."""
