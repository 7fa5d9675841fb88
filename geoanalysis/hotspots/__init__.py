"""Where hits exceed what the checks explain."""

from geoanalysis.hotspots.findings import finding, findings
from geoanalysis.hotspots.summary import summarise

__all__ = ["finding", "findings", "summarise"]
