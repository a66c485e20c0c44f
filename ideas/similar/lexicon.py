"""Words of government offices that mean the same, and words that say nothing about an idea.

In concepts.txt each line is a concept: its name, then the ways people write it. Bengali, the
English word in Bengali or Latin letters, short forms, neighbours in meaning that stand for each
other in such ideas. A way of writing may be several words; spelling and endings are forgiven
(letters.py), so one form of each is enough. stop_words.txt lists what any idea may say. Whoever
changes either runs `manage.py indexideas` afterwards.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def _concept(line: str) -> tuple[str, tuple[str, ...]]:
    name, _colon, ways = line.partition(":")
    return name.strip(), tuple(way.strip() for way in ways.split(","))


CONCEPTS = tuple(
    _concept(line) for line in (_HERE / "concepts.txt").read_text("utf-8").splitlines()
)
STOP_WORDS = (_HERE / "stop_words.txt").read_text("utf-8")
