"""Ready words to start a plan from."""
