"""Building a detailed road network from OpenStreetMap extracts."""

from geoanalysis.network.build.osm import build_from_osm

__all__ = ["build_from_osm"]
