"""What the record tells: versions of rows, their differences, timelines, the search."""
