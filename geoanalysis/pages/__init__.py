"""Streamlit pages, one file each; thin."""
