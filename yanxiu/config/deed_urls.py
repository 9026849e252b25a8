"""Say which pages the deeds of two officers have: revocations, readmissions, amendments."""

from django.urls import path

from yanxiu.web.office import amending, amendments, readmissions, revocations

PATTERNS = [
    path(
        "office/certificates/<uuid:certificate_id>/",
        revocations.certificate,
        name="office_certificate",
    ),
    path(
        "office/certificates/<uuid:certificate_id>/revocation/",
        revocations.propose,
        name="office_certificate_revocation",
    ),
    path("office/revocations/", revocations.waiting, name="office_revocations"),
    path("office/revocations/<uuid:proposal_id>/", revocations.proposal, name="office_revocation"),
    path(
        "office/certificates/<uuid:certificate_id>/readmission/",
        readmissions.propose,
        name="office_certificate_readmission",
    ),
    path(
        "office/readmissions/<uuid:proposal_id>/", readmissions.proposal, name="office_readmission"
    ),
    path(
        "office/teachers/<uuid:person_id>/courses/<uuid:course_id>/amendment/",
        amending.propose,
        name="office_teacher_amendment",
    ),
    path("office/amendments/", amendments.page, name="office_amendments"),
    path("office/amendments/<uuid:amendment_id>/", amendments.case, name="office_amendment"),
]
