"""List the certificates of the officer's branch, and pack those of a school for download."""

from http import HTTPStatus

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.certificates import listing
from yanxiu.training.certificates.listing import Wanted
from yanxiu.training.journeys import exporting
from yanxiu.training.organisations import grants, scopes
from yanxiu.training.organisations.models import School
from yanxiu.web.shared import access


class WantedForm(forms.Form):
    """Take which certificates are wanted; what is left out has its default."""

    training = forms.SlugField(required=False, max_length=40)
    school = forms.CharField(required=False, max_length=10)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[(name, label) for name, (label, _condition) in listing.STATES.items()],
    )
    q = forms.CharField(
        label=gettext_lazy("姓名或证书编号"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    after = forms.UUIDField(required=False)

    def clean_state(self) -> str:
        """Return the state; what counts, unless asked otherwise."""
        return self.cleaned_data["state"] or "valid"


class ArchiveForm(forms.Form):
    """Take whose certificates of which training are to be packed."""

    training = forms.SlugField(max_length=40)
    school = forms.CharField(max_length=10)


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List certificates by training, state, school, name or number; all stands in the address."""
    form = WantedForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    every = trainings.every()
    training = _chosen(every, typed.get("training", ""))
    school = _school(request, typed.get("school", ""))
    wanted = Wanted(training.id, typed.get("state", "valid"), typed.get("q", ""), school)
    facts = {
        "form": form,
        "trainings": every,
        "training": training,
        "school": school,
        "is_narrowed": bool(wanted.text) or wanted.state != "valid",
        "page": listing.page(request.held, wanted, after=typed.get("after")),
        "is_first": not typed.get("after"),
        "signs": scopes.revocation_proposals.ever("countersign", request.held),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/certificates.html", facts, status=status)


@require_POST
@access.office
def archive(request: access.Office) -> HttpResponse:
    """Begin to pack a school's certificates of a training; the page of the export shows how far."""
    form = ArchiveForm(request.POST)
    school = _school(request, form.cleaned_data["school"]) if form.is_valid() else None
    outline = trainings.get(form.cleaned_data["training"]) if form.is_valid() else None
    if school is None or outline is None:
        raise Http404
    training = outline.training
    export = exporting.ask(
        "papers",
        path=school.path,
        wanted={"training": training.slug, "node": school.name, "title": training.title},
        held=request.held,
        by=request.user.person,
        at=clock.now(),
    )
    return access.see_other("office_export", export.id)


def _chosen(every: list[Training], slug: str) -> Training:
    """Return the training of this address, else the first that is shown; 404 for an unknown one."""
    found = next((each for each in every if each.slug == slug), None)
    if found is None and (slug or not every):
        raise Http404
    return found or every[0]


def _school(request: access.Office, code: str) -> School | None:
    """Return the school asked for, else her only one, else None; 404 outside of the branch."""
    if code:
        school = grants.schools(request.held).filter(code=code).first()
        if school is None:
            raise Http404
        return school
    [*held] = request.held
    return held[0].school if len(held) == 1 else None
