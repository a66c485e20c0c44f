"""Government offices, in a tree."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii
from bangla.text import normalise

from ..enums import Role, Tier
from ..language import in_bengali
from ..scope import any_of

if TYPE_CHECKING:
    from . import Viewer


class OfficeQuerySet(models.QuerySet["Office"]):
    def visible_to(self, user: Viewer) -> Self:
        """The offices a person works with: own, those below, and the line above.

        Staff of a sister office see nothing of each other.
        """
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        above = {code for post in scope.posts for code in post.office.path_codes}
        everything = [Q(pk__gt=0)] if scope.has_role(Role.SYSTEM_ADMINISTRATOR) else []
        return self.filter(any_of([scope.below(), Q(code__in=above), *everything]))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def known_to_all(self) -> Self:
        """Working offices, and those an order has merged or closed: what they published stays."""
        from .administration import OfficeChange  # changes are about offices

        ended = OfficeChange.objects.ends_of_offices().values("office")
        return self.filter(Q(is_active=True) | Q(merged_into__isnull=False) | Q(pk__in=ended))

    def under(self, office: Office) -> Self:
        """The office and all below it."""
        return self.filter(path__startswith=office.path)

    def search(self, words: str) -> Self:
        """Offices whose name, today's or a former one, has every word in either language."""
        from .administration import OfficeName  # former names hang on offices

        found = self
        for word in normalise(words).split():
            named = Q(name_bn__icontains=word) | Q(name_en__icontains=word)
            formerly = OfficeName.objects.filter(named).values("office")
            found = found.filter(named | Q(code__icontains=to_ascii(word)) | Q(pk__in=formerly))
        return found

    def with_current_posts(self, on: date) -> Self:
        from .people import Post  # people stand on posts of offices

        return self.prefetch_related(
            Prefetch("posts", queryset=Post.objects.active().with_holders(on))
        )


class Office(models.Model):
    """A government office that has, or should have, an innovation team (দপ্তর/কার্যালয়)."""

    code = models.SlugField(
        _("কোড"),
        max_length=80,
        unique=True,
        help_text=_("পড়ার মতো স্থায়ী পরিচয়, যেমন madaripur-sadar"),
    )
    tier = models.CharField(_("পর্যায়"), max_length=10, choices=Tier)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("ঊর্ধ্বতন দপ্তর"),
    )
    # "cabinet-division/dhaka-division/gazipur/": the codes from the root down, so that
    # "everything below" is one indexed prefix match on both databases.
    path = models.CharField(max_length=400, unique=True, editable=False)
    name_bn = models.CharField(_("নাম (বাংলা)"), max_length=250)
    name_en = models.CharField(_("নাম (ইংরেজি)"), max_length=250)
    place_bn = models.CharField(_("সংক্ষিপ্ত নাম (বাংলা)"), max_length=150)
    place_en = models.CharField(_("সংক্ষিপ্ত নাম (ইংরেজি)"), max_length=150)
    is_active = models.BooleanField(_("চালু"), default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # Offices that were merged into this one, those merged into them included. Kept here as well
    # because every request asks whose papers are one's own, and asks it with one query.
    absorbed_ids = models.JSONField(default=list, editable=False)

    objects: ClassVar[OfficeQuerySet] = OfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("দপ্তর")
        verbose_name_plural = _("দপ্তর")
        ordering = ("path",)
        constraints = [
            models.CheckConstraint(name="office_tier_known", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(
                name="office_only_root_has_no_parent",
                condition=Q(parent__isnull=False) | Q(tier=Tier.CABINET),
            ),
            models.CheckConstraint(
                name="office_merged_is_closed",
                condition=Q(merged_into__isnull=True) | Q(is_active=False),
            ),
        ]
        indexes = [models.Index(fields=["tier", "is_active"], name="office_tier_active")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the path, and those of all offices below, in step with the tree."""
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        for child in self.children.exclude(path__startswith=self.path):
            child.save()

    def get_absolute_url(self) -> str:
        return reverse("teams:office_detail", args=[self.code])

    @property
    def name(self) -> str:
        return self.name_bn if in_bengali() else self.name_en

    @property
    def place(self) -> str:
        return self.place_bn if in_bengali() else self.place_en

    @property
    def heir(self) -> Office | None:
        """The working office this one was merged into, by whatever detours; a query for each."""
        heir = self.merged_into
        while heir is not None and not heir.is_active:
            heir = heir.merged_into
        return heir

    def name_on(self, day: date) -> str:
        """What the office was called on that day (a query, unless `former_names` are loaded)."""
        former = [name for name in self.former_names.all() if name.valid_to >= day]
        then = min(former, key=lambda name: name.valid_to) if former else self
        return then.name_bn if in_bengali() else then.name_en

    @property
    def path_codes(self) -> list[str]:
        """Codes from the root to this office."""
        return self.path.strip("/").split("/")
