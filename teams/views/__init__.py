"""Pages of offices, teams, people and the record, one module for each part of the room."""
