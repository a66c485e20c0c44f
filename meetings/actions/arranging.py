"""What an office arranges for its meetings: topics, phrases, file numbers, groups, Word shapes.

Every list holds a thing once. The database says so, also to two who add the same thing at the
same moment; the second one gets AlreadyThere, with a sentence for the field.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions import make_group, set_group_members
from teams.audit import record
from teams.memo import Memo
from teams.models import MemoPrefix, Office, Post, PostGroup, User

from .. import perms
from ..models import Phrase, StandingTopic, WordTemplate
from .writing import next_position


class AlreadyThere(Exception):
    """The list has this already. `field` names the form's field; the text is for the user."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


# --- Standing topics -----------------------------------------------------------------------
@transaction.atomic
def add_topic(*, office: Office, title: str, by: User) -> StandingTopic:
    """A topic at the end of the list. Raises AlreadyThere, PermissionDenied."""
    _check(by, office)
    with _once("title", _topic_twice()):
        topic = StandingTopic.objects.create(
            office=office, title=title, position=next_position(office.standing_topics.all())
        )
    record("standingtopic.add", topic, by=by, office=office, after={"title": title})
    return topic


@transaction.atomic
def update_topic(*, topic: StandingTopic, title: str, is_active: bool, by: User) -> None:
    """Rename a topic, switch it off or on; agendas written so far keep what they have.

    Raises AlreadyThere, PermissionDenied.
    """
    _check(by, topic.office)
    with _once("title", _topic_twice()):
        _change(topic, {"title": title, "is_active": is_active}, office=topic.office, by=by)


@transaction.atomic
def move_topic(*, topic: StandingTopic, before: StandingTopic | None, by: User) -> None:
    """Put a topic above `before`, or at the end. Raises PermissionDenied."""
    _check(by, topic.office)
    topics = list(topic.office.standing_topics.select_for_update())
    rest = [other for other in topics if other.pk != topic.pk]
    place = next(
        (at for at, other in enumerate(rest) if before and other.pk == before.pk), len(rest)
    )
    ordered = [*rest[:place], topic, *rest[place:]]
    if [one.pk for one in ordered] == [one.pk for one in topics]:
        return
    for position, one in enumerate(ordered, start=1):
        one.position = position
    StandingTopic.objects.bulk_update(ordered, ["position"])
    record("standingtopic.move", topic, by=by, office=topic.office, after={"place": place + 1})


# --- Phrases -------------------------------------------------------------------------------
@transaction.atomic
def add_phrase(*, office: Office, place: str, text: str, by: User) -> Phrase:
    """A sentence offered while typing at `place` (a PhrasePlace).

    Raises AlreadyThere, PermissionDenied.
    """
    _check(by, office)
    _refuse_common_phrase(place, text)
    with _once("text", _phrase_twice()):
        phrase = Phrase.objects.create(office=office, place=place, text=text)
    record("phrase.add", phrase, by=by, office=office, after={"place": place, "text": text})
    return phrase


@transaction.atomic
def update_phrase(*, phrase: Phrase, place: str, text: str, by: User) -> None:
    """Change an office's own sentence. Raises AlreadyThere, PermissionDenied."""
    office = _owner(phrase)
    _check(by, office)
    _refuse_common_phrase(place, text)
    with _once("text", _phrase_twice()):
        _change(phrase, {"place": place, "text": text}, office=office, by=by)


@transaction.atomic
def remove_phrase(*, phrase: Phrase, by: User) -> None:
    """Take an office's own sentence away; what was written with it stays written.

    Raises PermissionDenied.
    """
    office = _owner(phrase)
    _check(by, office)
    removed, _by_table = Phrase.objects.filter(pk=phrase.pk).delete()
    if removed:
        words = {"place": phrase.place, "text": phrase.text}
        record("phrase.remove", phrase, by=by, office=office, before=words)


# --- File numbers --------------------------------------------------------------------------
@transaction.atomic
def add_prefix(*, office: Office, number: Memo, label: str, by: User) -> MemoPrefix:
    """A file (নথি) from which the office numbers its letters.

    Raises AlreadyThere, PermissionDenied.
    """
    _check(by, office)
    sentence = _("এই নথি নম্বরটি তালিকায় আগেই আছে; বন্ধ থাকলে সেটিই আবার চালু করুন।")
    with _once("number", sentence):
        prefix = MemoPrefix.objects.create(office=office, number=number.prefix, label=label)
    after = {"number": number.prefix, "label": label}
    record("memoprefix.add", prefix, by=by, office=office, after=after)
    return prefix


@transaction.atomic
def update_prefix(*, prefix: MemoPrefix, label: str, is_active: bool, by: User) -> None:
    """Name a file, switch it off or on; its number stays, for letters carry it.

    Raises PermissionDenied.
    """
    _check(by, prefix.office)
    _change(prefix, {"label": label, "is_active": is_active}, office=prefix.office, by=by)


# --- Groups of posts -----------------------------------------------------------------------
@transaction.atomic
def add_group(*, office: Office, name: str, members: Collection[Post], by: User) -> PostGroup:
    """A name under which a decision reaches these posts. Raises AlreadyThere, PermissionDenied."""
    _check(by, office)
    _refuse_common_group(name)
    with _once("name", _group_twice()):
        return make_group(office=office, name=name, posts=members, by=by)


@transaction.atomic
def update_group(
    *,
    group: PostGroup,
    name: str,
    members: Collection[Post],
    since: date,
    is_active: bool,
    by: User,
) -> None:
    """Rename an office's own group, switch it off or on, and say who is in it from a day on.

    Who owed a decision taken before that day still owes it. Raises AlreadyThere,
    PermissionDenied.
    """
    office = _owner(group)
    _check(by, office)
    _refuse_common_group(name)
    with _once("name", _group_twice()):
        _change(group, {"name": name, "is_active": is_active}, office=office, by=by)
    set_group_members(group=group, posts=members, since=since, by=by)


# --- Word templates ------------------------------------------------------------------------
@transaction.atomic
def keep_template(
    *, office: Office, kind: str, content: bytes, filename: str, by: User
) -> WordTemplate:
    """Use the office's own .docx for papers of this kind (a TemplateKind) instead of ours.

    `content` has passed meetings.word.check_template. The file it replaces goes once this is
    certain. Raises PermissionDenied.
    """
    _check(by, office)
    template = _lock_template(office, kind) or WordTemplate(office=office, kind=kind)
    replaced = template.file.name
    template.file = ContentFile(content, name=filename)
    template.filename = filename
    template.uploaded_at, template.uploaded_by = timezone.now(), by
    template.save()
    after = {"kind": kind, "filename": filename}
    record("wordtemplate.keep", template, by=by, office=office, after=after)
    _delete_file(template, replaced)
    return template


@transaction.atomic
def remove_template(*, office: Office, kind: str, by: User) -> None:
    """Go back to our shape; without an own template nothing happens. Raises PermissionDenied."""
    _check(by, office)
    template = _lock_template(office, kind)
    if template is None:
        return
    before = {"kind": kind, "filename": template.filename}
    record("wordtemplate.remove", template, by=by, office=office, before=before)
    _delete_file(template, template.file.name)
    template.delete()


# --- Shared --------------------------------------------------------------------------------
def _check(by: User, office: Office) -> None:
    if not perms.can_arrange_meetings(by, office.pk):
        raise PermissionDenied


def _owner(thing: Phrase | PostGroup) -> Office:
    """The office the thing belongs to; what every office has is nobody's to change."""
    if thing.office is None:
        raise PermissionDenied
    return thing.office


@contextmanager
def _once(field: str, sentence: str) -> Iterator[None]:
    """Says AlreadyThere when the database refuses a second one of the same."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AlreadyThere(field, sentence) from error


def _change(thing: models.Model, fields: Mapping[str, Any], *, office: Office, by: User) -> None:
    """Set what is different; the same form sent twice changes and records nothing more."""
    before = {name: getattr(thing, name) for name in fields}
    changed = {name: value for name, value in fields.items() if before[name] != value}
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    # Somebody may have removed it since it was read.
    if not (changed and rows.update(**changed)):
        return
    record(
        f"{thing._meta.model_name}.update",
        thing,
        by=by,
        office=office,
        before={name: before[name] for name in changed},
        after=changed,
    )


def _topic_twice() -> str:
    return _("এই নামের একটি স্থায়ী বিষয় তালিকায় আগেই আছে; বন্ধ থাকলে সেটিই আবার চালু করুন।")


def _phrase_twice() -> str:
    return _("বাক্যটি এই জায়গার তালিকায় আগেই আছে। অন্যভাবে লিখুন।")


def _group_twice() -> str:
    return _("এই নামের একটি গ্রুপ আগেই আছে। অন্য নাম দিন; বন্ধ থাকলে সেটিই আবার চালু করুন।")


def _refuse_common_phrase(place: str, text: str) -> None:
    """The common sentences are offered to every office already."""
    if Phrase.objects.filter(office__isnull=True, place=place, text=text).exists():
        raise AlreadyThere("text", _phrase_twice())


def _refuse_common_group(name: str) -> None:
    """Two groups of one name could not be told apart in a decision."""
    if PostGroup.objects.filter(office__isnull=True, name=name).exists():
        raise AlreadyThere("name", _group_twice())


def _lock_template(office: Office, kind: str) -> WordTemplate | None:
    """The office's own template; of two who bring or remove one, the second waits here."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    return office.word_templates.filter(kind=kind).first()


def _delete_file(template: WordTemplate, name: str | None) -> None:
    """Delete a stored file as soon as no row can name it again; a file left over harms nobody."""
    if name:
        delete = partial(template.file.storage.delete, name)
        transaction.on_commit(delete, robust=True)
