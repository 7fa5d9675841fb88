"""Briefings from the command line: every suffix, every option, and one sentence for what cannot be done."""

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from geoanalysis import briefing, cli_brief, review
from geoanalysis.cli import main
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.pages._views import BriefView
from geoanalysis.reference import data_folder, load_crossings
from geoanalysis.store import load_operation, plan_to_csv, plan_to_gpkg, save_operation
from geoanalysis.store.plans import plan_to_json

EXERCISE = str(data_folder() / "actions" / "exercise_2022")
DAY = date(2022, 10, 26)

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run `geoanalysis brief` as a shell would; give exit code, output and errors."""

    def run(*options: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["geoanalysis", "brief", *map(str, options)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an action of nothing, which is drawn fast."""
    folder: Path = tmp_path_factory.mktemp("small") / "action"
    operation = Operation("s", "Small", DAY, DAY, SEIZURES.empty(), CHECK_SHIFTS.empty(), RESULTS.empty())
    save_operation(operation, folder)
    return folder


def plan(handling: Handling = Handling.H1) -> Plan:
    row = load_crossings(DAY).iloc[0]
    post = Deployment(row["crossing_id"], row["name"], row.geometry.x, row.geometry.y, 12)
    return Plan("p", "Night plan", DAY, (post,), handling)


@pytest.fixture(params=[".csv", ".gpkg", ".json"])
def plan_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    writers: dict[str, Callable[[Plan], bytes]] = {
        ".csv": plan_to_csv,
        ".gpkg": plan_to_gpkg,
        ".json": lambda one: plan_to_json(one).encode(),
    }
    path = tmp_path / f"plan{request.param}"
    path.write_bytes(writers[request.param](plan()))
    return path


def test_an_action_becomes_a_briefing_in_pdf(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    code, said, progress = ask(
        *("--operation", EXERCISE, "--out", out, "--marking", "LIMITED", "--title", "Noon briefing"),
        *("--headline", "Three places stand out", "--reference", "JAD-7", "--least", 5),
    )
    assert code == 0
    marked = f"LIMITED · {handling_marking(Handling.H1)}"
    assert said.splitlines() == [
        "Counts of fewer than 5 and what gives them away are not told.",
        EXERCISE_NOTICE,
        f"{out} written, {marked}, ref. JAD-7",
    ]
    with closing(pypdfium2.PdfDocument(out)) as opened:
        assert progress.splitlines()[-1] == f"page {len(opened)} of {len(opened)}"
        first, second = (opened[page].get_textpage().get_text_bounded() for page in (0, 1))
    assert "Three places stand out" in first.splitlines()
    assert "Noon briefing" in second
    for words in ("LIMITED", "JAD-7", "not told", "/brief?page=review&operation="):
        assert words in first.replace("\r\n", "")


@pytest.mark.parametrize("suffix", [*briefing.FORMATS, ".PNG"])
def test_every_suffix_is_written(suffix: str, ask: Ask, small: Path, tmp_path: Path) -> None:
    out = tmp_path / f"b{suffix}"
    code, said, _ = ask("--operation", small, "--out", out, "--template", "map", "--dpi", 50)
    assert code == 0
    assert said.startswith(f"{out} written, Handling code H0")
    starts = {
        ".png": b"\x89PNG",
        ".svg": b"<?xml",
        ".pdf": b"%PDF",
        ".html": b"<!DOCTYPE html>",
        ".gpkg": b"SQLite format 3",
    }
    assert out.read_bytes().startswith(starts.get(suffix.lower(), b"PK"))
    assert list(tmp_path.iterdir()) == [out]


def test_a_plan_alone_is_a_briefing(plan_file: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "b.gpkg"
    code, said, _ = ask("--plan", plan_file, "--out", out)
    assert code == 0
    assert "Handling code H1" in said
    with closing(sqlite3.connect(out)) as opened:
        assert opened.execute("SELECT name, officers FROM plan").fetchall() == [
            (plan().deployments[0].name, 12)
        ]
        (view,) = opened.execute("SELECT value FROM about WHERE name = 'View'").fetchone()
    assert view.startswith("/brief?page=plan&on=2022-10-26&plan=")


def test_a_plan_beside_an_action_is_set_beside_what_was_done(ask: Ask, tmp_path: Path) -> None:
    file, out = tmp_path / "p.json", tmp_path / "b.zip"
    file.write_text(plan_to_json(plan()), "utf-8")
    assert ask("--operation", EXERCISE, "--plan", file, "--out", out)[0] == 0
    with zipfile.ZipFile(out) as archive:
        assert {"plan_H1.csv", "planned_and_done_H1.csv"} <= set(archive.namelist())


def test_an_earlier_action_makes_a_comparison(ask: Ask, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.pptx"
    code, _, _ = ask(
        "--operation", EXERCISE, "--before", small, "--out", out, "--dark", "--paper", "A4", "--portrait"
    )
    assert code == 0
    slides = Presentation(io.BytesIO(out.read_bytes()))
    assert slides.slides[0].shapes.title.text_frame.text.startswith("Small and EXERCISE")
    assert (slides.slide_width / Pt(1), slides.slide_height / Pt(1)) == pytest.approx((595.3, 841.9), abs=0.5)
    paper = slides.slides[0].background.fill.fore_color.rgb
    assert max(paper) < 64


def test_a_page_of_many_is_chosen(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "b.png"
    asked = ("--operation", EXERCISE, "--out", out, "--template", "briefing", "--dpi", 50, "--portrait")
    code, said, _ = ask(*asked, "--page", 5)
    assert code == 0
    assert re.search(r"; it shows one of \d pages, choose with --page$", said.strip())
    with Image.open(out) as picture:
        assert picture.size[0] < picture.size[1]
        assert picture.info["Title"] == "3 crossings have more hits than their checks explain"
    before = out.read_bytes()
    code, said, problem = ask(*asked, "--page", 50)
    assert (code, said) == (1, "")
    assert problem.startswith("geoanalysis: there is no page 50: the briefing has ")
    assert out.read_bytes() == before


def test_records_above_the_limit_are_left_out_and_said(ask: Ask, tmp_path: Path) -> None:
    exercise = load_operation(EXERCISE)
    seizures = exercise.seizures.copy()
    seizures.loc[seizures.index[:5], "handling"] = "H2"
    save_operation(replace(exercise, seizures=seizures), tmp_path / "action")
    out = tmp_path / "b.xlsx"
    asked = ("--operation", tmp_path / "action", "--out", out)
    words = "Seizures of handling code H2 are left out"
    assert ask(*asked)[1].startswith(words)
    code, said, _ = ask(*asked, "--up-to", "H2")
    assert code == 0
    assert words not in said
    assert "Handling code H2" in said


@pytest.mark.parametrize("of", ["hot spots", "checkpoints"])
def test_an_atlas_is_of_hot_spots_or_of_checkpoints(of: str, ask: Ask, tmp_path: Path) -> None:
    file, out = tmp_path / "p.json", tmp_path / "b.png"
    file.write_text(plan_to_json(plan()), "utf-8")
    asked = ("--operation", EXERCISE, "--plan", file, "--template", "atlas", "--atlas", of, "--page", 2)
    code, said, _ = ask(*asked, "--out", out, "--dpi", 50)
    assert code == 0
    assert f"one of {2 if of == 'checkpoints' else 4} pages" in said


def no_computing(*_: object, **__: object) -> NoReturn:
    pytest.fail("something was computed")


def test_what_cannot_be_done_is_refused_in_one_sentence(
    ask: Ask, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, broken, folder = tmp_path / "closed.json", tmp_path / "broken.json", tmp_path / "b.pdf"
    closed.write_text(plan_to_json(plan(Handling.H2)), "utf-8")
    broken.write_text('{"deployments": 7}', "utf-8")
    (tmp_path / "none.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "none.gpkg").write_bytes(b"no database")
    folder.mkdir()
    out = tmp_path / "b.png"
    there = set(tmp_path.iterdir())
    monkeypatch.setattr(review, "dossier", no_computing)
    monkeypatch.setattr(briefing, "render", no_computing)
    action = ("--operation", small)
    refused: list[tuple[tuple[object, ...], str]] = [
        (("--out", out), "nothing to brief on: give --operation, --plan or both"),
        ((*action, "--out", tmp_path / "b.doc"), "'.doc' is no format of a briefing: choose .png"),
        ((*action, "--out", tmp_path / "b"), "'no suffix' is no format"),
        ((*action, "--out", tmp_path / "missing" / "b.png"), "missing is no folder: make it"),
        ((*action, "--out", folder), "is a folder: name a file in it"),
        (("--plan", closed, "--before", small, "--out", out), "--before is compared with an action"),
        (("--plan", closed, "--out", out), "the plan 'Night plan' has handling code H2, not to be passed on"),
        ((*action, "--plan", closed, "--out", out), "only up to H1 may be shown here"),
        (("--plan", broken, "--out", out), "broken.json"),
        (("--plan", tmp_path / "none.csv", "--out", out), "the plan is no table"),
        (("--plan", tmp_path / "none.gpkg", "--out", out), "the plan"),
        (("--plan", tmp_path / "none.txt", "--out", out), "a plan is a file that ends in .csv, .gpkg, .json"),
        (("--plan", tmp_path / "away.csv", "--out", out), "cannot be read"),
        (("--operation", tmp_path / "away", "--out", out), "away"),
    ]
    for options, words in refused:
        code, said, problem = ask(*options)
        assert (code, said) == (1, ""), options
        assert problem.startswith("geoanalysis: "), options
        assert words in problem, options
        assert len(problem.strip().splitlines()) == 1, problem
        assert "Traceback" not in problem
    assert set(tmp_path.iterdir()) == there


def test_contents_that_are_not_there_are_refused_in_one_sentence(
    ask: Ask, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "b.pdf"
    code, _, problem = ask("--operation", small, "--template", "comparison", "--out", out)
    assert code == 1
    assert problem.startswith("geoanalysis: there is nothing to tell in comparison: choose other contents")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "option",
    [("--template", "sonnet"), ("--paper", "A5"), ("--page", "0"), ("--dpi", "9"), ("--up-to", "H9")],
)
def test_options_that_are_none_are_refused(
    option: tuple[str, str], ask: Ask, small: Path, tmp_path: Path
) -> None:
    code, _, problem = ask("--operation", small, "--out", tmp_path / "b.png", *option)
    assert code == 2
    assert option[0] in problem
    assert list(tmp_path.iterdir()) == []


def test_the_example_of_the_help_is_true() -> None:
    assert "--operation data/actions/exercise_2022 --out briefing.pdf" in cli_brief.EPILOG


def test_the_link_at_the_foot_opens_the_same_briefing_in_the_app(
    ask: Ask, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "b.svg"
    asked = ("--template", "atlas", "--paper", "A4", "--portrait", "--dark", "--up-to", "H2", "--least", "3")
    code, said, _ = ask("--operation", small, "--out", out, *asked)
    assert code == 0
    assert "Nothing to tell in: atlas" in said
    (link,) = {
        found.replace("&amp;", "&") for found in re.findall(r"/brief\?([^ <]+)", out.read_text("utf-8"))
    }
    query = dict(parse_qsl(link))
    shown = BriefView.from_query(query)
    assert shown == BriefView(("map", "atlas"), "A4", True, "dark", "H2", 3.0, "hot spots")  # noqa: FBT003
    assert query["operation"] == fingerprint(load_operation(small))
