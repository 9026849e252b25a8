"""Show a refusal once for all: a page for people, JSON for programs, a fragment for htmx."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation.refusals import Refused
from yanxiu.web.shared import middleware as tracing

log = logging.getLogger(__name__)


class Unsigned(Refused):
    """Ask for a sign-in where only programs look, so that a redirect would not help."""

    code = "not_signed_in"
    status = HTTPStatus.UNAUTHORIZED
    sentence = _("登录已过期。学习记录已保存在本机，请重新登录后继续。")


class Malformed(Refused):
    """Refuse a body that is not what the address takes."""

    code = "malformed"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("请求格式有误，没有改变任何数据。请刷新页面后重试。")


class Forged(Refused):
    """Refuse a form that did not come from our page, or from one opened long ago."""

    code = "csrf"
    status = HTTPStatus.FORBIDDEN
    sentence = _("页面已过期，没有提交成功。请返回上一页刷新后重新提交。")


class Forbidden(Refused):
    """Refuse what this person may not do here."""

    code = "forbidden"
    status = HTTPStatus.FORBIDDEN
    sentence = _("您的账号不能做这件事，没有改变任何数据。")


class Missing(Refused):
    """Tell that something is not there, or not for this person: nobody can tell which."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    sentence = _("未找到该内容或您无权查看。")


def middleware(answer: tracing.Answer) -> tracing.Answer:
    """Catch nothing itself; Django hands `Refused` to `process_exception` below."""

    def unchanged(request: HttpRequest) -> HttpResponse:
        return answer(request)

    unchanged.process_exception = process_exception  # type: ignore[attr-defined]  # Django's hook
    return unchanged


def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Answer a `Refused`; leave everything else to become a 500 and an alarm."""
    return shown(request, error) if isinstance(error, Refused) else None


def shown(request: HttpRequest, refused: Refused, template: str = "refusal.html") -> HttpResponse:
    """Return the refusal in the form that the asker reads."""
    if request.path.endswith(".json") or request.content_type == "application/json":
        return as_json(request, refused)
    facts = {"refused": refused, "trace": tracing.number(request)}
    return render(request, template, facts, status=refused.status)


def as_json(request: HttpRequest, refused: Refused) -> JsonResponse:
    """Return the refusal as `{"code", "message", "trace"}`."""
    answer = {
        "code": refused.code,
        "message": refused.message,
        "trace": tracing.number(request),
    }
    return JsonResponse(answer, status=refused.status, json_dumps_params={"ensure_ascii": False})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose form token is missing or wrong."""
    log.info("csrf: %s", reason)
    return shown(request, Forged())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read."""
    del exception
    return shown(request, Malformed(), "400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not do this here."""
    del exception
    return shown(request, Forbidden(), "403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what is not there, or not for this person: nobody can tell which."""
    del exception
    return shown(request, Missing(), "404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what nobody foresaw, without touching the database again."""
    facts = {"trace": tracing.number(request)}
    page = loader.get_template("500.html").render(facts)
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
