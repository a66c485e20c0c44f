"""Every write to reports and what belongs to them."""

from .comments import (
    StaleComment,
    add_comment,
    answer_comment,
    delete_comment,
    send_comments,
    settle_comment,
    update_comment,
)
from .pictures import (
    add_report_picture,
    caption_report_picture,
    move_report_picture,
    remove_report_picture,
)
from .publications import (
    StaleRelease,
    publish_report,
    release_decisions,
    release_plan,
    withdraw_publication,
)
from .reminding import Reminded, remind_offices
from .reports import StaleReport, create_report, order_report_pdf, present_report
from .review import (
    StaleReview,
    accept_report,
    assign_reviews,
    reopen_report,
    return_report,
    save_marks,
    take_review,
)
from .scores import ScoreText, set_score_lines
from .sections import (
    bring_back_section,
    leave_out_section,
    restore_words,
    set_own_figure,
    take_offer,
    update_section,
)
from .sending import NotReady, ReportChanged, submit_report, withdraw_report
from .signing import keep_certificate, remove_certificate

__all__ = [
    "NotReady",
    "Reminded",
    "ReportChanged",
    "ScoreText",
    "StaleComment",
    "StaleRelease",
    "StaleReport",
    "StaleReview",
    "accept_report",
    "add_comment",
    "add_report_picture",
    "answer_comment",
    "assign_reviews",
    "bring_back_section",
    "caption_report_picture",
    "create_report",
    "delete_comment",
    "keep_certificate",
    "leave_out_section",
    "move_report_picture",
    "order_report_pdf",
    "present_report",
    "publish_report",
    "release_decisions",
    "release_plan",
    "remind_offices",
    "remove_certificate",
    "remove_report_picture",
    "reopen_report",
    "restore_words",
    "return_report",
    "save_marks",
    "send_comments",
    "set_own_figure",
    "set_score_lines",
    "settle_comment",
    "submit_report",
    "take_offer",
    "take_review",
    "update_comment",
    "update_section",
    "withdraw_publication",
    "withdraw_report",
]
