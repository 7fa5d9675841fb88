"""Scenes become briefing-quality pictures."""
