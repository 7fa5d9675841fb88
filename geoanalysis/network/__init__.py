"""Roads, border-aware travel times and corridors."""
