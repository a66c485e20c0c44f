"""Groups of posts that are named in one word: "all heads of department", "all of the team"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import TEAM_ROLES, GroupKind, Role
from .offices import Office
from .people import Post, PostQuerySet

if TYPE_CHECKING:
    from . import Viewer


class PostGroupQuerySet(models.QuerySet["PostGroup"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def usable_by(self, office: Office) -> Self:
        """The office's own groups and those every office has."""
        return self.active().filter(Q(office=office) | Q(office__isnull=True))

    def own_of(self, user: Viewer) -> Self:
        """The groups a person's own offices have made."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class PostGroup(models.Model):
    """A name under which a decision reaches many posts, such as "সকল দপ্তর প্রধান".

    Who is in it is asked for a day: a group that was changed in March still means in February
    what it meant then. A group without an office is there for every office.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="post_groups"
    )
    name = models.CharField(_("গ্রুপের নাম"), max_length=200)
    kind = models.CharField(
        _("কারা আছেন"), max_length=12, choices=GroupKind, default=GroupKind.LISTED
    )
    is_active = models.BooleanField(_("চালু"), default=True)

    objects: ClassVar[PostGroupQuerySet] = PostGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পদের গ্রুপ")
        verbose_name_plural = _("পদের গ্রুপ")
        ordering = ("office_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"], name="postgroup_name_unique_in_office"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(office__isnull=True),
                name="postgroup_common_name_unique",
            ),
            models.CheckConstraint(
                name="postgroup_kind_known", condition=Q(kind__in=GroupKind.values)
            ),
            models.CheckConstraint(
                name="postgroup_list_has_office",
                condition=Q(office__isnull=False) | ~Q(kind=GroupKind.LISTED),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def posts_on(self, day: date, *, office: Office) -> PostQuerySet:
        """The posts that the group meant on that day when `office` spoke of it."""
        posts = Post.objects.active()
        if self.kind == GroupKind.TEAM:
            return posts.filter(office=office, role__in=TEAM_ROLES)
        if self.kind == GroupKind.HEADS_BELOW:
            return posts.filter(
                office__parent=office, office__is_active=True, role=Role.HEAD
            ).order_by("office__path")
        members = self.memberships.on(day)
        return posts.filter(pk__in=members.values("post_id"))


class PostGroupMemberQuerySet(models.QuerySet["PostGroupMember"]):
    def on(self, day: date) -> Self:
        """Memberships in force on that day, first and last day included."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class PostGroupMember(models.Model):
    """A post in a listed group from a day (to a day)."""

    group = models.ForeignKey(PostGroup, on_delete=models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("যে তারিখ থেকে"))
    ends_on = models.DateField(_("যে তারিখ পর্যন্ত"), null=True, blank=True)

    objects: ClassVar[PostGroupMemberQuerySet] = PostGroupMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("গ্রুপের সদস্য")
        verbose_name_plural = _("গ্রুপের সদস্য")
        ordering = ("group_id", "post_id", "starts_on")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "post"],
                condition=Q(ends_on__isnull=True),
                name="postgroupmember_one_open_per_post",
            ),
            models.CheckConstraint(
                name="postgroupmember_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} ← {self.post}"
