"""Offices, posts and people: who works where since when, who may see what, who did what."""
