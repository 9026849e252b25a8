"""Show a refusal once for all: a page for people, JSON for programs, a fragment for htmx."""

import logging
import sys
from http import HTTPStatus

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.web.shared import help_line
from yanxiu.web.shared import middleware as tracing

log = logging.getLogger(__name__)

# Where only programs ask; every answer there is JSON, whatever the request looked like.
PROGRAMS = "/learning/"
# A page that asks for a part of itself shows a no in the place of all it shows, and asks no more.
INSTEAD = {"HX-Retarget": "#content", "HX-Reselect": "#content", "HX-Reswap": "outerHTML"}
# After this many seconds it is worth asking again for what is not available now.
RETRY_S = 5
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# The database is away, has no room, or takes too long: nothing is wrong with the request.
AWAY = (OperationalError, InterfaceError)


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


class TooLarge(Malformed):
    """Refuse a body that is larger than any form of ours."""

    code = "too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = _("提交的内容过大，没有改变任何数据。请减少内容后重试。")


class NotTaken(Malformed):
    """Refuse a method that the address does not take, such as to sign out by a link."""

    code = "method_not_allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED
    sentence = _("这个地址不接受这种请求，没有改变任何数据。请返回上一页重试。")


class Unavailable(Refused):
    """Ask to come back: the database cannot be reached or has no room."""

    code = "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("系统繁忙，没有改变任何数据。请过几秒钟再试。")


class Unforeseen(Refused):
    """Tell that something broke here."""

    code = "unforeseen"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence = _("操作未完成，您的数据没有改变。请稍后重试。")


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
    """Give words to a method that is not taken; Django hands `Refused` to `process_exception`."""

    def worded(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        said = shown(request, NotTaken())
        said["Allow"] = response["Allow"]
        return said

    worded.process_exception = process_exception  # type: ignore[attr-defined]  # Django's hook
    return worded


def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Answer a `Refused`; leave everything else to become a 500 and an alarm."""
    return shown(request, error) if isinstance(error, Refused) else None


def shown(request: HttpRequest, refused: Refused, template: str = "refusal.html") -> HttpResponse:
    """Return the refusal in the form that the asker reads."""
    if is_program(request):
        return as_json(request, refused)
    facts = {"refused": refused, "trace": tracing.number(request)}
    answer = render(request, template, facts, status=refused.status)
    is_part = request.headers.get("HX-Request") == "true"
    for name, value in INSTEAD.items() if is_part else ():
        answer[name] = value
    return answer


def as_json(request: HttpRequest, refused: Refused) -> JsonResponse:
    """Return the refusal as `{"code", "message", "trace"}`."""
    answer = {
        "code": refused.code,
        "message": refused.message,
        "trace": tracing.number(request),
    }
    later = refused.status == HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(
        answer,
        status=refused.status,
        json_dumps_params={"ensure_ascii": False},
        headers={"Retry-After": str(RETRY_S)} if later else None,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose form token is missing or wrong."""
    log.info("csrf: %s", reason)
    return shown(request, Forged())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read, or that is too large to be read."""
    if isinstance(exception, TOO_MUCH):
        return shown(request, TooLarge())
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
    """Answer for what nobody foresaw, without touching the database again; 503 when it is away."""
    is_away = isinstance(sys.exception(), AWAY)
    refused = Unavailable() if is_away else Unforeseen()
    if is_program(request):
        return as_json(request, refused)
    facts = {"trace": tracing.number(request), "help_line": help_line.at(clock.now())}
    page = loader.get_template("503.html" if is_away else "500.html").render(facts)
    headers = {"Retry-After": str(RETRY_S)} if is_away else None
    return HttpResponse(page, status=refused.status, headers=headers)


def is_program(request: HttpRequest) -> bool:
    """Tell whether a program asks, which reads JSON alone."""
    named = request.path.endswith(".json") or request.path.startswith(PROGRAMS)
    return named or request.content_type == "application/json"
