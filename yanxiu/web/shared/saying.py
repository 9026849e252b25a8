"""Take what somebody says in a ticket: a text with pictures, of which a draft is kept."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation import clock, pictures
from yanxiu.foundation.refusals import Refused
from yanxiu.training.support import drafts, refusals, tickets
from yanxiu.training.support.models import Ticket
from yanxiu.training.support.tickets import Said
from yanxiu.web.shared import access, uploads

# What a script sends that keeps a draft while somebody writes: no page is wanted then.
BY_SCRIPT = "X-Draft"
BROKEN = {"null_characters_not_allowed": gettext_lazy("内容里有不支持的字符，请重新输入。")}
with_pictures = uploads.at_most(pictures.MOST_BYTES, files=tickets.PICTURES_MOST)


class SeveralFiles(forms.ClearableFileInput):
    """Be a field in which several files are chosen."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class Saying(forms.Form):
    """Take a text; the pictures are read by `uploads`, the form shows the field."""

    text = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("最多 2,000 字。请不要写身份证号码和密码，客服不需要它们。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": refusals.NothingSaid.sentence} | BROKEN,
    )
    pictures = forms.FileField(
        label=gettext_lazy("图片"),
        help_text=gettext_lazy(
            "最多 3 张 JPG 或 PNG，每张不超过 10 MB。办结后 7 天内删除，最长保存 30 天。"
        ),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png", "multiple": True}),
    )


def send[T](
    request: access.SignedIn, form: Saying, found: Ticket | None, say: Callable[[Said], T]
) -> tuple[int, T | None]:
    """Hand over what was typed and return what came of it; the form gets every no.

    What is refused stays as a draft for the ticket `found`, or for a new one.
    """
    is_valid, taken = form.is_valid(), []
    try:
        taken = uploads.several(request, "pictures", most=tickets.PICTURES_MOST)
        if is_valid:
            return HTTPStatus.OK, say(Said(form.cleaned_data["text"], taken))
        status: int = HTTPStatus.BAD_REQUEST
    except Refused as refused:
        form.add_error(_field(refused), refused.message)
        status = refused.status
    keep(request, found)
    if taken:
        form.add_error("pictures", _("文字已保留，请重新选择图片：浏览器不会记住选过的文件。"))
    return status, None


def kept(request: access.SignedIn, found: Ticket | None) -> HttpResponse | None:
    """Keep or discard a draft where that is what was asked for, and answer; else return None."""
    if "discard" in request.POST:
        drafts.drop(request.user.person, found)
        return access.see_other(request.path)
    if "keep" not in request.POST:
        return None
    keep(request, found)
    if BY_SCRIPT in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return access.see_other(f"{request.path}?done=kept")


def keep(request: access.SignedIn, found: Ticket | None, *, more: str = "") -> None:
    """Keep what stands in the form as a draft, with `more` below it."""
    typed, topic = (request.POST.get(name, "").replace("\0", "") for name in ("text", "topic"))
    text = "\n".join(filter(None, (typed.rstrip(), more))) if more else typed
    known = topic if topic in Ticket.Topic.values else ""
    drafts.keep(request.user.person, found, topic=known, text=text, at=clock.now())


def picture(found: bytes) -> HttpResponse:
    """Hand out a picture so that a browser takes it for nothing else."""
    answer = HttpResponse(found, content_type="image/jpeg")
    answer["Content-Disposition"] = 'inline; filename="picture.jpg"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _field(refused: Refused) -> str | None:
    """Return the field that a no belongs to, None where it is about the whole."""
    if isinstance(refused, pictures.PictureRefused | refusals.TooManyPictures):
        return "pictures"
    return "text" if isinstance(refused, refusals.NothingSaid | refusals.SaidTooMuch) else None
