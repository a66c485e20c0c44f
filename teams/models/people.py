"""People, the posts of offices, and people on posts over dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangla.digits import to_ascii
from bangla.text import normalise

from ..entry.passwords import canonical_password
from ..enums import HoldingKind, Role
from ..language import in_bengali
from ..scope import Scope
from .offices import Office

if TYPE_CHECKING:
    from . import Viewer


# --- People --------------------------------------------------------------------------------
MOBILE = RegexValidator(r"^01[3-9]\d{8}$", _("মোবাইল নম্বর ১১ অঙ্কের হবে, যেমন ০১৭১২৩৪৫৬৭৮।"))


def canonical_mobile(text: str) -> str:
    """An 11-digit mobile number from any usual way of writing one, or "".

    Reads Bengali or Latin digits, spaces, hyphens and the country code: "+৮৮০১৭১২-৩৪৫৬৭৮".
    """
    digits = "".join(sign for sign in to_ascii(text) if sign.isdigit())
    digits = digits.removeprefix("88")
    return digits if len(digits) == 11 and digits.startswith("01") else ""


def canonical_login(text: str) -> str:
    """One spelling for whatever a person types to log in.

    An e-mail address in small letters, a mobile number as `canonical_mobile` writes it, or the
    text as it is. An address may well have a mobile number in it: "rahim01712345678@…".
    """
    text = text.strip().lower()
    return text if "@" in text else canonical_mobile(text) or text


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=username)

    def create_user(
        self,
        *,
        name_bn: str,
        email: str = "",
        mobile: str = "",
        password: str | None = None,
        **more: object,
    ) -> User:
        """Create a person who logs in by e-mail or mobile number.

        `mobile` may be written in any usual way. Raises ValueError when neither is given.
        """
        email = self.normalize_email(email).lower()
        mobile = canonical_mobile(mobile)
        if not (email or mobile):
            raise ValueError("a person needs an e-mail address or a mobile number")
        user = self.model(
            login=email or mobile, email=email, mobile=mobile, name_bn=normalise(name_bn), **more
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def by_identifier(self, text: str) -> User | None:
        """The one person with this e-mail address or mobile number, however it is written."""
        wanted = canonical_login(text)
        column = "email" if "@" in wanted else "mobile"
        return self.filter(Q(**{column: wanted}) | Q(login=wanted)).first() if wanted else None

    def visible_to(self, user: Viewer) -> models.QuerySet[User]:
        """People of one's own office and of those below, now or earlier."""
        if not user.is_authenticated:
            return self.none()
        inside = user.scope.below("holdings__post__office__")
        return self.filter(inside | Q(pk=user.pk)).distinct()


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What the person may do comes from the posts held, never from this row."""

    login = models.CharField(_("লগ-ইন"), max_length=254, unique=True)
    email = models.EmailField(_("ই-মেইল"), blank=True)
    mobile = models.CharField(_("মোবাইল"), max_length=11, blank=True, validators=[MOBILE])
    name_bn = models.CharField(_("নাম (বাংলা)"), max_length=150)
    name_en = models.CharField(_("নাম (ইংরেজি)"), max_length=150, blank=True)
    is_active = models.BooleanField(_("চালু"), default=True)
    date_joined = models.DateTimeField(_("যোগের সময়"), default=timezone.now)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_bn", "email"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("ব্যক্তি")
        verbose_name_plural = _("ব্যক্তি")
        ordering = ("name_bn",)
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="user_email_unique"
            ),
            models.UniqueConstraint(
                fields=["mobile"], condition=~Q(mobile=""), name="user_mobile_unique"
            ),
            models.CheckConstraint(
                name="user_email_or_mobile", condition=~Q(email="") | ~Q(mobile="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of the password in its one spelling; None keeps anybody from logging in."""
        super().set_password(None if raw_password is None else canonical_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password, whichever keyboard wrote it."""
        typed = None if raw_password is None else canonical_password(raw_password)
        return super().check_password(typed)

    @property
    def name(self) -> str:
        return self.name_bn if in_bengali() or not self.name_en else self.name_en

    @property
    def initials(self) -> str:
        """The first written letter with its vowel sign, for the round badge: "রা"."""
        name = self.name.strip()
        end = 1
        while end < len(name) and "\u0981" <= name[end] <= "\u09cd" and not name[end].isalpha():
            end += 1
        return name[:end]

    @cached_property
    def scope(self) -> Scope:
        """What this person may reach today (one query, kept for the request)."""
        today = timezone.localdate()
        holdings = (
            PostHolding.objects.on(today)
            .filter(person=self, post__is_active=True)
            .select_related("post__office__parent")
            .order_by(
                models.Case(models.When(kind=HoldingKind.REGULAR, then=0), default=1),
                "starts_on",
                "pk",
            )
        )
        return Scope.of(tuple(holding.post for holding in holdings), on=today)


# --- Posts ---------------------------------------------------------------------------------
class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office__in=Office.objects.visible_to(user))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def administering(self) -> Self:
        """The system administrator's that somebody who can log in holds for good."""
        lasting = PostHolding.objects.filter(ends_on__isnull=True, person__is_active=True)
        return self.active().filter(role=Role.SYSTEM_ADMINISTRATOR, pk__in=lasting.values("post"))

    def with_holders(self, on: date) -> Self:
        """Prefetch who holds each post on that day as `current_holdings` (one query)."""
        return self.prefetch_related(
            Prefetch(
                "holdings",
                queryset=PostHolding.objects.on(on).select_related("person"),
                to_attr="current_holdings",
            )
        )


class Post(models.Model):
    """A seat in an office (পদ). The seat owns the work; people come and go."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="posts", verbose_name=_("দপ্তর")
    )
    designation_bn = models.CharField(_("পদবি (বাংলা)"), max_length=200)
    designation_en = models.CharField(_("পদবি (ইংরেজি)"), max_length=200, blank=True)
    role = models.CharField(
        pgettext_lazy("post", "ভূমিকা"), max_length=24, choices=Role, default=Role.MEMBER
    )
    phone = models.CharField(_("দাপ্তরিক ফোন"), max_length=40, blank=True)
    email = models.EmailField(_("দাপ্তরিক ই-মেইল"), blank=True)
    position = models.PositiveSmallIntegerField(_("ক্রম"), default=0)
    is_active = models.BooleanField(_("চালু"), default=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পদ")
        verbose_name_plural = _("পদ")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "designation_bn"], name="post_designation_unique_in_office"
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(role=Role.HEAD, is_active=True),
                name="post_one_head_per_office",
            ),
            models.CheckConstraint(name="post_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.designation

    @property
    def designation(self) -> str:
        if in_bengali() or not self.designation_en:
            return self.designation_bn
        return self.designation_en

    def holding_on(self, on: date) -> PostHolding | None:
        """How the post was held that day; the prefetched `current_holdings` are used if there."""
        loaded: list[PostHolding] | None = getattr(self, "current_holdings", None)
        if loaded is not None:
            return loaded[0] if loaded else None
        return self.holdings.on(on).select_related("person").first()

    def holder_on(self, on: date) -> User | None:
        """Who held the post that day."""
        holding = self.holding_on(on)
        return holding.person if holding else None

    @property
    def holder(self) -> User | None:
        return self.holder_on(timezone.localdate())


class PostHoldingQuerySet(models.QuerySet["PostHolding"]):
    def on(self, day: date) -> Self:
        """Holdings in force on that day, first and last day included."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class PostHolding(models.Model):
    """A person on a post from a date to a date; an open end means still there."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    kind = models.CharField(
        _("ধরন"), max_length=12, choices=HoldingKind, default=HoldingKind.REGULAR
    )
    starts_on = models.DateField(_("যোগদানের তারিখ"))
    ends_on = models.DateField(_("শেষ কর্মদিবস"), null=True, blank=True)

    objects: ClassVar[PostHoldingQuerySet] = PostHoldingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পদে থাকা")
        verbose_name_plural = _("পদে থাকা")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="postholding_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(ends_on__isnull=True),
                name="postholding_one_open_per_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} — {self.post}"
