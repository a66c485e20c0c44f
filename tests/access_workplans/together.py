"""Who gets what at the addresses of workplans.urls.together."""

from tests.access_workplans.parts import PlanPart

PART = PlanPart()
