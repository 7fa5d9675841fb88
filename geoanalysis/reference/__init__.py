"""The bundled world: borders, crossings, roads, places and past actions, typed, for a date."""

from geoanalysis.reference.actions import load_actions, load_press_events
from geoanalysis.reference.borders import load_borders, load_countries
from geoanalysis.reference.crossings import load_crossings
from geoanalysis.reference.files import data_file, data_files, data_folder
from geoanalysis.reference.places import Place, find_place, load_places
from geoanalysis.reference.roads import Roads, load_roads

__all__ = [
    "Place",
    "Roads",
    "data_file",
    "data_files",
    "data_folder",
    "find_place",
    "load_actions",
    "load_borders",
    "load_countries",
    "load_crossings",
    "load_places",
    "load_press_events",
    "load_roads",
]
