"""The bundled world: borders, crossings, roads, places and past actions, typed, for a date."""

from geoanalysis.reference.borders import load_borders, load_countries
from geoanalysis.reference.crossings import load_crossings
from geoanalysis.reference.files import data_file, data_files, data_folder

__all__ = [
    "data_file",
    "data_files",
    "data_folder",
    "load_borders",
    "load_countries",
    "load_crossings",
]
