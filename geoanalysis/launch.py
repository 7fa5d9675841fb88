"""Start the app on this machine: one process, reachable from nowhere else, on the first free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from geoanalysis.domain.errors import GeoanalysisError

HOST: Final = "127.0.0.1"
PORTS_TRIED: Final = 100

_ROOT: Final = Path(__file__).resolve().parents[1]
_HEALTH: Final = "/_stcore/health"
_TRIAL_RUN: Final = "/_stcore/script-health-check"
"""Runs the app once, so that modules and data are loaded before the first page asks for them."""
_POLL_S: Final = 0.2


def run_app(port: int = 8501) -> int:
    """
    Serve the app until it is stopped with Ctrl+C or a termination signal.

    Its address is printed, and opened in a browser where there is a screen.

    Parameters
    ----------
    port
        First port to try; the next free one is taken.

    Returns
    -------
    The exit code of the server, 0 when it was stopped on purpose.

    Raises
    ------
    GeoanalysisError
        If none of the `PORTS_TRIED` ports from `port` on is free.
    """
    chosen = free_port(port)
    print("geoanalysis loads its data ...", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = subprocess.Popen(_command(chosen), cwd=_ROOT, stdin=subprocess.DEVNULL)
    try:
        if _answers(server, chosen):
            _status(chosen, _TRIAL_RUN, timeout_s=60)
            _announce(f"http://{HOST}:{chosen}")
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def free_port(first: int) -> int:
    """
    Give the first port from `first` on that nothing on this machine listens on.

    Raises
    ------
    GeoanalysisError
        If none of the next `PORTS_TRIED` is free.
    """
    last = min(first + PORTS_TRIED, 65536)
    for port in range(first, last):
        if _is_free(port):
            return port
    raise GeoanalysisError(f"ports {first} to {last - 1} are all taken: name another with --port")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":  # a port just given up is free; on Windows the option means another thing
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _command(port: int) -> list[str]:
    """
    Give the command that serves the app.

    What must hold whatever the user's own Streamlit settings and environment say stands here; the rest is in
    `.streamlit/config.toml`.
    """
    fixed = {
        "server.address": HOST,
        "server.port": port,
        "server.scriptHealthCheckEnabled": "true",
        "server.headless": "true",  # no question for an e-mail address; the browser is opened here
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
    }
    options = [f"--{name}={value}" for name, value in fixed.items()]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *options]


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server answers, or has ended without."""
    while server.poll() is None:
        if _status(port, _HEALTH, timeout_s=5) == HTTPStatus.OK:
            return True
        time.sleep(_POLL_S)
    return False


def _status(port: int, path: str, timeout_s: float) -> int | None:
    """Give the status of the answer, nothing if there is none."""
    connection = HTTPConnection(HOST, port, timeout=timeout_s)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _announce(address: str) -> None:
    print(f"geoanalysis runs at {address} - stop it with Ctrl+C", flush=True)
    if _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
