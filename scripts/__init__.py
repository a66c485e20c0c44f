"""What `make` runs: set-up, serving, private test services and checks. Standard library only."""
