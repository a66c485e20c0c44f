"""Are ideas that say the same found again, and what does looking for them cost?

Recall at 1 and at 5 of pairs written by hand (tests/ideas/data/similar_pairs.json), by kind, for
the half on which the search was tuned, for the half it was not, and for the blind ones, written
last; then the cost beside a plain scan. Everything happens on a system of its own in a temporary
folder; with DATABASE_URL set, on that server, which must hold nothing yet. Exit code 1 when less
than nine of ten of the held-out half are found.

    python -m scripts.bench_similar
"""

import os
import sys

from scripts.bench.ground import fresh_system


def main() -> int:
    with fresh_system(database_url=os.environ.get("DATABASE_URL", "")):
        # Only now, on the new system, can the application be imported.
        from scripts.bench import similar

        problems = similar.measure()
    for problem in problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
