"""The page before the map: boxes, measured text, symbols and the parts around the picture."""
