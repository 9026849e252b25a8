"""Compare a certificate's PDF with the archive for whoever hands it in; nothing is kept."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import files, refusals
from yanxiu.web.public import papers
from yanxiu.web.public.paper_forms import FileForm

# Bytes: a file of a megabyte and what a form puts around it.
_MOST = 1_010_000


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@papers.unlisted
def verify_file(request: HttpRequest) -> HttpResponse:
    """Take a file. How long it is decides first: to look for the form's token is to read it all."""
    if _length(request) > _MOST:
        return _page(request, FileForm(), refused=refusals.FileTooLarge())
    return _taken(request)


@csrf_protect
def _taken(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        compared = files.compare(form.whole(), network=papers.network(request), at=clock.now())
    except Refused as refused:
        return papers.held_up(_page(request, FileForm(), refused=refused), refused)
    return _page(request, FileForm(), compared=compared)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH", "")
    return int(text) if text.isdigit() else 0


def _page(
    request: HttpRequest,
    form: FileForm,
    *,
    compared: files.Comparison | None = None,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"form": form, "compared": compared, "refused": refused, "now": clock.now()}
    status = refused.status if refused else status
    return render(request, "public/verify_file.html", facts, status=status)
