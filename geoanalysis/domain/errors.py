"""
What can go wrong, as a tree.

GeoanalysisError
├── InputError (ValueError)        something handed in cannot be used
│   ├── UnreadableFileError        a file is no file of an accepted kind, or is damaged
│   ├── SchemaError                a table lacks columns or holds impossible values
│   └── CRSError                   geometries come in the wrong coordinate reference system
├── PlaceError (ValueError)        a place is unknown, off the network, or cannot be reached
├── InsufficientDataError (ValueError)  too little data for the question asked
├── MissingAssetsError (RuntimeError)   the browser assets are not installed
└── StoreError (RuntimeError)      an operation or plan cannot be read or kept

Every message says what is wrong, where, and what to do. Rows of an outside file that fail are no
exceptions: they are findings in the intake report.
"""


class GeoanalysisError(Exception):
    """Any error that this project raises on purpose."""


class InputError(GeoanalysisError, ValueError):
    """Something handed in cannot be used."""


class UnreadableFileError(InputError):
    """A file is no file of an accepted kind, or is damaged."""


class SchemaError(InputError):
    """A table lacks columns or holds impossible values."""


class CRSError(InputError):
    """Geometries come in the wrong coordinate reference system."""


class PlaceError(GeoanalysisError, ValueError):
    """A place is unknown, off the network, or cannot be reached."""


class InsufficientDataError(GeoanalysisError, ValueError):
    """There is too little data for the question asked."""


class MissingAssetsError(GeoanalysisError, RuntimeError):
    """The browser assets are not installed."""


class StoreError(GeoanalysisError, RuntimeError):
    """An operation or plan cannot be read or kept."""
