"""Where hits exceed what the checks explain."""
