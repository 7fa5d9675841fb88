"""How layers are written: the same frame gives the same bytes, with the locked versions."""

from pathlib import Path

import geopandas as gpd


def write_layer(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write a GeoParquet file (EPSG:4326)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, index=False, compression="zstd", compression_level=19)
