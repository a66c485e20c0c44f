"""Every write to reports and what belongs to them."""

from .publications import publish_report
from .reports import StaleReport, create_report, order_report_pdf, present_report
from .review import accept_report, reopen_report, return_report
from .sending import submit_report, withdraw_report

__all__ = [
    "StaleReport",
    "accept_report",
    "create_report",
    "order_report_pdf",
    "present_report",
    "publish_report",
    "reopen_report",
    "return_report",
    "submit_report",
    "withdraw_report",
]
