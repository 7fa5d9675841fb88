"""After-action measures: what was checked, found and published, what changed, and what it achieved."""

from geoanalysis.domain.small_counts import is_small, told
from geoanalysis.review.before_after import BeforeAfter, before_and_after
from geoanalysis.review.comparison import Comparison, compare
from geoanalysis.review.concentration import Concentration, concentration
from geoanalysis.review.counted_places import counted_places
from geoanalysis.review.displacement import (
    Area,
    difference_in_differences,
    displacement_difference,
    displacement_quotient,
)
from geoanalysis.review.dossier import MOST_LEAST, Disclosure, Dossier, dossier
from geoanalysis.review.intensity import at_places, check_intensity
from geoanalysis.review.planned import planned_against_done
from geoanalysis.review.published import compare_published, published_actions
from geoanalysis.review.rate_ratios import rate_ratio
from geoanalysis.review.reconciliation import reconcile
from geoanalysis.review.release import Release, releasable, require_releasable
from geoanalysis.review.result_sheet import result_sheet
from geoanalysis.review.selection import (
    ReviewFilter,
    countries,
    in_words,
    select,
    window,
    without_window,
)
from geoanalysis.review.suppression import (
    suppressed_comparison,
    suppressed_intensity,
    suppressed_planned,
    suppressed_sheet,
    suppressed_spots,
    suppressed_timeline,
    suppressed_totals,
    suppressed_yields,
)
from geoanalysis.review.totals import totals
from geoanalysis.review.yields import yields

__all__ = [
    "MOST_LEAST",
    "Area",
    "BeforeAfter",
    "Comparison",
    "Concentration",
    "Disclosure",
    "Dossier",
    "Release",
    "ReviewFilter",
    "at_places",
    "before_and_after",
    "check_intensity",
    "compare",
    "compare_published",
    "concentration",
    "counted_places",
    "countries",
    "difference_in_differences",
    "displacement_difference",
    "displacement_quotient",
    "dossier",
    "in_words",
    "is_small",
    "planned_against_done",
    "published_actions",
    "rate_ratio",
    "reconcile",
    "releasable",
    "require_releasable",
    "result_sheet",
    "select",
    "suppressed_comparison",
    "suppressed_intensity",
    "suppressed_planned",
    "suppressed_sheet",
    "suppressed_spots",
    "suppressed_timeline",
    "suppressed_totals",
    "suppressed_yields",
    "told",
    "totals",
    "window",
    "without_window",
    "yields",
]
