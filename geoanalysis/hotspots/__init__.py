"""Where hits exceed what the checks explain, and the statistics of the field beside it."""

from geoanalysis.hotspots.areas import ScanRequest, emerging_places, scan_action
from geoanalysis.hotspots.change_points import ChangePoint, change_points
from geoanalysis.hotspots.colocation import Colocation, colocation_quotient
from geoanalysis.hotspots.counts import Reports, gather
from geoanalysis.hotspots.density import density_at, density_grid, planar_k
from geoanalysis.hotspots.emerging import category_of, emerging
from geoanalysis.hotspots.empirical_bayes import empirical_bayes
from geoanalysis.hotspots.exposure_test import excess_test
from geoanalysis.hotspots.fdr import q_values
from geoanalysis.hotspots.findings import (
    finding,
    findings,
    findings_alone,
    method,
    ratio_interval,
)
from geoanalysis.hotspots.funnel import funnel_limits, ratio_limits
from geoanalysis.hotspots.hit_rates import hit_rates
from geoanalysis.hotspots.local_g import local_g
from geoanalysis.hotspots.local_statistics import (
    Surroundings,
    bivariate_moran,
    crime_areas_together,
    local_statistics,
    surroundings,
)
from geoanalysis.hotspots.moran import general_g, lees_l, local_moran, moran, moran_of_rates
from geoanalysis.hotspots.near_repeat import NearRepeats, knox
from geoanalysis.hotspots.network_density import network_density
from geoanalysis.hotspots.network_k import network_k
from geoanalysis.hotspots.periods import PlacePeriods, per_period, timeline, weekly_profile
from geoanalysis.hotspots.rates import exact_interval, hit_rate, wilson_interval
from geoanalysis.hotspots.repeats import near_repeats_of
from geoanalysis.hotspots.road_density import seizures_along_borders, seizures_along_roads
from geoanalysis.hotspots.road_neighbours import road_distances_km
from geoanalysis.hotspots.scan import Cluster, bernoulli_scan, poisson_scan
from geoanalysis.hotspots.summary import summarise
from geoanalysis.hotspots.trend import mann_kendall

__all__ = [
    "ChangePoint",
    "Cluster",
    "Colocation",
    "NearRepeats",
    "PlacePeriods",
    "Reports",
    "ScanRequest",
    "Surroundings",
    "bernoulli_scan",
    "bivariate_moran",
    "category_of",
    "change_points",
    "colocation_quotient",
    "crime_areas_together",
    "density_at",
    "density_grid",
    "emerging",
    "emerging_places",
    "empirical_bayes",
    "exact_interval",
    "excess_test",
    "finding",
    "findings",
    "findings_alone",
    "funnel_limits",
    "gather",
    "general_g",
    "hit_rate",
    "hit_rates",
    "knox",
    "lees_l",
    "local_g",
    "local_moran",
    "local_statistics",
    "mann_kendall",
    "method",
    "moran",
    "moran_of_rates",
    "near_repeats_of",
    "network_density",
    "network_k",
    "per_period",
    "planar_k",
    "poisson_scan",
    "q_values",
    "ratio_interval",
    "ratio_limits",
    "road_distances_km",
    "scan_action",
    "seizures_along_borders",
    "seizures_along_roads",
    "summarise",
    "surroundings",
    "timeline",
    "weekly_profile",
    "wilson_interval",
]
