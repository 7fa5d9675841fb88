"""Operations and plans kept: a folder, or one GeoPackage."""
