"""The running system that a fault test breaks; it ends with no worker alive."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.faults.app.jobhandlers import trail
from tests.faults.house import House

# Short enough to wait for; a lease is still three times as long as the work.
PERIODS = {"JOB_LEASE_SECONDS": 3, "JOB_SWEEP_SECONDS": 1}
# No run of bad luck may park a job here: tests/jobs has its own tests of parking.
MAX_ATTEMPTS = 50


@pytest.fixture
def house(process_env: dict[str, str], settings: Settings) -> Iterator[House]:
    """The test's own database and an empty queue; no worker yet."""
    promises = {**PERIODS, "JOB_MAX_ATTEMPTS": MAX_ATTEMPTS}
    for name, value in promises.items():
        setattr(settings, name, value)
    house = House(
        {
            **process_env,
            **{name: str(value) for name, value in promises.items()},
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }
    )
    house.lose_queue()
    trail().unlink(missing_ok=True)
    yield house
    house.kill_all()
