"""After-action measures: selection, check intensity, totals, reconciliation."""

from geoanalysis.review.intensity import at_places, check_intensity
from geoanalysis.review.reconciliation import reconcile
from geoanalysis.review.selection import ReviewFilter, countries, select, window
from geoanalysis.review.totals import totals

__all__ = [
    "ReviewFilter",
    "at_places",
    "check_intensity",
    "countries",
    "reconcile",
    "select",
    "totals",
    "window",
]
