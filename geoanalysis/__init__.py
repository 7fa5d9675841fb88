"""Plan, run, review and brief joint border-check actions without a network."""

__version__ = "0.1.0"
