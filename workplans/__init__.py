"""Yearly work plans: their tasks, progress and evidence, import and export."""
