"""Let a confirmed teacher ask for another name or number, follow her request, and take it back."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock, pictures
from yanxiu.foundation.pictures import Picture
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import correcting
from yanxiu.training.organisations import correction_queue, corrections, differences, posts
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Correction
from yanxiu.training.organisations.posts import Standing
from yanxiu.training.organisations.refusals import CorrectionOver, NotVerified, ProofMissing
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity
from yanxiu.web.shared import access, uploads
from yanxiu.web.teacher import correction_words, identity_forms
from yanxiu.web.teacher.identity_forms import IdentityForm


class CorrectionForm(IdentityForm):
    """Take name and number as they should be, why, and what shows it."""

    why = forms.CharField(
        label=gettext_lazy("更正的原因"),
        help_text=gettext_lazy("例如“登记时把‘晓’写成了‘小’”。审核的人会看到这句话。"),
        max_length=corrections.WHY_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("请写明更正的原因，审核的人据此核对。"),
            "max_length": gettext_lazy("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
            **identity_forms.BROKEN,
        },
    )
    # The picture itself is read by `uploads`; the form shows the field and what is wrong with it.
    proof = forms.FileField(
        label=gettext_lazy("证明照片"),
        help_text=gettext_lazy(
            "证件上有姓名和号码那一面的照片。更正证件号码，或姓名改动多于一个字时必须附上。"
            "JPG 或 PNG，不超过 10 MB；只给审核的人看，有结果后即删除。"
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
@uploads.in_memory
def page(request: access.SignedIn) -> HttpResponse:
    """Show how her request stands, or the form for one; take one."""
    standing = posts.confirmed(posts.standings(request.user.person_id))
    if request.method != "POST":
        return _page(request, standing)
    if standing is None:
        raise NotVerified
    form = CorrectionForm(request.POST)
    status = _ask(request, standing, form)
    if form.errors:
        return _page(request, standing, form, status=status)
    return access.see_other(f"{reverse('correction')}?said=asked")


@require_POST
@access.signed_in
def withdrawal(request: access.SignedIn) -> HttpResponse:
    """Take her request back."""
    person = request.user.person
    asked = correction_queue.latest(person.id)
    if asked is None:
        raise CorrectionOver
    corrections.withdraw(asked, by=person, at=clock.now())
    return access.see_other(f"{reverse('correction')}?said=withdrawn")


def _ask(request: access.SignedIn, standing: Standing, form: CorrectionForm) -> int:
    """Hand over what was typed; the form gets every no, and the status of it comes back."""
    is_valid, picture = form.is_valid(), None
    try:
        picture = uploads.picture(request, "proof")
        if is_valid:
            wanted = _wanted(standing, form.cleaned_data, picture)
            correcting.request(request.user.person, wanted, at=clock.now())
            return HTTPStatus.OK
        status: int = HTTPStatus.BAD_REQUEST
    except Refused as refused:
        for field, sentence in _findings(refused):
            form.add_error(field, sentence)
        status = refused.status
    if picture:
        form.add_error("proof", _("文字已保留，请重新选择照片：浏览器不会记住选过的文件。"))
    return status


def _wanted(standing: Standing, typed: dict[str, str], picture: Picture | None) -> Wanted:
    """Return what is asked for; a number left empty is the one that is there."""
    current = standing.verification.identity if standing.verification else None
    number = typed["number"] or (identities.number(current) if current else "")
    proof = picture.jpeg if picture else b""
    return Wanted(typed["name"], typed["document_kind"], number, typed["why"], proof)


def _findings(refused: Refused) -> list[tuple[str | None, str]]:
    """Return the sentences of a no with the field each belongs to."""
    if isinstance(refused, pictures.PictureRefused | ProofMissing):
        return [("proof", refused.message)]
    return identity_forms.findings(refused)


def _page(
    request: access.SignedIn,
    standing: Standing | None,
    form: CorrectionForm | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    asked = correction_queue.latest(request.user.person_id)
    identity = standing.verification.identity if standing and standing.verification else None
    facts = {
        "standing": standing,
        "identity": identity,
        "number": identities.masked_number(identity) if identity else "",
        "asked": asked,
        "difference": differences.of(asked) if asked else None,
        "state": correction_words.of(asked, now=clock.now()) if asked else None,
        "form": form or _form(identity, asked),
        "review": "review" in request.GET,
        "notices": _notices(request),
    }
    return render(request, "teacher/correction.html", facts, status=status)


def _form(identity: Identity | None, asked: Correction | None) -> CorrectionForm:
    """Return the form with what stands now, or with what was asked for and refused."""
    refused = asked if asked and corrections.is_rejected(asked) else None
    said = refused or identity
    initial = {"name": said.name, "document_kind": said.document_kind} if said else {}
    return CorrectionForm(initial=initial | ({"why": refused.why} if refused else {}))


def _notices(request: access.SignedIn) -> list[dict[str, str]]:
    words = {
        "asked": _("更正申请已提交。审核期间，您的认证和证书不受影响。"),
        "withdrawn": _("更正申请已撤回，您的信息没有改变。"),
    }
    said = words.get(request.GET.get("said", ""))
    return [{"kind": "done", "text": said}] if said else []
