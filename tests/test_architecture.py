"""The house rules that import-linter cannot see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "geoanalysis"
MODULES = sorted(PACKAGE.rglob("*.py"))

ONLY_IN = {
    "streamlit": ("pages",),
    "folium": ("maps",),
    "branca": ("maps",),
    "matplotlib": ("briefing",),
    "sqlite3": ("store", "intake"),
    "osmium": ("network",),
}
MAX_LINES = 450
MAX_FUNCTION_LINES = 50


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_plotting_web_and_sql_libraries_stay_in_their_rooms(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    strangers = {
        name
        for name in imported(ast.parse(path.read_text("utf-8")))
        if name in ONLY_IN and room not in ONLY_IN[name]
    }
    assert not strangers, (
        f"{path.name} imports {strangers}, which belong in {[ONLY_IN[name] for name in strangers]}"
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_LINES
    functions = [
        n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    too_long = {f.name: n for f in functions if (n := body_lines(f)) > MAX_FUNCTION_LINES}
    assert not too_long


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]


def test_pages_are_imported_by_nobody_but_the_app() -> None:
    importers = [
        path.name
        for path in MODULES
        if "geoanalysis.pages" in path.read_text("utf-8") and path.relative_to(PACKAGE).parts[0] != "pages"
    ]
    assert importers == []


def test_app_is_navigation_only() -> None:
    assert (ROOT / "app.py").read_text("utf-8").count("\n") < 60
