"""The bundled world: borders, crossings, roads, places and past actions, typed, for a date."""
