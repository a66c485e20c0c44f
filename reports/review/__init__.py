"""What the review of reports works out: queue, standing, places for comments, score, letters."""
