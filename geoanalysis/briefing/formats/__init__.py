"""The map data of a briefing as files for other programs: GIS and spreadsheets."""
