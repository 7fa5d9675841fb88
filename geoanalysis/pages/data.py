"""Data: what is loaded and how old it is, and the door for records from outside."""

import pandas as pd
import streamlit as st

from geoanalysis import intake, store
from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.records import add_records
from geoanalysis.pages import _data, _state

_KINDS = {"seizures": "Seizures", "check-shifts": "Check shifts", "results": "Results"}
_FIELDS = {"seizures": "seizures", "check-shifts": "check_shifts", "results": "results"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    """Draw the page."""
    st.title("Data")
    operation = _state.operation()
    _state.say_if_exercise()
    _show_operation(operation)
    _show_upload(operation)
    st.subheader("Bundled with the tool")
    st.dataframe(_data.data_files(), hide_index=True, alt="Bundled files with source, licence and age")


def _show_operation(operation: Operation) -> None:
    st.subheader(operation.name)
    counts = st.columns(4)
    counts[0].metric("Seizures", operation.seizures["seizure_id"].nunique())
    counts[1].metric("Check shifts", len(operation.check_shifts))
    counts[2].metric("Results", len(operation.results))
    counts[3].metric("Handling code", operation.handling.value)
    as_of = f"{operation.data_as_of:%d %B %Y %H:%M} UTC" if operation.data_as_of else "not stated"
    st.caption(f"{operation.starts} to {operation.ends} · data as of {as_of} · kept in this session only")
    actions = st.columns(2)
    actions[0].download_button(
        "Download the operation (GeoPackage)",
        lambda: store.operation_gpkg(operation),
        file_name=f"{operation.operation_id}_{fingerprint(operation)}_{operation.handling}.gpkg",
        on_click="ignore",
    )
    opened = actions[1].file_uploader("Open an operation (GeoPackage)", type="gpkg", key="data.operation")
    if opened is not None:
        _open(opened.name, opened.getvalue())


def _open(name: str, content: bytes) -> None:
    try:
        opened = store.operation_from_gpkg(content)
    except GeoanalysisError as error:
        st.error(f"{name}: {error} The operation was not changed.")
        return
    if _state.take_once("data.operation", content):
        _state.open_operation(opened)
        st.rerun()


def _show_upload(operation: Operation) -> None:
    st.subheader("Add records")
    kind = st.segmented_control(
        "What does the file hold?",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        default="seizures",
        required=True,
        key="data.kind",
    )
    templates = st.container(horizontal=True)
    name = f"template_{_FIELDS[kind]}"
    templates.download_button(
        "Template (CSV)", intake.template(kind, "csv"), f"{name}.csv", "text/csv", on_click="ignore"
    )
    templates.download_button(
        "Template (XLSX)", intake.template(kind, "xlsx"), f"{name}.xlsx", _XLSX, on_click="ignore"
    )
    uploaded = st.file_uploader(
        f"{_KINDS[kind]}: CSV, XLSX, GeoJSON or GeoPackage, up to {intake.MAX_MEGABYTES} MB",
        type=["csv", "xlsx", "geojson", "json", "gpkg"],
        key=f"data.upload.{kind}",
    )
    st.caption(
        "A record that is there already (same seizure and item, same shift) is replaced. "
        f"A file over {intake.MAX_MEGABYTES} MB is refused: split it by day or country, "
        "or leave out columns that the template does not have."
    )
    if uploaded is not None:
        _show_intake(operation, kind, intake.Upload(uploaded.name, uploaded.getvalue()))


def _show_intake(operation: Operation, kind: str, upload: intake.Upload) -> None:
    try:
        records, report = _read(operation, kind, upload)
    except GeoanalysisError as error:
        st.error(f"{upload.name} was not read, and nothing was changed. {error}")
        return
    _show_report(report)
    if report.rows_accepted:
        _offer_to_add(operation, add_records(operation, _FIELDS[kind], records), report)


def _offer_to_add(operation: Operation, together: Operation, report: intake.IntakeReport) -> None:
    if fingerprint(together) == fingerprint(operation):
        st.success(f"The {report.rows_accepted} accepted rows are in {operation.name}.")
    elif st.button(
        f"Add the {report.rows_accepted} accepted rows to {operation.name}", type="primary", key="data.add"
    ):
        _state.open_operation(together)
        st.rerun()


def _read(operation: Operation, kind: str, upload: intake.Upload) -> tuple[pd.DataFrame, intake.IntakeReport]:
    crossings = _data.crossings(operation.starts)
    if kind == "seizures":
        return intake.read_seizures(upload, crossings=crossings)
    if kind == "check-shifts":
        return intake.read_check_shifts(upload, crossings=crossings)
    return intake.read_results(upload)


def _show_report(report: intake.IntakeReport) -> None:
    say = st.success if report.ok else st.warning
    say(
        f"{report.file_name}: {report.rows_accepted} of {report.rows_read} rows can be added, "
        f"{report.rows_refused} are refused."
    )
    if report.findings.empty:
        return
    st.dataframe(report.findings, hide_index=True, alt="Findings of the intake, row by row")
    st.download_button(
        "Download this report (CSV)",
        store.table_csv(report.findings),
        file_name=f"report_{report.kind}.csv",
        mime="text/csv",
        on_click="ignore",
    )
