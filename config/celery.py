"""The queue that wakes the workers. What must not be lost lives in jobs/, never here.

A message carries only the id of a job row, so the settings below choose what is quick and plain
over what is clever: a message lost with a worker or a flushed broker is sent again by the sweep,
and one that comes twice finds the job already claimed.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SOFT_LIMIT_SECONDS = 120
HARD_LIMIT_SECONDS = 180
# Redis hands a message out again when its worker has been silent this long. It must be longer
# than any task may run, or a slow task would be started a second time while still at work.
REDIS_VISIBILITY_SECONDS = 300
CONNECT_SECONDS = 2
SOCKET_SECONDS = 5
# Before office hours, Asia/Dhaka; until when a morning without workers may be made good.
REMINDER_HOUR = 7
REMINDER_EXPIRES_SECONDS = 12 * 60 * 60
# A look into an empty folder is cheap: a worker idles at 0.4 % of one core.
POLL_SECONDS = 0.05


def broker() -> dict[str, Any]:
    """Redis when REDIS_URL names one, else the queue of files in DATA_DIR."""
    if not settings.REDIS_URL:
        return {
            # The URL is only what logs show; the transport is named by its import path.
            "broker_url": "files://localhost",
            "broker_transport": "config.transport:Transport",
            "broker_transport_options": {
                "folder": str(settings.DATA_DIR / "queue"),
                "polling_interval": POLL_SECONDS,
            },
        }
    return {
        "broker_url": kombu_url(settings.REDIS_URL),
        "broker_transport_options": {
            "visibility_timeout": REDIS_VISIBILITY_SECONDS,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": SOCKET_SECONDS,
            "socket_keepalive": True,
        },
    }


def kombu_url(redis_url: str) -> str:
    """`redis_url` as kombu spells it; only a socket, ``unix:///path?db=1``, differs."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def options() -> dict[str, Any]:
    """Every Celery option we set, read when the queue is first used."""
    return {
        **broker(),
        "timezone": settings.TIME_ZONE,
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        # A task is taken off the queue when it has finished, not when it starts; one whose
        # worker was killed goes back to the queue.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_soft_time_limit": SOFT_LIMIT_SECONDS,
        "task_time_limit": HARD_LIMIT_SECONDS,
        "worker_prefetch_multiplier": 1,
        # Rendering documents fragments memory; a fresh process now and then gives it back.
        "worker_max_tasks_per_child": 50,
        "worker_hijack_root_logger": False,
        # The person who pressed the button must not wait for a broken broker.
        "broker_connection_timeout": CONNECT_SECONDS,
        "task_publish_retry_policy": {
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.2,
            "interval_max": 0.2,
        },
        # A worker, on the other hand, waits for the broker as long as it takes.
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "beat_schedule": {
            "sweep-jobs": {
                "task": "jobs.tasks.sweep",
                "schedule": settings.JOB_SWEEP_SECONDS,
                # After a pause of the workers one sweep is enough.
                "options": {"expires": settings.JOB_SWEEP_SECONDS},
            },
            # What was counted of visitors is worthless after its hour, and soon off the disk.
            "forget-visitors": {
                "task": "ideas.tasks.forget_visitors",
                "schedule": crontab(minute="*/5"),
                "options": {"expires": 5 * 60},
            },
            # A pause between guesses is minutes at most; what is older holds nobody back.
            "forget-tries": {
                "task": "teams.tasks.forget_tries",
                "schedule": crontab(minute=20),
                "options": {"expires": 60 * 60},
            },
            # A change of an office is in force from midnight of its day; a worker that slept
            # then makes it good within the hour.
            "apply-office-changes": {
                "task": "teams.tasks.apply_office_changes",
                "schedule": crontab(minute=1),
                "options": {"expires": 60 * 60},
            },
            "remind": {
                "task": "duties.tasks.remind",
                "schedule": crontab(hour=REMINDER_HOUR, minute=0),
                # Workers that come back in the night need not write to anybody at that hour.
                "options": {"expires": REMINDER_EXPIRES_SECONDS},
            },
        },
    }


app = Celery("udbhabon")
app.add_defaults(options)
app.autodiscover_tasks()
