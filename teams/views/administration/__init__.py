"""Pages of the system administrator, and lists of staff that office heads bring in."""
