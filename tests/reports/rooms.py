"""The part of tests/access_world.py that is about reports and due dates, built in a third of
the time."""

from tests.access_duties import duty_things
from tests.access_reports import report_things
from tests.access_world import World, _sessions, _things, records
from tests.factories import make_country


def build_rooms() -> World:
    country = make_country()
    things = _things(country, "draft")
    things.addresses |= report_things(country) | duty_things(country)
    return World(country, {"draft": things}, _sessions(country), records())
