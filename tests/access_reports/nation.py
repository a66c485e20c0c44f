"""Who gets what at the addresses of reports.urls.nation"""

from tests.access_ideas.parts import Part

PART = Part()
