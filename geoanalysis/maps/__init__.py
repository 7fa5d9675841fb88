"""Results become scenes, and scenes become folium maps and offline HTML."""
