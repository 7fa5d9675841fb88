"""The app starts where it is told to, says where, and is reachable from nowhere else."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from geoanalysis import symbology
from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.intake import MAX_MEGABYTES
from geoanalysis.launch import HOST, PORTS_TRIED, free_port

ROOT = Path(__file__).parents[1]
ADDRESS = f"http://{HOST}:"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as other_program:
        yield other_program.getsockname()[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of what the app needs, away from the repository."""
    folder = tmp_path / "a copy"
    for part in ("geoanalysis", "data", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    return folder


def test_the_next_free_port_stands_in_for_a_taken_one(taken_port: int) -> None:
    assert taken_port < free_port(taken_port) < taken_port + PORTS_TRIED


def test_a_port_taken_on_all_addresses_is_not_free() -> None:
    with socket.create_server(("0.0.0.0", 0)) as other_program:  # noqa: S104 - that is the case to meet
        port = other_program.getsockname()[1]
        assert free_port(port) > port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoanalysis.launch.PORTS_TRIED", 1)
    with socket.create_server((HOST, 0)) as other_program:
        port = other_program.getsockname()[1]
        with pytest.raises(GeoanalysisError, match=f"{port}.*--port"):
            free_port(port)


def test_the_app_starts_next_to_a_taken_port_and_stops_on_a_signal(copy: Path, taken_port: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "geoanalysis", "run", "--port", str(taken_port)],
        cwd=copy,
        env=os.environ | {"HOME": str(copy), "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"},  # noqa: S104 - overruled
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        try:
            port = port_said(app)
            assert taken_port < port < taken_port + PORTS_TRIED
            assert get(port, "/_stcore/health") == (200, "ok")
            assert "<title>" in get(port, "/")[1]
            assert refused_from_elsewhere(port)
        finally:
            app.send_signal(signal.SIGTERM)
        assert app.wait(timeout=20) == 0
    assert free_port(port) == port


def port_said(app: subprocess.Popen[str]) -> int:
    assert app.stdout is not None
    said = next(line for line in app.stdout if ADDRESS in line)
    return int(said.split(ADDRESS)[1].split()[0])


def get(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection(HOST, port, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def refused_from_elsewhere(port: int) -> bool:
    """Tell whether 127.0.0.2, which a server on all addresses answers too, is refused."""
    try:
        socket.create_connection(("127.0.0.2", port), timeout=5).close()
    except OSError:
        return True
    return False


def test_the_settings_agree_with_the_code() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] == MAX_MEGABYTES
    assert settings["theme"]["primaryColor"] == symbology.ACCENT
    assert settings["theme"]["textColor"] == symbology.INK
    assert settings["server"]["address"] == HOST
    assert not settings["browser"]["gatherUsageStats"]
