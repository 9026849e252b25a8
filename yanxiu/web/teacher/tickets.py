"""Let a person ask the help desk: write with pictures, keep a draft, follow the answer."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock, pictures
from yanxiu.foundation.refusals import Refused
from yanxiu.training.support import attachments, drafts, listing, refusals, tickets
from yanxiu.training.support.models import Draft, Ticket
from yanxiu.training.support.tickets import Said
from yanxiu.web.shared import access, ticket_words, uploads

# What a script sends that keeps a draft while somebody writes: no page is wanted then.
BY_SCRIPT = "X-Draft"
_BROKEN = {"null_characters_not_allowed": gettext_lazy("内容里有不支持的字符，请重新输入。")}


class SeveralFiles(forms.ClearableFileInput):
    """Be a field in which several files are chosen."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class More(forms.Form):
    """Take a text; the pictures are read by `uploads`, the form shows the field."""

    text = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("最多 2,000 字。请不要写身份证号码和密码，客服不需要它们。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": refusals.NothingSaid.sentence} | _BROKEN,
    )
    pictures = forms.FileField(
        label=gettext_lazy("图片"),
        help_text=gettext_lazy(
            "最多 3 张 JPG 或 PNG，每张不超过 10 MB。办结后 7 天内删除，最长保存 30 天。"
        ),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png", "multiple": True}),
    )


class Asking(More):
    """Take a topic and a text."""

    topic = forms.ChoiceField(
        label=gettext_lazy("问题类别"),
        choices=Ticket.Topic.choices,
        error_messages={
            "required": gettext_lazy("请选择问题类别。"),
            "invalid_choice": gettext_lazy("请从列表中选择问题类别。"),
        },
    )
    field_order = ("topic", "text", "pictures")


_with_pictures = uploads.at_most(pictures.MOST_BYTES, files=tickets.PICTURES_MOST)


@require_safe
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """List her tickets with whose turn it is, the latest first."""
    now = clock.now()
    found = listing.of(request.user.person_id, after=_id(request.GET.get("after", "")), at=now)
    facts = {
        "rows": [(row, ticket_words.of(row)) for row in found.rows],
        "onward": f"{request.path}?after={found.onward}" if found.onward else None,
        "is_first": "after" not in request.GET,
        "draft": drafts.of(request.user.person_id, None),
        "now": now,
    }
    return render(request, "teacher/me_tickets.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@_with_pictures
def new(request: access.SignedIn) -> HttpResponse:
    """Show the form for a new ticket with what was drafted; open it."""
    if request.method != "POST":
        return _new(request, None)
    if kept := _kept(request, None):
        return kept
    form = Asking(request.POST)
    status, opened = _send(request, form, None)
    if opened is None:
        return _new(request, form, status=status)
    return access.see_other(f"{reverse('my_ticket', args=[opened.pk])}?done=opened")


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@_with_pictures
def ticket(request: access.SignedIn, ticket_id: UUID) -> HttpResponse:
    """Show what was said in a ticket of hers; add to it."""
    found = _found(request, ticket_id)
    if request.method != "POST":
        return _ticket(request, found, None)
    if kept := _kept(request, found):
        return kept
    form = More(request.POST)
    status, written = _send(request, form, found)
    if written is None:
        return _ticket(request, found, form, status=status)
    return access.see_other(f"{request.path}?done=written")


@require_POST
@access.signed_in
def closing(request: access.SignedIn, ticket_id: UUID) -> HttpResponse:
    """End a ticket of hers: solved, or not wanted any more."""
    found = _found(request, ticket_id)
    tickets.withdraw(found, by=request.user.person, at=clock.now())
    return access.see_other(f"{reverse('my_ticket', args=[found.pk])}?done=closed")


@require_safe
@access.signed_in
def picture(request: access.SignedIn, attachment_id: UUID) -> HttpResponse:
    """Hand out a picture of one of her own tickets."""
    found = attachments.own(request.user.person_id, attachment_id)
    if found is None:
        raise Http404
    answer = HttpResponse(found, content_type="image/jpeg")
    answer["Content-Disposition"] = 'inline; filename="picture.jpg"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _send(request: access.SignedIn, form: More, found: Ticket | None) -> tuple[int, Ticket | None]:
    """Hand over what was typed and return the ticket; the form gets every no, a draft is kept."""
    is_valid, taken = form.is_valid(), []
    try:
        taken = uploads.several(request, "pictures", most=tickets.PICTURES_MOST)
        if is_valid:
            return HTTPStatus.OK, _hand_over(request, form, found, taken)
        status: int = HTTPStatus.BAD_REQUEST
    except Refused as refused:
        form.add_error(_field(refused), refused.message)
        status = refused.status
    _keep(request, found)
    if taken:
        form.add_error("pictures", _("文字已保留，请重新选择图片：浏览器不会记住选过的文件。"))
    return status, None


def _hand_over(
    request: access.SignedIn,
    form: More,
    found: Ticket | None,
    taken: list[pictures.Picture],
) -> Ticket:
    said, by, at = Said(form.cleaned_data["text"], taken), request.user.person, clock.now()
    if found is None:
        return tickets.open_new(by, form.cleaned_data["topic"], said, at=at)
    tickets.write(found, said, by=by, at=at)
    return found


def _field(refused: Refused) -> str | None:
    """Return the field that a no belongs to, None where it is about the whole."""
    if isinstance(refused, pictures.PictureRefused | refusals.TooManyPictures):
        return "pictures"
    return "text" if isinstance(refused, refusals.NothingSaid | refusals.SaidTooMuch) else None


def _kept(request: access.SignedIn, found: Ticket | None) -> HttpResponse | None:
    """Keep or discard a draft where that is what was asked for, and answer; else return None."""
    if "discard" in request.POST:
        drafts.drop(request.user.person, found)
        return access.see_other(request.path)
    if "keep" not in request.POST:
        return None
    _keep(request, found)
    if BY_SCRIPT in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return access.see_other(f"{request.path}?done=kept")


def _keep(request: access.SignedIn, found: Ticket | None) -> None:
    text, topic = (request.POST.get(name, "").replace("\0", "") for name in ("text", "topic"))
    known = topic if topic in Ticket.Topic.values else ""
    drafts.keep(request.user.person, found, topic=known, text=text, at=clock.now())


def _new(
    request: access.SignedIn, form: Asking | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    draft = drafts.of(request.user.person_id, None)
    topic = request.GET.get("topic", "")
    initial = {"topic": draft.topic if draft else topic, "text": draft.text if draft else ""}
    facts = {"form": form or Asking(initial=initial)} | _drafted(request, form, draft)
    return render(request, "teacher/ticket_new.html", facts, status=status)


def _ticket(
    request: access.SignedIn, found: Ticket, form: More | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    now, draft = clock.now(), drafts.of(request.user.person_id, found)
    row = listing.row(found, at=now)
    facts = {
        "row": row,
        "said": ticket_words.of(row),
        "is_closed": row.state == listing.State.CLOSED,
        "messages": tickets.conversation(found),
        "form": form or More(initial={"text": draft.text if draft else ""}),
        "reopens_days": tickets.REOPENS_FOR.days,
    }
    facts |= _drafted(request, form, draft)
    return render(request, "teacher/ticket.html", facts, status=status)


def _drafted(request: access.SignedIn, form: More | None, draft: Draft | None) -> dict[str, object]:
    words = {
        "kept": _("草稿已保存，随时可以接着写。"),
        "opened": _("工单已提交。有了答复会通知您，您不用等在这里。"),
        "written": _("补充的内容已提交。"),
        "closed": _("工单已办结。谢谢您告诉我们。"),
    }
    done = words.get(request.GET.get("done", ""))
    return {
        "draft": None if form else draft,
        "now": clock.now(),
        "notices": [{"kind": "done", "text": done}] if done else [],
    }


def _found(request: access.SignedIn, ticket_id: UUID) -> Ticket:
    found = listing.own(request.user.person_id, ticket_id)
    if found is None:
        raise Http404
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
