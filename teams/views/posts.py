"""The posts of an office: who holds them, who held them, and how they pass on."""

from collections.abc import Callable
from datetime import date

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import (
    PostRefused,
    PostWords,
    StalePost,
    TransferRefused,
    call_off_transfer,
    close_post,
    create_post,
    give_charge,
    move_post,
    release,
    reopen_post,
    transfer_post,
    update_post,
)
from ..enums import Role
from ..forms.posts import (
    ChargeForm,
    OnDayForm,
    PostForm,
    PostUpdateForm,
    ReleaseForm,
    TransferForm,
)
from ..models import Office, Post, PostHolding
from ..perms import can_change_post, can_manage_people, can_see_people, roles_for
from ..requests import OfficerRequest, sent
from ..templatetags.bangla_tags import day


@require_safe
def people(request: OfficerRequest, code: str) -> HttpResponse:
    """Every post of the office with whoever holds it, today or on the day asked for."""
    office = get_office(request, code)
    today = timezone.localdate()
    asked = OnDayForm(request.GET if "on" in request.GET else None)
    on = asked.day
    held = PostHolding.objects.on(on).select_related("person").order_by("-starts_on", "-pk")
    coming = PostHolding.objects.filter(starts_on__gt=today).select_related("person")
    posts = (
        office.posts.filter(Q(is_active=True) | Exists(held.filter(post=OuterRef("pk"))))
        .prefetch_related(Prefetch("holdings", queryset=held, to_attr="current_holdings"))
        .prefetch_related(
            Prefetch("holdings", queryset=coming.order_by("starts_on"), to_attr="coming")
        )
    )
    manages = can_manage_people(request.user, office)
    context = {
        "office": office,
        "posts": posts,
        "closed": office.posts.filter(is_active=False) if on == today and manages else (),
        "on": on,
        "is_today": on == today,
        "filter": {"form": asked},
        "manages": manages,
    }
    return render(request, "teams/people_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def post_create(request: OfficerRequest, code: str) -> HttpResponse:
    """A new post of the office."""
    office = get_office(request, code)
    if not can_manage_people(request.user, office):
        raise PermissionDenied
    form = PostForm(sent(request), roles=roles_for(request.user, office))
    if form.is_valid():
        try:
            post = create_post(office=office, words=form.words, by=request.user)
        except PostRefused as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request,
                _("পদটি যোগ হয়েছে। এখন কে এই পদে আছেন, তা লিখুন।"),
                extra_tags=f"post-new-{office.code}",
            )
            return redirect("teams:post_detail", pk=post.pk)
    context = {"form": form, "office": office, "draft": f"post-new-{office.code}"}
    return render(request, "teams/post_form.html", context, status=422 if form.errors else 200)


@require_safe
def post_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One post: who holds it, everybody who has held it, its teams, its handovers."""
    post = get_post(request, pk)
    today = timezone.localdate()
    holdings = list(post.holdings.select_related("person"))
    planned = (
        post.handovers.unsettled()
        .filter(happens_on__gt=today)
        .select_related("incoming__person", "outgoing__person")
    )
    manages = can_change_post(request.user, post)
    context = {
        "post": post,
        "office": post.office,
        "today": today,
        "current": [one for one in holdings if _is_on(one, today)],
        "coming": [one for one in reversed(holdings) if one.starts_on > today],
        "past": [one for one in holdings if one.ends_on and one.ends_on < today],
        "planned": planned.first(),
        "handovers": post.handovers.visible_to(request.user).select_related(
            "incoming__person", "outgoing__person"
        ),
        "memberships": post.memberships.filter(team__content__isnull=False)
        .select_related("team")
        .order_by("-team__formed_on"),
        "manages": manages,
    }
    return render(request, "teams/post_detail.html", context)


def _is_on(holding: PostHolding, today: date) -> bool:
    last = holding.ends_on
    return holding.starts_on <= today and (last is None or last >= today)


@require_http_methods(["GET", "HEAD", "POST"])
def post_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change the words of a post; what somebody saved meanwhile is shown beside one's own."""
    post = get_managed_post(request, pk)
    now = PostWords.of(post)
    roles = roles_for(request.user, post.office, post)
    form = PostUpdateForm(sent(request), post=post, roles=roles)
    if form.is_valid():
        if not form.is_made_on(now) and form.words != now:
            return _post_conflict(request, post, form.words, roles)
        try:
            update_post(post=post, seen=now, words=form.words, by=request.user)
        except StalePost as stale:
            return _post_conflict(request, stale.current, form.words, roles)
        except PostRefused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"post-{pk}")
            return redirect("teams:post_detail", pk=pk)
    context = {"form": form, "post": post, "office": post.office, "draft": f"post-{pk}"}
    return render(request, "teams/post_form.html", context, status=422 if form.errors else 200)


def _post_conflict(
    request: OfficerRequest, post: Post, mine: PostWords, roles: list[Role]
) -> HttpResponse:
    theirs = PostWords.of(post)
    context = {
        "office": post.office,
        "form": PostUpdateForm(post=post, roles=roles, typed=mine),
        "save_url": reverse("teams:post_update", args=[post.pk]),
        "back_url": reverse("teams:post_detail", args=[post.pk]),
        "theirs": [
            (field.label, post.get_role_display() if name == "role" else getattr(theirs, name))
            for name, field in PostForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "teams/two_texts.html", context, status=409)


@require_POST
def post_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move a post one place: direction=up or down."""
    post = get_managed_post(request, pk)
    move_post(post=post, up=request.POST.get("direction") == "up", by=request.user)
    return redirect("teams:people", code=post.office.code)


@require_POST
def post_close(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(request, pk, close_post, _("পদটি বন্ধ করা হয়েছে। এর ইতিহাস থেকে গেল।"))


@require_POST
def post_reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(request, pk, reopen_post, _("পদটি আবার চালু হয়েছে।"))


def _step(request: OfficerRequest, pk: int, step: Callable[..., None], done: str) -> HttpResponse:
    post = get_managed_post(request, pk)
    try:
        step(post=post, by=request.user)
    except PostRefused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("teams:post_detail", pk=pk)


# --- Who comes and who goes ------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def post_transfer(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Say who takes the post over from which day, or that nobody does."""
    post = get_managed_post(request, pk)
    if request.method != "POST":
        return _transfer_page(request, post, TransferForm(post=post))
    form = TransferForm(request.POST, post=post)
    if not form.is_valid():
        return _transfer_page(request, post, form)
    return _transfer(request, post, form)


@reauthentication_required
def _transfer(request: OfficerRequest, post: Post, form: TransferForm) -> HttpResponse:
    """Write it; whoever has not typed the password of late does so first and is brought back."""
    starts_on = form.cleaned_data["starts_on"]
    try:
        handover = transfer_post(
            post=post,
            to=form.incoming,
            starts_on=starts_on,
            kind=form.cleaned_data["kind"],
            reference=form.cleaned_data["reference"],
            by=request.user,
        )
    except TransferRefused as why:
        form.add_error(None, str(why))
        return _transfer_page(request, post, form)
    messages.success(request, _done_words(starts_on), extra_tags=f"transfer-{post.pk}")
    return redirect(handover) if handover else redirect("teams:post_detail", pk=post.pk)


def _transfer_page(request: OfficerRequest, post: Post, form: TransferForm) -> HttpResponse:
    today = timezone.localdate()
    holders = post.holdings.exclude(ends_on__lt=today).select_related("person")
    context = {
        "form": form,
        "post": post,
        "office": post.office,
        "holders": holders.order_by("starts_on"),
        "draft": f"transfer-{post.pk}",
    }
    status = 422 if form.errors else 200
    return render(request, "teams/post_transfer.html", context, status=status)


def _done_words(starts_on: date) -> str:
    if starts_on > timezone.localdate():
        return _("লেখা হয়েছে। বদলি কার্যকর হবে %(day)s; তার আগে কিছুই বদলাবে না।") % {
            "day": day(starts_on)
        }
    return _("লেখা হয়েছে। পদের কাজ এখন নতুনজনের কাছে।")


@require_POST
def transfer_call_off(request: OfficerRequest, pk: int) -> HttpResponse:
    """A transfer whose day has not come does not take place."""
    post = get_managed_post(request, pk)
    planned = post.handovers.unsettled().filter(happens_on__gt=timezone.localdate()).first()
    try:
        if planned is None:
            raise TransferRefused(_("এই পদে এখন কোনো আগামী বদলি লেখা নেই।"))
        call_off_transfer(handover=planned, by=request.user)
    except TransferRefused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("আগামী বদলি বাতিল হয়েছে; পদে আগেরজনই থাকছেন।"))
    return redirect("teams:post_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def post_charge(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Put somebody in charge for some days, or write down who was once."""
    post = get_managed_post(request, pk)
    form = ChargeForm(sent(request), post=post)
    return _charge(request, post, form) if form.is_valid() else _charge_page(request, post, form)


@reauthentication_required
def _charge(request: OfficerRequest, post: Post, form: ChargeForm) -> HttpResponse:
    """Write it, after the password as with a transfer: it lets somebody in as well."""
    to = form.incoming
    words = {name: form.cleaned_data[name] for name in ("kind", "starts_on", "ends_on")}
    try:
        if to is None:
            raise TransferRefused(_("কে দায়িত্ব পাচ্ছেন, তা লিখুন।"))
        give_charge(
            post=post, to=to, **words, reference=form.cleaned_data["reference"], by=request.user
        )
    except TransferRefused as why:
        form.add_error(None, str(why))
        return _charge_page(request, post, form)
    messages.success(request, _("লেখা হয়েছে।"), extra_tags=f"charge-{post.pk}")
    return redirect("teams:post_detail", pk=post.pk)


def _charge_page(request: OfficerRequest, post: Post, form: ChargeForm) -> HttpResponse:
    context = {"form": form, "post": post, "office": post.office, "draft": f"charge-{post.pk}"}
    return render(request, "teams/post_charge.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def holding_release(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a charge from a day to a day another last day."""
    holding = get_object_or_404(
        PostHolding.objects.filter(ends_on__isnull=False).select_related("person"), pk=pk
    )
    post = get_managed_post(request, holding.post_id)
    form = ReleaseForm(sent(request), initial={"ends_on": holding.ends_on})
    if form.is_valid():
        try:
            release(holding=holding, ends_on=form.cleaned_data["ends_on"], by=request.user)
        except TransferRefused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("লেখা হয়েছে।"))
            return redirect("teams:post_detail", pk=post.pk)
    context = {"form": form, "post": post, "office": post.office, "holding": holding}
    return render(request, "teams/post_release.html", context, status=422 if form.errors else 200)


# --- How these views find their rows -----------------------------------------------------------
def get_office(request: OfficerRequest, code: str) -> Office:
    """An office whose people one may look at."""
    office = get_object_or_404(
        Office.objects.visible_to(request.user).select_related("parent"), code=code
    )
    if not can_see_people(request.user, office):
        raise Http404
    return office


def get_post(request: OfficerRequest, pk: int) -> Post:
    """A post of such an office."""
    posts = Post.objects.visible_to(request.user).select_related("office__parent")
    post = get_object_or_404(posts, pk=pk)
    if not can_see_people(request.user, post.office):
        raise Http404
    return post


def get_managed_post(request: OfficerRequest, pk: int) -> Post:
    """The post, if the person may change it."""
    post = get_post(request, pk)
    if not can_change_post(request.user, post):
        raise PermissionDenied
    return post
