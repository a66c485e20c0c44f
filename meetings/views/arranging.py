"""Where an office arranges what its meetings use: one page of short lists, and their writes.

Leads change the lists, members read them. A form that has a fault comes back on the page, open
where it stands; `?change=topic-12` opens the form of one row.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.enums import GroupKind
from teams.models import MemoPrefix, Office, PostGroup
from teams.requests import OfficerRequest

from .. import perms
from ..actions import (
    AlreadyThere,
    add_group,
    add_phrase,
    add_prefix,
    add_topic,
    keep_template,
    move_topic,
    remove_phrase,
    remove_template,
    update_group,
    update_phrase,
    update_prefix,
    update_topic,
)
from ..arrangement import (
    Opened,
    arrangement,
    group_form,
    phrase_form,
    posts_to_tick,
    prefix_form,
    topic_form,
)
from ..enums import TemplateKind
from ..forms.arranging import (
    ArrangingForm,
    BroughtTemplate,
    GroupForm,
    PhraseForm,
    PrefixForm,
    TemplateForm,
    TopicForm,
)
from ..models import Phrase, StandingTopic, WordTemplate
from ..papers_word import DOCX
from ..word import default_template

Row = TypeVar("Row", StandingTopic, Phrase, MemoPrefix, PostGroup)


@require_safe
def arrange(request: OfficerRequest) -> HttpResponse:
    """Everything the office has arranged; of several offices `?office=` names one."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    wanted = request.GET.get("office", str(offices[0].pk))
    office = next((one for one in offices if str(one.pk) == wanted), None)
    if office is None:
        raise Http404
    return _page(request, office)


# --- Standing topics -----------------------------------------------------------------------
@require_POST
def topic_create(request: OfficerRequest, office_pk: int) -> HttpResponse:
    office = _led_office(request, office_pk)
    form = TopicForm(request.POST, key="topic")
    add = partial(add_topic, office=office, by=request.user)
    return _save(request, office, form, add, done=_("আলোচ্য বিষয়টি তালিকায় উঠেছে।"))


@require_POST
def topic_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Rename a topic, switch it off or on."""
    topic, office = _led(request, StandingTopic.objects.own_of(request.user), pk)
    form = topic_form(topic, request.POST)
    return _save(request, office, form, partial(update_topic, topic=topic, by=request.user))


@require_POST
def topic_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put a topic above the one that `before` names, or with "end" at the end."""
    topic, office = _led(request, StandingTopic.objects.own_of(request.user), pk)
    before = request.POST.get("before", "")
    others = {str(one.pk): one for one in office.standing_topics.all()}
    if before in others or before == "end":
        move_topic(topic=topic, before=others.get(before), by=request.user)
    return _back(office, "topic")


# --- Phrases -------------------------------------------------------------------------------
@require_POST
def phrase_create(request: OfficerRequest, office_pk: int) -> HttpResponse:
    office = _led_office(request, office_pk)
    form = PhraseForm(request.POST, key="phrase")
    add = partial(add_phrase, office=office, by=request.user)
    return _save(request, office, form, add, done=_("বাক্যটি তালিকায় উঠেছে।"))


@require_POST
def phrase_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change an own sentence or its place."""
    phrase, office = _led(request, Phrase.objects.own_of(request.user), pk)
    form = phrase_form(phrase, request.POST)
    return _save(request, office, form, partial(update_phrase, phrase=phrase, by=request.user))


@require_POST
def phrase_delete(request: OfficerRequest, office_pk: int, pk: int) -> HttpResponse:
    """Take an own sentence away; pressed twice, the second press finds it gone."""
    office = _led_office(request, office_pk)
    phrase = office.phrases.filter(pk=pk).first()
    if phrase:
        remove_phrase(phrase=phrase, by=request.user)
    messages.success(request, _("বাক্যটি তালিকা থেকে মুছে ফেলা হয়েছে।"))
    return _back(office, "phrase")


# --- File numbers --------------------------------------------------------------------------
@require_POST
def prefix_create(request: OfficerRequest, office_pk: int) -> HttpResponse:
    office = _led_office(request, office_pk)
    form = PrefixForm(request.POST, key="prefix")
    add = partial(add_prefix, office=office, by=request.user)
    return _save(request, office, form, add, done=_("নথি নম্বরটি তালিকায় উঠেছে।"))


@require_POST
def prefix_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Name a file, switch it off or on."""
    prefix, office = _led(request, MemoPrefix.objects.own_of(request.user), pk)
    form = prefix_form(prefix, request.POST)
    return _save(request, office, form, partial(update_prefix, prefix=prefix, by=request.user))


# --- Groups of posts -----------------------------------------------------------------------
@require_POST
def group_create(request: OfficerRequest, office_pk: int) -> HttpResponse:
    office = _led_office(request, office_pk)
    form = GroupForm(request.POST, key="group", posts=posts_to_tick(office), office=office)
    add = partial(add_group, office=office, by=request.user)
    return _save(request, office, form, add, done=_("গ্রুপটি তৈরি হয়েছে।"))


@require_POST
def group_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Rename a group, say who is in it from a day on, switch it off or on."""
    groups = PostGroup.objects.own_of(request.user).filter(kind=GroupKind.LISTED)
    group, office = _led(request, groups, pk)
    form = group_form(group, office, posts=posts_to_tick(office), data=request.POST)
    return _save(request, office, form, partial(update_group, group=group, by=request.user))


# --- Word templates ------------------------------------------------------------------------
@require_POST
def template_upload(request: OfficerRequest, office_pk: int, kind: str) -> HttpResponse:
    """Use the office's own Word shape from now on; a file with faults is not kept."""
    office = _led_office(request, office_pk)
    form = TemplateForm(request.POST, request.FILES, key=f"template-{_known(kind)}", kind=kind)

    def keep(file: BroughtTemplate) -> None:
        keep_template(
            office=office,
            kind=kind,
            content=file.content,
            filename=file.filename,
            by=request.user,
        )

    return _save(request, office, form, keep, done=_("এখন থেকে নিজস্ব টেমপ্লেট ব্যবহৃত হবে।"))


@require_POST
def template_delete(request: OfficerRequest, office_pk: int, kind: str) -> HttpResponse:
    """Back to our shape."""
    office = _led_office(request, office_pk)
    remove_template(office=office, kind=_known(kind), by=request.user)
    messages.success(request, _("এখন থেকে আমাদের টেমপ্লেট ব্যবহৃত হবে।"))
    return _back(office, "template")


@require_safe
def template_download(request: OfficerRequest, office_pk: int, kind: str) -> HttpResponseBase:
    """The office's own template as it was brought."""
    own = WordTemplate.objects.own_of(request.user).select_related("office")
    template = get_object_or_404(own, office__pk=office_pk, kind=kind)
    try:
        file = template.file.open("rb")
    except OSError:
        messages.error(
            request, _("টেমপ্লেটের ফাইলটি পাওয়া যাচ্ছে না; আমাদের টেমপ্লেট ব্যবহৃত হচ্ছে। ফাইলটি আবার দিন।")
        )
        return _back(template.office, "template")
    name = template.filename.removesuffix(".docx")
    return FileResponse(file, as_attachment=True, filename=f"{name}.docx", content_type=DOCX)


@require_safe
def template_default(request: OfficerRequest, kind: str) -> HttpResponse:
    """Our own template, to start from."""
    name = _("%(paper)s-টেমপ্লেট") % {"paper": TemplateKind(_known(kind)).label}
    return HttpResponse(
        default_template(kind),
        content_type=DOCX,
        headers={"Content-Disposition": content_disposition_header(True, f"{name}.docx")},
    )


# --- How these views fetch and answer ------------------------------------------------------
def _led_office(request: OfficerRequest, pk: int | None) -> Office:
    """The own office if this person may arrange its lists."""
    office = next((one for one in request.user.scope.team_offices if one.pk == pk), None)
    if office is None:
        raise Http404
    if not perms.can_arrange_meetings(request.user, office.pk):
        raise PermissionDenied
    return office


def _led(request: OfficerRequest, own: QuerySet[Row], pk: int) -> tuple[Row, Office]:
    """A row of an own office that this person leads, and the office."""
    row = get_object_or_404(own, pk=pk)
    return row, _led_office(request, row.office_id)


def _known(kind: str) -> TemplateKind:
    """The kind of paper that an address names."""
    if kind not in TemplateKind.values:
        raise Http404
    return TemplateKind(kind)


def _save(
    request: OfficerRequest,
    office: Office,
    form: ArrangingForm,
    action: Callable[..., object],
    *,
    done: str = "",
) -> HttpResponse:
    """Call the action with the form's fields; or the page again, with the fault on the form."""
    if form.is_valid():
        try:
            action(**form.cleaned_data)
        except AlreadyThere as reason:
            form.add_error(reason.field, str(reason))
        else:
            messages.success(request, done or _("সংরক্ষিত হয়েছে।"))
            return _back(office, form.key.partition("-")[0])
    form.point_out()
    return _page(request, office, form)


def _page(
    request: OfficerRequest, office: Office, sent: ArrangingForm | None = None
) -> HttpResponse:
    """The page; `sent` is a form with a fault, which stands open on it."""
    can_arrange = perms.can_arrange_meetings(request.user, office.pk)
    asked = request.GET.get("change", "") if can_arrange else ""
    opened = Opened(sent.key if sent else asked, sent)
    context = {
        "offices": request.user.scope.team_offices,
        "opened": opened,
        **arrangement(office, opened, can_arrange=can_arrange),
    }
    return render(request, "meetings/arrange.html", context, status=422 if sent else 200)


def _back(office: Office, section: str) -> HttpResponse:
    """To the page of the office, where the list begins."""
    return redirect(f"{reverse('meetings:arrange')}?office={office.pk}#{section}")
