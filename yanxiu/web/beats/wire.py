"""Read beats strictly and write answers: what crosses the wire, and the words for what may not."""

import secrets
from http import HTTPStatus
from typing import Annotated, ClassVar

import msgspec

from yanxiu.training.learning import deciding, sealing

MAX_BYTES = 16 * 1024
MAX_SPANS = 200
# Seconds: the players wait longer after every further refusal.
AGAIN_AFTER_S = range(5, 16)
# int4multirange holds no more; it is 24 days of video.
MAX_MS = 2**31 - 1

type Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)]


class Fault(Exception):
    """Refuse a request as a whole: with a code for programs and a sentence for people."""

    code: ClassVar[str]
    status: ClassVar[HTTPStatus]
    sentence: ClassVar[str]

    def headers(self) -> list[tuple[str, str]]:
        """Return what the answer's headers say beside the usual."""
        return []


class NotPosted(Fault):
    """Take beats by POST only."""

    code = "method_not_allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED
    sentence = "此地址只接收学习记录，没有改变任何数据。"

    def headers(self) -> list[tuple[str, str]]:
        """Name the method."""
        return [("allow", "POST")]


class WrongType(Fault):
    """Take JSON only."""

    code = "unsupported_type"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    sentence = "请求类型不支持，本次未计入，本机记录已保留。"


class TooLarge(Fault):
    """Take 16 KiB at most."""

    code = "beat_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = "单次补传内容过大，请分批（系统将自动分批）。"


class TooManySpans(Fault):
    """Take 200 spans at most."""

    code = "too_many_spans"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = TooLarge.sentence


class Malformed(Fault):
    """Take nothing of a body that is not a beat: guessing could lose or invent time."""

    code = "beat_malformed"
    status = HTTPStatus.BAD_REQUEST
    sentence = "学习记录格式有误，本次未计入，本机记录已保留。"


class LeaseUnknown(Fault):
    """Refuse a lease that we did not seal."""

    code = "lease_unknown"
    status = HTTPStatus.FORBIDDEN
    sentence = "学习凭证无效，本次未计入，本机记录已保留，请刷新页面后继续。"


class LeaseExpired(Fault):
    """Refuse a lease older than a week; a new one takes the same spans."""

    code = "lease_expired"
    status = HTTPStatus.UNAUTHORIZED
    sentence = "学习凭证已过期，本机记录已保留，请刷新页面后继续。"

    def headers(self) -> list[tuple[str, str]]:
        """Say that another lease helps."""
        return [("www-authenticate", "Lease")]


class Busy(Fault):
    """Ask to send the beat again later: nothing was written."""

    code = "busy"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "暂时无法保存到服务器，您的学习记录已保存在本机，恢复后会自动补传，请不要清除缓存。"

    def __init__(self, again_after_s: int | None = None) -> None:
        """Come again then: not the same to all, or they would come back together."""
        super().__init__()
        self.again_after_s = again_after_s or secrets.choice(AGAIN_AFTER_S)

    def headers(self) -> list[tuple[str, str]]:
        """Say after how many seconds."""
        return [("retry-after", str(self.again_after_s))]


class Unforeseen(Fault):
    """Tell that something broke here."""

    code = "unforeseen"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence = "操作未完成，您的数据没有改变，本机记录已保留，稍后会自动重试。"


class _Report(msgspec.Struct, gc=False):
    lease: str
    spans: list[tuple[Milliseconds, Milliseconds]]
    position_ms: Milliseconds | None = None


class _Refused(msgspec.Struct):
    code: str
    message: str
    trace: str


_decoder = msgspec.json.Decoder(_Report)
_encoder = msgspec.json.Encoder()


def read(body: bytes) -> deciding.Beat:
    """Return the beat in a body; raise a `Fault` for anything else."""
    try:
        report = _decoder.decode(body)
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if len(report.spans) > MAX_SPANS:
        raise TooManySpans
    for start, end in report.spans:
        if start > end:
            raise Malformed
    try:
        lease = sealing.unseal(report.lease)
    except sealing.Unknown as error:
        raise LeaseUnknown from error
    return deciding.Beat(lease, report.spans, report.position_ms)


def answer(given: deciding.Answer) -> bytes:
    """Return the answer to a settled beat as JSON."""
    return _encoder.encode(given)


def fault(refused: Fault, trace: str) -> bytes:
    """Return a refusal as JSON; `trace` stands in the log too."""
    return _encoder.encode(_Refused(refused.code, refused.sentence, trace))
