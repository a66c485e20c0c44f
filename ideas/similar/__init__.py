"""Ideas that say the same: who already solved this?

`terms` turns words into terms, `lexicon` is what it knows of the language of offices, `index`
keeps the terms of every idea, `finding` asks them, `page` shows it on an idea's page.
"""

from .finding import Similar, similar_ideas
from .index import index_idea
from .page import on_page

__all__ = ["Similar", "index_idea", "on_page", "similar_ideas"]
