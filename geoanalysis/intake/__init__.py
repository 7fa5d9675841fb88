"""Outside files become validated records and a report of what was wrong."""

from geoanalysis.intake.records import read_check_shifts, read_results, read_seizures
from geoanalysis.intake.report import IntakeReport
from geoanalysis.intake.source import MAX_MEGABYTES, Upload
from geoanalysis.intake.templates import template

__all__ = [
    "MAX_MEGABYTES",
    "IntakeReport",
    "Upload",
    "read_check_shifts",
    "read_results",
    "read_seizures",
    "template",
]
