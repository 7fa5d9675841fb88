"""Files that cannot be read at all are refused with what is wrong and what to do, and change nothing."""

# ruff: noqa: RUF001 - letters of the region that look like others

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import UnreadableFileError

VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="s"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>
</OGRVRTDataSource>"""
GDALG = b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}'
WFS = b"<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
TOPOLOGY = b'{"type": "Topology", "objects": {}}'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MEGABYTE = 1 << 20

REFUSED = [
    ("seizures.csv", b"", "is empty (0 bytes): export it again"),
    ("seizures.csv", b"\r\n \r\n,,\r\n", "holds no cells"),
    ("seizures.pdf", b"%PDF-1.7", "CSV (.csv), Excel (.xlsx), GeoJSON (.geojson) and GeoPackage (.gpkg)"),
    ("seizures.csv", b"%PDF-1.7", "is a PDF"),
    ("seizures", b"a,b", "save it as one of them"),
    ("seizures.csv", b"a" * (60 * MEGABYTE), "60.0 MB, the limit is 50 MB: split it"),
    ("seizures.csv", gzip.compress(b"a,b"), "unpack it first"),
    ("seizures.xlsx", OLE2, "save it as .xlsx"),
    ("seizures.csv", VRT, "XML or HTML document"),
    ("seizures.geojson", VRT, "it was not opened"),
    ("seizures.gpkg", VRT, "it was not opened"),
    ("seizures.json", b"\xef\xbb\xbf  \n" + VRT, "it was not opened"),
    ("seizures.csv", VRT.decode().encode("utf-16"), "it was not opened"),
    ("seizures.geojson", WFS, "it was not opened"),
    ("seizures.geojson", GDALG, "JSON of type gdal_streamed_alg"),
    ("seizures.geojson", TOPOLOGY, "JSON of type Topology"),
    (
        "seizures.csv",
        b'{"type": "FeatureCollection", "features": []}',
        "the name says CSV, the content is GeoJSON",
    ),
    ("seizures.geojson", b"seizure_id,item\n1,2\n", "the name says GeoJSON, the content is CSV"),
    ("seizures.gpkg", b"seizure_id,item\n1,2\n", "the name says GeoPackage, the content is CSV"),
    ("seizures.xlsx", b"seizure_id,item\n1,2\n", "give it the right ending"),
    (
        "seizures.csv",
        b"name,colour\nx,red\n",
        "none of its column names is one of seizures (it has: name, colour)",
    ),
    ("seizures.csv", b'seizure_id,item\n"BG-1,2\nBG-2,3\n', "a quotation mark there not closed"),
    ("seizures.csv", b"seizure_id\0,item\n", "no plain text"),
    ("seizures.csv", ",".join(f"c{n}" for n in range(201)).encode(), "more than 200 columns"),
    ("seizures.csv", b"seizure_id\n" + b"1\n" * 200_001, "more than 200000 rows: split it"),
]


@pytest.mark.parametrize(
    ("name", "data", "says"), REFUSED, ids=[f"{name}: {says[:30]}" for name, _, says in REFUSED]
)
def test_a_file_that_is_none_is_refused(
    name: str, data: bytes, says: str, crossings: gpd.GeoDataFrame
) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        intake.read_seizures(intake.Upload(name, data), crossings=crossings)
    assert says in str(refusal.value)
    assert str(refusal.value).startswith(name)


ENCODINGS = [
    ("cp1250", "Windows-1250", "Horgoš, skriveno ispod sedišta, pištolj i žuta kutija, čekić"),
    ("cp1251", "Windows-1251", "Капитан Андреево, скривено у возилу испод седишта"),
    ("cp1253", "Windows-1253", "Προμαχώνας, κρυμμένο κάτω από το κάθισμα του οδηγού"),
    ("cp1254", "Windows-1254", "Kapıkule sınır kapısı, sürücü koltuğunun altında, İpsala şoför"),
    ("iso8859-2", "ISO-8859-2", "Horgoš, skriveno ispod sedišta, pištolj i žuta kutija, čekić"),
]


@pytest.mark.parametrize(("encoding", "proposed", "text"), ENCODINGS)
def test_another_encoding_is_proposed_and_never_taken(
    encoding: str,
    proposed: str,
    text: str,
    clean_row: Callable[..., dict[str, str]],
    csv_bytes: Callable[..., bytes],
    crossings: gpd.GeoDataFrame,
) -> None:
    rows = [clean_row("seizures", number, concealment=text) for number in range(1, 30)]
    with pytest.raises(UnreadableFileError, match="not in UTF-8") as refusal:
        intake.read_seizures(intake.Upload("s.csv", csv_bytes(rows, encoding=encoding)), crossings=crossings)
    assert "(line 2)" in str(refusal.value)
    assert proposed in str(refusal.value)
    assert "save it as UTF-8" in str(refusal.value)
    assert text[:8] not in str(refusal.value)


def test_damaged_utf_8_is_told_from_another_encoding(crossings: gpd.GeoDataFrame) -> None:
    data = "seizure_id,remarks\nBG-1,скривено у возилу\n".encode()[:-2] + b"\n"
    with pytest.raises(UnreadableFileError, match="although it looks like it: 1 characters are damaged"):
        intake.read_seizures(intake.Upload("s.csv", data), crossings=crossings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read(
    encoding: str,
    clean_row: Callable[..., dict[str, str]],
    csv_bytes: Callable[..., bytes],
    crossings: gpd.GeoDataFrame,
) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    data = mark + csv_bytes([clean_row("seizures", concealment="испод седишта")], encoding=encoding)
    records, report = intake.read_seizures(intake.Upload("s.csv", data), crossings=crossings)
    assert report.ok
    assert records["concealment"].tolist() == ["испод седишта"]


def test_a_path_is_read(tmp_path: Path, crossings: gpd.GeoDataFrame) -> None:
    file = tmp_path / "Seizures March.CSV"
    file.write_bytes(intake.template("seizures", "csv"))
    before = file.read_bytes(), sorted(tmp_path.iterdir())
    for source in (file, str(file)):
        records, report = intake.read_seizures(source, crossings=crossings)
        assert (len(records), report.file_name, report.kind) == (1, "Seizures March.CSV", "seizures")
    assert (file.read_bytes(), sorted(tmp_path.iterdir())) == before


@pytest.mark.parametrize(
    "path",
    ["", ".", "missing.csv", "http://127.0.0.1:9/s.csv", "/vsicurl/http://127.0.0.1:9/s.csv", "a\0b.csv"],
)
def test_what_is_no_file_is_refused(path: str, crossings: gpd.GeoDataFrame) -> None:
    with pytest.raises(UnreadableFileError, match=r"check the path|endings|no such file"):
        intake.read_seizures(path, crossings=crossings)


def test_a_large_file_on_the_disk_is_refused_unread(tmp_path: Path, crossings: gpd.GeoDataFrame) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        os.truncate(sparse.fileno(), 4000 * MEGABYTE)
    with pytest.raises(UnreadableFileError, match=r"4000\.0 MB, the limit is 50 MB"):
        intake.read_seizures(file, crossings=crossings)


def test_the_name_of_an_upload_is_no_path(crossings: gpd.GeoDataFrame) -> None:
    upload = intake.Upload("..\\..\\etc/passwd/s.csv", intake.template("seizures", "csv"))
    assert intake.read_seizures(upload, crossings=crossings)[1].file_name == "s.csv"
