"""Who gets what at the addresses of workplans.urls.forms."""

from tests.access_workplans.parts import PlanPart

PART = PlanPart()
