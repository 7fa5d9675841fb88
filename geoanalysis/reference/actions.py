"""What was published of past joint actions, and seizures that were reported in public."""

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.reference.files import data_file


def load_actions() -> pd.DataFrame:
    """
    Load the published results of past joint actions, one figure per row.

    Returns
    -------
    DataFrame
        `action_id`, `action_name`, `start_date`, `end_date` (the first and the last day of what is published,
        a day, a month or a year, as `date_precision` says), `coordination_centre`, `lead_countries`,
        `n_countries`, `participants_iso2` (``;`` between several), `scope` (ALL, or the one country that the
        figure is of), `phase`, `measure`, `qualifier`, `value` (in `unit`), `unit`, `value_text` (as
        published), `source_url`, `source_url_2`, and `note`, which says where sources contradict each other.
        Unknown texts are empty.
    """
    return pd.read_csv(
        data_file("actions/joint_actions.csv"),
        keep_default_na=False,
        na_values={"n_countries": "", "start_date": "", "end_date": ""},
        parse_dates=["start_date", "end_date"],
        dtype={"n_countries": "Int64", "value": "float64"},
    )


def load_press_events() -> gpd.GeoDataFrame:
    """
    Load seizures that were reported in public at named places.

    A convenience sample from press reports: it shows what happened where, and is never used for a rate. Of
    events known to the month, `occurred_utc` is its first day; the remarks say so, and name the source.

    Returns
    -------
    GeoDataFrame
        Conforms to `domain.schemas.SEIZURES`, EPSG:4326.
    """
    events = pd.read_csv(
        data_file("actions/press_events.csv"),
        keep_default_na=False,
        na_values=[""],
        dtype={"shift_id": "str"},
    )
    return SEIZURES.conform(events.assign(occurred_utc=pd.to_datetime(events["occurred_utc"], utc=True)))
