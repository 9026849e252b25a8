"""Bring tables and rights up to date; runs as the owner."""

from django.core.management import call_command
from django.db import connections

from yanxiu.foundation import clock, postgres
from yanxiu.training.certificates import signers

# Rows here are only ever added, by whatever role: awards, the trail, certificates.
APPEND_ONLY = (
    *("learning_completion", "trail_entry"),
    *("organisations_decision", "organisations_correctionanswer", "organisations_schoolchange"),
    *("organisations_batch",),
    *("certificates_certificate", "certificates_supersession", "certificates_revocation"),
    "certificates_paper",
)

# All that the hot path touches.
BEATS = ("learning_allowance", "learning_coverage", "learning_completion")

# Pages hand jobs over and change none; jobs are run by `work` alone.
JOBS = (
    *("procrastinate_jobs", "procrastinate_events"),
    *("procrastinate_workers", "procrastinate_periodic_defers"),
)


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
    signers.ensure(at=clock.now())
    owner.close()
