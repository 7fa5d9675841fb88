"""Scenes become briefing-quality pictures."""

from geoanalysis.briefing.snapshot import snapshot_png

__all__ = ["snapshot_png"]
