"""From results of the analysis rooms to a document: what is told, in which words, on which pages."""
