"""Forms of reports, one module for each part of the room."""
