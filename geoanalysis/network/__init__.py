"""Roads, border-aware travel times and corridors."""

from geoanalysis.network.corridor import Corridor, corridor

__all__ = ["Corridor", "corridor"]
