"""What the record keeps of offices, posts, people and rules.

What is between few people (how somebody is reached, an invitation, a handover with its word for
the successor) belongs to no timeline: only the head of the office finds it in the record.
"""

from django.utils.translation import gettext_lazy as _

from .history.versions import belongs, keep, kept_columns
from .models import (
    Background,
    CompositionRequirement,
    CompositionRule,
    DueRule,
    Extension,
    Handover,
    Invitation,
    Membership,
    MemoPrefix,
    Office,
    OfficeChange,
    Post,
    PostGroup,
    PostGroupMember,
    PostHolding,
    Team,
    TermOfReference,
    User,
)

keep(Office, without=("path", "merged_into", "absorbed_ids"), is_open=True)
keep(
    OfficeChange,
    of="office",
    without=("details",),
    labels={"others": _("অন্য যে দপ্তর")},
    is_open=True,
)
keep(Post, of="office")
keep(PostHolding, of="post")
# By name, so that no secret of an account is ever kept with it.
keep(User, "name_bn", "name_en", "email", "mobile", "is_active")
keep(Invitation, "kind", "office")
keep(
    Handover,
    without=("content", "note"),
    labels={"outgoing": _("যিনি ছাড়ছেন"), "incoming": _("যিনি নিচ্ছেন")},
)
keep(
    Team,
    is_paper=True,
    without=("content",),
    labels={
        "issuing_office": _("যে দপ্তর আদেশ জারি করে"),
        "deviations": _("নিয়মের ব্যতিক্রম"),
        "replaces": _("আগের আদেশ"),
    },
    parts=[kept_columns(Membership)],
)
keep(PostGroup, parts=[kept_columns(PostGroupMember)])
keep(MemoPrefix)
keep(Extension, of="office")
keep(DueRule, is_open=True)
keep(CompositionRule, is_open=True)
keep(CompositionRequirement, is_open=True)
keep(TermOfReference, is_open=True)
keep(Background, is_open=True)
belongs(PostGroupMember, "group")
