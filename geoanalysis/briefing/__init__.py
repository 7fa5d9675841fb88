"""Results become a briefing: pictures, slides, documents, a map on a stick, and data for others."""

from geoanalysis.briefing.composition import compose, leaves
from geoanalysis.briefing.contents.build import briefing, proposed_findings, proposed_headline
from geoanalysis.briefing.contents.material import AtlasOf, Material, PlanOnMap, Wishes
from geoanalysis.briefing.contents.templates import TEMPLATES, Part, template
from geoanalysis.briefing.document import LONGEST_MARKING, Document, Imprint
from geoanalysis.briefing.rendering import (
    FORMATS,
    PRINT_DPI,
    Printing,
    Progress,
    digest,
    identified,
    render,
    require_format,
)
from geoanalysis.briefing.typesetting.layout import PAPERS, THEMES, PageForm

__all__ = [
    "FORMATS",
    "LONGEST_MARKING",
    "PAPERS",
    "PRINT_DPI",
    "TEMPLATES",
    "THEMES",
    "AtlasOf",
    "Document",
    "Imprint",
    "Material",
    "PageForm",
    "Part",
    "PlanOnMap",
    "Printing",
    "Progress",
    "Wishes",
    "briefing",
    "compose",
    "digest",
    "identified",
    "leaves",
    "proposed_findings",
    "proposed_headline",
    "render",
    "require_format",
    "template",
]
