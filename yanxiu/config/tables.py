"""Bring tables and rights up to date; runs as the owner."""

from django.core.management import call_command
from django.db import connections

from yanxiu.foundation import clock, postgres, shards, walls
from yanxiu.foundation.walls import Kept
from yanxiu.training.certificates import signers

# Rows here are only ever added, by whatever role: awards, the trail, certificates.
APPEND_ONLY = (
    *("learning_completion", "trail_entry"),
    *("organisations_decision", "organisations_correctionanswer", "organisations_schoolchange"),
    *("organisations_batch", "organisations_phonechangeanswer"),
    *("certificates_certificate", "certificates_supersession", "certificates_revocation"),
    *("certificates_paper", "certificates_objection"),
    *("certificates_readmission", "certificates_readmissionobjection"),
    *("support_look", "support_merge", "learning_reply"),
    *("credits_ledgerentry", "credits_amendmentanswer"),
    *("integrity_doubt", "integrity_clearance", "integrity_lift", "integrity_appealanswer"),
)

# All that the hot path touches, and what `/metrics` tells of the hours.
BEATS = {
    **dict.fromkeys(
        ("learning_allowance", "learning_coverage", "learning_completion", "learning_pulse"),
        "SELECT, INSERT, UPDATE",
    ),
    "credits_ledgermark": "SELECT",
}

# What grows with watching: spread over machines by the person, once there are several.
GROWING = (
    *("learning_allowance", "learning_coverage", "learning_completion", "learning_viewing"),
    *("learning_question", "learning_reply", "credits_ledgerentry"),
)

# Two for each of four machines (docs/operations.md).
SHARDS = 8

# Pages hand jobs over and change none; jobs are run by `work` alone.
JOBS = (
    *("procrastinate_jobs", "procrastinate_events"),
    *("procrastinate_workers", "procrastinate_periodic_defers"),
)

_OF_SCHOOL = Kept("school_id", "organisations_school", is_register=True)
_OF_COUNTY = Kept("county_id", "organisations_region", key="code", is_register=True)
_OF_POST = Kept("post_id", "organisations_post")
# Whoever sees a post of hers sees what is doubted and held of her hours, wherever it was found.
_OF_TEACHER = Kept("person_id", "organisations_post", key="person_id")

# What officers see of their branch alone, by the row that says whose it is. Regions and schools are
# the register, open to everybody; what a row says beyond them is kept with the row it answers.
WALLS = {
    **dict.fromkeys(("trail_entry", "organisations_officer", "organisations_import"), Kept()),
    "organisations_importrow": Kept("import_id", "organisations_import"),
    "organisations_post": _OF_SCHOOL,
    "organisations_rosterentry": _OF_SCHOOL,
    "organisations_studententry": _OF_SCHOOL,
    "organisations_typeproposal": _OF_SCHOOL,
    "organisations_typeanswer": Kept("proposal_id", "organisations_typeproposal"),
    "organisations_schoolrequest": _OF_COUNTY,
    "organisations_schoolanswer": Kept("request_id", "organisations_schoolrequest"),
    "organisations_verification": _OF_POST,
    "organisations_decision": Kept("verification_id", "organisations_verification"),
    "organisations_correction": _OF_POST,
    "organisations_correctionanswer": Kept("correction_id", "organisations_correction"),
    "organisations_phonechange": _OF_POST,
    "organisations_phonechangeanswer": Kept("change_id", "organisations_phonechange"),
    "credits_amendment": Kept(),
    "credits_amendmentanswer": Kept("amendment_id", "credits_amendment"),
    "integrity_doubt": _OF_TEACHER,
    "integrity_clearance": Kept("doubt_id", "integrity_doubt"),
    "integrity_hold": _OF_TEACHER,
    "integrity_lift": Kept("hold_id", "integrity_hold"),
    "integrity_appeal": Kept("hold_id", "integrity_hold"),
    "integrity_appealanswer": Kept("appeal_id", "integrity_appeal"),
    "certificates_certificate": Kept(),
    "certificates_revocationproposal": Kept("certificate_id", "certificates_certificate"),
    "certificates_objection": Kept("proposal_id", "certificates_revocationproposal"),
    # A revocation bears the key of its certificate.
    "certificates_readmissionproposal": Kept("revocation_id", "certificates_certificate"),
    "certificates_readmissionobjection": Kept("proposal_id", "certificates_readmissionproposal"),
    **dict.fromkeys(
        ("reports_standing", "reports_figures", "reports_export", "reports_reminder"), Kept()
    ),
}


# Nobody but the owner may write who signs; the keys jobs alone may read.
SIGNERS = ("certificates_signer",)
KEYS = ("certificates_signingkey",)


def migrate() -> None:
    """Migrate as the owner, give each role the rights it needs, no more, and see to a signer."""
    owner = connections["owner"]
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.ensure_connection()
    postgres.grant(
        owner.connection,
        append_only=APPEND_ONLY,
        beats=BEATS,
        jobs=JOBS,
        fixed=SIGNERS,
        keys=KEYS,
    )
    walls.build(owner.connection, WALLS)
    signers.ensure(at=clock.now())
    owner.close()


def distribute(shard_count: int = SHARDS) -> str:
    """Spread what grows over the machines of a Citus cluster; return what was done, in a sentence.

    A batch of beats costs a statement a shard, and no more machines than shards can be used.
    Raises `shards.NoCitus` where there is no Citus.
    """
    owner = connections["owner"]
    owner.ensure_connection()
    fresh = shards.spread(owner.connection, GROWING, key="person_id", shards=shard_count)
    owner.close()
    kept = f"{len(GROWING)} tables are distributed by person"
    return f"{kept}; new: {', '.join(fresh)}" if fresh else f"{kept}; there was nothing to do"
