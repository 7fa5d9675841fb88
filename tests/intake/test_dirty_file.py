"""One fault of each kind in a long file is reported in its row; the same file without them has none."""

from collections.abc import Callable
from typing import Any

import pytest

from geoanalysis.intake.rules import Rule

CleanRow = Callable[..., dict[str, Any]]
ROWS = 1000

SEIZURE_FAULTS = [
    ({"seizure_id": ""}, Rule.VALUE_MISSING, "refused"),
    ({"handling": ""}, Rule.HANDLING_MISSING, "refused"),
    ({"handling": "secret"}, Rule.VOCAB, "refused"),
    ({"item": "1.5"}, Rule.QTY_INTEGER, "refused"),
    ({"quantity": "many"}, Rule.NUMBER, "refused"),
    ({"quantity": "5,7"}, Rule.DECIMAL_COMMA, "refused"),
    ({"quantity": "-5.7"}, Rule.QTY_NEGATIVE, "refused"),
    ({"quantity": "0"}, Rule.QTY_ZERO, "doubted"),
    ({"quantity": "20000"}, Rule.QTY_ABSURD, "doubted"),
    ({"quantity": "2000000"}, Rule.QTY_ABSURD, "refused"),
    ({"unit": "person"}, Rule.QTY_UNIT, "refused"),
    ({"unit": "stone"}, Rule.VOCAB, "doubted"),
    ({"occurred_utc": "26th of October"}, Rule.TIME, "refused"),
    ({"occurred_utc": "03.10.2022 08:30Z"}, Rule.TIME_AMBIGUOUS, "refused"),
    ({"occurred_utc": "44860.5"}, Rule.TIME_EXCEL, "doubted"),
    ({"occurred_utc": "1990-10-26T08:30Z"}, Rule.TIME_RANGE, "refused"),
    ({"occurred_utc": "2022-10-26"}, Rule.TIME_DAY, "doubted"),
    ({"country": "Bulgaria"}, Rule.COUNTRY, "refused"),
    ({"commodity": "plutonium"}, Rule.VOCAB, "refused"),
    ({"commodity": "хероин"}, Rule.VOCAB_SYNONYM, "note"),
    ({"direction": "up"}, Rule.VOCAB, "doubted"),
    ({"lon": "263.531"}, Rule.GEO_RANGE, "refused"),
    ({"lat": ""}, Rule.GEO_RANGE, "refused"),
    ({"lon": "0", "lat": "0"}, Rule.GEO_NULL_ISLAND, "refused"),
    ({"lon": "41.7173", "lat": "26.3531"}, Rule.GEO_SWAPPED, "refused"),
    ({"lon": "2.3522", "lat": "48.8566"}, Rule.GEO_OUTSIDE_REGION, "doubted"),
    ({"lon": "26.4", "lat": "41.7"}, Rule.GEO_ROUNDED, "doubted"),
    ({"lon": "", "lat": "", "crossing_id": ""}, Rule.GEO_MISSING, "doubted"),
    ({"lat": "41.8173"}, Rule.CROSS_FAR, "doubted"),
    ({"crossing_id": "Atlantis"}, Rule.CROSS_UNKNOWN, "refused"),
    ({"crossing_id": "Капитан Андреево"}, Rule.CROSS_NAME, "doubted"),
    ({"seizure_id": "BG-0001"}, Rule.DUP_EXACT, "refused"),
    ({"remarks": "a.person@example.org"}, Rule.TEXT_PERSONAL, "doubted"),
    ({"remarks": "\N{ZERO WIDTH SPACE}x"}, Rule.TEXT_CONTROL, "doubted"),
    ({"remarks": "x" * 3000}, Rule.TEXT_LONG, "doubted"),
]
SHIFT_FAULTS = [
    ({"end_utc": "2022-10-26T05:00:00Z"}, Rule.TIME_ORDER, "refused"),
    ({"end_utc": "2022-10-28T05:00:00Z"}, Rule.SHIFT_LENGTH, "refused"),
    ({"hits": "411"}, Rule.HITS_OVER_CHECKED, "refused"),
    ({"passed": "409"}, Rule.CHECKED_OVER_PASSED, "doubted"),
    ({"passed": "5.200"}, Rule.NUMBER_AMBIGUOUS, "refused"),
    ({"officers": "2500"}, Rule.NUMBER_RANGE, "refused"),
    ({"selection": "by smell"}, Rule.VOCAB, "refused"),
    ({"unit_checked": ""}, Rule.VALUE_MISSING, "refused"),
]


@pytest.mark.parametrize(("kind", "faults"), [("seizures", SEIZURE_FAULTS), ("check-shifts", SHIFT_FAULTS)])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_seeded_fault_is_reported_in_its_row(
    kind: str,
    faults: list[tuple[dict[str, Any], Rule, str]],
    form: str,
    clean_row: CleanRow,
    read: Callable[..., Any],
    csv_bytes: Callable[..., bytes],
    xlsx_bytes: Callable[..., bytes],
) -> None:
    write = csv_bytes if form == "csv" else xlsx_bytes
    rows = [clean_row(kind, number) for number in range(1, ROWS + 1)]
    clean_records, clean_report = read(kind, f"clean.{form}", write(rows))
    seeded = {10 + 20 * number: fault for number, fault in enumerate(faults)}
    for row, (changes, _, _) in seeded.items():
        rows[row - 2].update(changes)
    records, report = read(kind, f"dirty.{form}", write(rows))

    assert clean_report.findings.empty
    assert len(clean_records) == ROWS
    found = set(report.findings[["row", "rule", "severity"]].itertuples(index=False, name=None))
    wanted = {(row, rule, severity) for row, (_, rule, severity) in seeded.items()}
    assert wanted - found == set()
    assert set(report.findings["row"]) == set(seeded)
    refused = {row for row, _, severity in wanted if severity == "refused"}
    assert set(report.findings.loc[report.findings["severity"] == "refused", "row"]) == refused
    assert (report.rows_read, report.rows_refused, len(records)) == (ROWS, len(refused), ROWS - len(refused))
