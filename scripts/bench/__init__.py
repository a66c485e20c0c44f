"""The figures that `make bench` prints about the application; see scripts/bench_app.py."""
