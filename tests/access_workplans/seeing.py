"""Who gets what at the addresses of workplans.urls.seeing."""

from tests.access_workplans.parts import PlanPart

PART = PlanPart()
