"""Who gets what at the addresses of workplans.urls.scores."""

from tests.access_workplans.parts import PlanPart

PART = PlanPart()
