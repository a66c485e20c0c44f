"""Who gets what at the addresses of reports.urls.sending"""

from tests.access_ideas.parts import Part

PART = Part()
