"""Gather what the page of a certificate shows: the masked paper, or every reason against it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yanxiu.foundation import periods
from yanxiu.training.certificates import issuing, papers, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.snapshots import Snapshot
from yanxiu.training.certificates.standing import Way
from yanxiu.training.people import masking
from yanxiu.web.shared import path, platform_frame
from yanxiu.web.shared.templatetags import yx
from yanxiu.web.teacher import overview


def facts(way: Way, *, has_identity: bool, at: datetime) -> dict[str, object]:
    """Return what the page shows; `state` is issued, revoked, queued, ready or not_yet."""
    training = way.progress.outline.training
    shown: dict[str, object] = platform_frame.below(training) | {
        "training": training,
        "state": way.state,
        "hold": overview.hold(way, at),
    }
    if way.certificate:
        return shown | _issued(way.certificate)
    shown["revoked_before"] = way.readmitted
    if way.reasons:
        steps = path.steps(way, has_identity=has_identity, at=at)
        return shown | {"headline": path.headline(way, at=at), "steps": steps}
    draft = issuing.drafted(way, at=at)
    edition = way.readmitted.edition + 1 if way.readmitted else 1
    shown |= {"paper": _preview(draft, at) | {"edition": edition}, "seen": draft.digest}
    return shown | ({"state": "queued", "characters": way.unset} if way.unset else {})


def _issued(certificate: Certificate) -> dict[str, object]:
    told = papers.facts(certificate, address=settings.YANXIU_ADDRESS)
    shown = _preview(snapshots.of(certificate), certificate.issued_at)
    return {
        "paper": shown
        | {
            "number": told.number,
            "check_code": told.check_code,
            "verify_url": told.verify_url,
            "edition": told.edition,
        },
        "certificate": certificate,
        "revocation": getattr(certificate, "revocation", None),
        "is_signed": standing.is_signed(certificate),
        "download_url": reverse("paper", args=[certificate.token]),
        "verify_url": reverse("verify_token", args=[certificate.token]),
    }


@translation.override(settings.LANGUAGE_CODE)
def _preview(told: Snapshot, at: datetime) -> dict[str, object]:
    """Return the paper as the screen shows it: name and number covered, in Chinese as issued."""
    return {
        "name": masking.name(told.holder_name),
        "document_kind": told.document_kind,
        "document_number": masking.document_number(told.document_number),
        "since": _day(told.enrolled_at),
        "until": _day(told.completed_at),
        "training": told.training_title,
        "hours": told.hours,
        "courses": told.courses,
        "school": told.school_name,
        "number": _("领取后生成"),
        "check_code": _("领取后生成"),
        "issuer": told.authority,
        "issued_on": yx.date_cn_long(at),
    }


def _day(instant: str) -> str:
    return yx.date_cn_long(datetime.fromisoformat(instant).astimezone(periods.CHINA).date())
