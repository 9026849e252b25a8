"""Take files that come with a form into memory alone: nothing meets a disk as it was sent."""

import io
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yanxiu.foundation import pictures
from yanxiu.foundation.pictures import Picture
from yanxiu.foundation.refusals import Refused

# Bytes that a form may put around a file; past them nothing is read, and the whole is refused.
AROUND = 1024 * 1024


class FileTooLarge(Refused):
    """Refuse a file of which not even the form around it was read."""

    code = "file_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    sentence = _("文件超过 %(most_mb)s MB，没有保存任何内容。请返回，换一个小一些的文件。")


class InMemory(FileUploadHandler):
    """Keep a file of up to `most` bytes; of a larger one only its size stays known."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next piece unless the file has become too large."""
        if start + len(raw_data) <= self.most:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return what was kept, with the size of what came."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            *(self.kept, self.field_name, self.file_name or ""),
            *(self.content_type or "", file_size, self.charset),
        )


type View[R: HttpRequest, **P] = Callable[Concatenate[R, P], HttpResponse]


def at_most[R: HttpRequest, **P](
    most: int, *, files: int = 1
) -> Callable[[View[R, P]], View[R, P]]:
    """Let a view's form bring files of up to `most` bytes: they are taken into memory.

    Of one that is a little larger the size alone is known, so that the view can say no in its own
    words. Whoever serves the view reads `body_most` bytes for it.
    """

    def taken(view: View[R, P]) -> View[R, P]:
        protected, body_most = csrf_protect(view), most * files + AROUND

        # The token stands in the form, which may only be read once it is said how.
        @csrf_exempt
        @wraps(view)
        def taking(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > body_most:
                raise FileTooLarge(most_mb=most * files // 1024 // 1024)
            request.upload_handlers = [InMemory(request, most)]
            return protected(request, *args, **kwargs)

        taking.body_most = body_most  # type: ignore[attr-defined]  # views may carry marks
        return taking

    return taken


def in_memory[R: HttpRequest, **P](view: View[R, P]) -> View[R, P]:
    """Let a view's form bring pictures: they are taken into memory, before the form is read."""
    return at_most(pictures.MOST_BYTES)(view)


def picture(request: HttpRequest, name: str) -> Picture | None:
    """Return the picture in a field of the form, or None where there is none.

    Raises what `pictures.taken` raises.
    """
    sent = request.FILES.get(name)
    return None if sent is None else _taken(sent)


def several(request: HttpRequest, name: str, *, most: int) -> list[Picture]:
    """Return the pictures in a field of the form, of which no more than `most` + 1 are looked at.

    Raises what `pictures.taken` raises.
    """
    return [_taken(sent) for sent in request.FILES.getlist(name)[: most + 1]]


def _taken(sent: UploadedFile[bytes]) -> Picture:
    if (sent.size or 0) > pictures.MOST_BYTES:
        raise pictures.PictureTooLarge
    return pictures.taken(sent.read())
