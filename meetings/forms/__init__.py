"""Forms of meetings; their fields read dates, times and memo numbers as officers write them."""
