from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.maps.scene import Extent
from geoanalysis.pages._views import PlanView, ReviewView

WORDS = st.lists(st.text("abcdefghšž, -.", min_size=1), max_size=4).map(tuple)
DEGREES = st.floats(-180, 180).map(lambda degrees: round(degrees, 3) + 0.0)

SPANS = st.lists(DEGREES, min_size=2, max_size=2, unique=True).map(sorted)
FRAMES = st.builds(lambda x, y: Extent(x[0], y[0], x[1], y[1]), SPANS, SPANS)


@given(
    on=st.dates(),
    modes=WORDS,
    origins=WORDS,
    tolerance=st.floats(0, 50),
    extent=FRAMES,
)
def test_a_link_gives_back_the_plan_view(
    on: date, modes: tuple[str, ...], origins: tuple[str, ...], tolerance: float, extent: Extent
) -> None:
    view = PlanView(on=on, modes=modes, origins=origins, tolerance_percent=tolerance, extent=extent)
    assert PlanView.from_query(view.to_query()) == view


def test_a_link_gives_back_the_review_view() -> None:
    view = ReviewView(
        starts=datetime(2022, 10, 27, 6, tzinfo=UTC), crime_areas=("drugs",), place="bg-rs-kalotina"
    )
    assert ReviewView.from_query(view.to_query()) == view


def test_what_is_default_stays_out_of_the_link() -> None:
    assert PlanView().to_query() == {}
    assert ReviewView(place="x").to_query() == {"place": "x"}


def test_a_damaged_link_opens_the_defaults() -> None:
    damaged = {"on": "yesterday", "extent": "1,2", "tolerance_percent": "much", "stranger": "1"}
    assert PlanView.from_query(damaged) == PlanView()


def test_a_moment_without_a_zone_is_utc_and_no_number_is_infinite() -> None:
    linked = ReviewView.from_query({"starts": "2022-10-27T06:00:00"})
    assert linked.starts == datetime(2022, 10, 27, 6, tzinfo=UTC)
    assert PlanView.from_query({"tolerance_percent": "nan", "extent": "3,1,2,4"}) == PlanView()
