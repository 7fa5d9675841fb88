"""What looks personal is masked, in records and in reports; what police texts are full of is not."""

# ruff: noqa: RUF001 - letters of the region that look like others

from collections.abc import Callable
from typing import Any

import pytest

from geoanalysis.intake.personal import REMOVED, mask

# Numbers made up for the purpose; those with check digits computed by the published rules.
PERSONAL = [
    "0101990710006",  # JMBG
    "driver 0101990710006, alone",
    "1800101221144",  # CNP
    "EGN 7501010010",
    "ЕГН: 7501010010",
    "7523169263",  # EGN, a published example
    "69435151530",  # OIB, a published example
    "10000000146",  # TCKN, a published example
    "a.person@example.org",
    "first.last+x@police.example.co.uk",
    "+381 63 123 4567",
    "+38163/123-4567",
    "0038163 1234567",
    "tel. 123456",
    "моб: 0888 123 456",
    "063/123-4567",
    "044-123-456",
    "plate BG 123-AB",
    "BG-1234-AA",
    "СА 1234 АВ",
    "CB1234AB",
    "ZG 1234-AB",
    "PG AB123",
    "A12-B-345",
    "B 123 ABC",
    "AA 123 BB",
    "ABC-123",
    "AA BB-123",
    "34 ABC 123",
    "34ABC123",
    "01-123-AB",
    "ABE-1234",
    "LJ 12-3AB",
    "reg. XY 99",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "passport no. X1234567",
]
NOT_PERSONAL = [
    "2 pistols, 30 rounds of 7.62x39 mm and 1 AK-47",
    "CZ 75 and Glock 19, serial numbers removed",
    "5.78 kg of heroin in 12 packages, value 250000 EUR",
    "SEIZURE OF 500 KG HEROIN",
    "12 AK 47 RIFLES",
    "lorry stopped at km 123.456 of the A1, lane 2",
    "coordinates 42.123456, 20.654321",
    "2022-10-26T08:30:00+02:00",
    "26.10.2022 08:30",
    "case 2022/1234-5",
    "seen in 2022 by two officers",
    "26 OCT 2022",
    "Reg. (EU) 2016/794, Art. 29",
    "100000 cigarettes",
    "1234567890123.5",
    "1234567890",  # no EGN: month 34
    "12345678901",  # neither OIB nor TCKN
    "E-75, M-1 and A10",
    "bg-tr-kapitan-andreevo-kapikule",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_is_masked(text: str) -> None:
    masked = mask(f"seen: {text}; end")
    assert REMOVED in masked
    assert sum(map(str.isdigit, masked)) <= 1
    assert masked.startswith("seen: ")
    assert masked.endswith("; end")


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_other_text_stays(text: str) -> None:
    assert mask(text) == text


def test_nothing_personal_is_repeated_in_the_report(
    clean_row: Callable[..., dict[str, Any]], read_rows: Callable[..., Any]
) -> None:
    """In no column: not where free text stands, and not where it strayed to."""
    number, mail = "0101990710006", "a.person@example.org"
    columns = [name for name in clean_row("seizures") if name != "handling"]
    rows = [clean_row("seizures", n, **{name: f"{number} {mail}"}) for n, name in enumerate(columns, start=1)]
    records, report = read_rows("seizures", rows)
    everything = records.to_csv() + report.findings.to_csv()
    assert report.findings["column"].nunique() >= len(columns) - 2
    assert number not in everything
    assert mail not in everything
    assert REMOVED in everything


def test_values_in_the_report_are_short(
    clean_row: Callable[..., dict[str, Any]], read_rows: Callable[..., Any]
) -> None:
    _, report = read_rows("seizures", [clean_row("seizures", commodity="x" * 500)])
    assert report.findings["value"].str.len().max() == 40
