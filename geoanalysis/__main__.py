"""`python -m geoanalysis`."""

from geoanalysis.cli import main

main()
