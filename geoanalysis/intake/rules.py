"""The rules that outside records are held to, by the names that the report gives them."""

from enum import StrEnum
from typing import Literal

Severity = Literal["refused", "doubted", "note"]
"""`refused`: the row is left out. `doubted`: kept, look at it. `note`: kept, how it was read."""


class Rule(StrEnum):
    """What a finding is about."""

    NO_ROWS = "no-rows"
    SHEETS = "table-sheets"
    MERGED = "table-merged"
    FORMULAS = "table-formulas"
    ROW_CELLS = "row-cells"
    """A row has more cells than the header has columns."""
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_MISSING = "column-missing"
    VALUE_MISSING = "value-missing"
    HANDLING_MISSING = "handling-missing"

    NUMBER = "number"
    DECIMAL_COMMA = "decimal-comma"
    NUMBER_AMBIGUOUS = "number-ambiguous"
    """The mark may part thousands or decimals."""
    NUMBER_RANGE = "number-range"

    QTY_NEGATIVE = "qty-negative"
    QTY_ZERO = "qty-zero"
    QTY_INTEGER = "qty-integer"
    QTY_ABSURD = "qty-absurd"
    QTY_UNIT = "qty-unit"
    """The unit cannot be that of the commodity, or is missing."""
    QTY_OUTLIER = "qty-outlier"
    """A thousand times the median of its commodity and unit, or more: kg for g, perhaps."""

    TIME = "time"
    TIME_AMBIGUOUS = "time-ambiguous-dmy"
    TIME_DMY = "time-dmy"
    """In which order day and month were read."""
    TIME_EXCEL = "time-excel"
    TIME_NO_OFFSET = "time-no-offset"
    TIME_DAY = "time-day"
    """A day without a time where a time belongs, or the other way round."""
    TIME_RANGE = "time-range"
    TIME_ORDER = "time-order"
    SHIFT_LENGTH = "shift-length"

    VOCAB = "vocab"
    VOCAB_SYNONYM = "vocab-synonym"
    COUNTRY = "country"

    GEO_NOT_POINT = "geo-not-point"
    GEO_TWO_POSITIONS = "geo-two-positions"
    GEO_MISSING = "geo-missing"
    GEO_RANGE = "geo-range"
    GEO_NULL_ISLAND = "geo-null-island"
    GEO_SWAPPED = "geo-swapped"
    GEO_OUTSIDE_REGION = "geo-outside-region"
    GEO_ROUNDED = "geo-rounded"

    CROSS_UNKNOWN = "cross-unknown"
    CROSS_NAME = "cross-name"
    """A crossing was told by its name."""
    CROSS_POSITION = "cross-position"
    """The position is that of the crossing."""
    CROSS_FAR = "cross-far"

    HITS_OVER_CHECKED = "hits-over-checked"
    CHECKED_OVER_PASSED = "checked-over-passed"

    DUP_EXACT = "dup-exact"
    DUP_KEY = "dup-key"
    """The same count stands there twice with different values."""
    DUP_PROBABLE = "dup-probable"
    """Two countries seem to report one seizure."""

    TEXT_CONTROL = "text-control"
    TEXT_LONG = "text-long"
    TEXT_PERSONAL = "text-personal"
