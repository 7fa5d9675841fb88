"""After-action measures: selection, check intensity, totals, reconciliation."""
