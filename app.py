"""The app: page config and navigation, nothing else."""

import streamlit as st

from geoanalysis.pages import brief, data, place, plan, review

st.set_page_config(page_title="Border checks", page_icon="🛂", layout="wide")
st.html("<style>.stMainBlockContainer { padding: 4rem 2.5rem 2rem; }</style>")  # room for the map

st.navigation(
    [
        st.Page(plan.page, title="Plan", url_path="plan", default=True),
        st.Page(place.page, title="Checkpoints", url_path="checkpoints"),
        st.Page(review.page, title="Review", url_path="review"),
        st.Page(brief.page, title="Brief", url_path="brief"),
        st.Page(data.page, title="Data", url_path="data"),
    ],
    position="top",
).run()
