"""Hand work to the `work` process, in the transaction of the deed that needs it.

A job does nothing itself: it calls its owner's verb, which may be repeated and takes up where a
kill left it. Jobs that come again by themselves, looks that somebody waits for, jobs that may take
minutes, papers, which keep every processor busy while there are any, and messages, whose carriers
may be slow, have queues of their own.
"""

from importlib import import_module
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yanxiu.foundation import clock

QUICK, LOOKS, LONG, PAPERS, MAIL = "quick", "looks", "long", "papers", "mail"
# How often in a row one job looks for what has to go out, as long as there is some.
ROUNDS = 200
# What failed is tried again after 2, 4, 8 … seconds: about two hours in all.
AGAIN = RetryStrategy(max_attempts=12, exponential_wait=2)


def start(name: str, **arguments: str) -> None:
    """Defer a job; it begins once the current transaction is committed, and not at all without.

    Raises `procrastinate.exceptions.TaskNotFound` where no job has this name.
    """
    # Two runs of one import or export wait for each other.
    lock = ":".join([name, *arguments.values()]) if arguments else None
    app.configure_task(name, allow_unknown=False, lock=lock).defer(**arguments)


@app.task(name="look", queue=LOOKS, retry=AGAIN)
def look_at_import(import_id: str) -> None:
    """Look at a sheet before its officer confirms it."""
    _call("organisations.imports.looking", "look", UUID(import_id))


@app.task(name="import", queue=LONG, retry=AGAIN)
def carry_on_import(import_id: str) -> None:
    """Take in the rows of an import."""
    _call("organisations.imports", "carry_on", UUID(import_id))


@app.task(name="export", queue=LONG, retry=AGAIN)
def carry_on_export(export_id: str) -> None:
    """Write the rows of an export."""
    _call("reports.exports", "carry_on", UUID(export_id))


@app.periodic(cron="* * * * * */3", queueing_lock="papers")
@app.task(name="papers", queue=PAPERS)
def sign_papers(timestamp: int | None = None) -> None:
    """Print and sign the certificates that wait for it."""
    del timestamp
    _call("certificates.signing", "sign_due")


@app.periodic(cron="* * * * * */3", queueing_lock="delivering")
@app.task(name="delivering", queue=MAIL)
def deliver_notices(timestamp: int | None = None) -> None:
    """Send the text messages and push messages that are due."""
    del timestamp
    for _ in range(ROUNDS):
        if not _call("notices.delivering", "deliver"):
            return


@app.periodic(cron="17 3 * * *", queueing_lock="told")
@app.task(name="told", queue=LONG, lock="told")
def forget_told(timestamp: int | None = None) -> None:
    """Delete messages that went out long ago."""
    del timestamp
    _call("notices.delivering", "sweep")


@app.periodic(cron="12 * * * *", queueing_lock="nearing")
@app.task(name="nearing", queue=LONG, lock="nearing")
def tell_what_nears(timestamp: int | None = None) -> None:
    """Tell whoever lacks hours that a training is about to close."""
    del timestamp
    _call("journeys.nearing", "warn")


@app.periodic(cron="* * * * *", queueing_lock="ledger")
@app.task(name="ledger", queue=QUICK, lock="ledger")
def write_ledger(timestamp: int | None = None) -> None:
    """Write what was completed into the ledger, and look after rules that have just changed."""
    del timestamp
    _call("credits.following", "follow")
    _call("credits.ruling", "settle")


@app.periodic(cron="31 2 * * *", queueing_lock="carrying")
@app.task(name="carrying", queue=LONG, lock="carrying")
def carry_over(timestamp: int | None = None) -> None:
    """Carry over to new films what was watched of old ones by whoever has not come back."""
    del timestamp
    _call("journeys.replacing", "settle")


@app.periodic(cron="7 2 * * *", queueing_lock="recomputing")
@app.task(name="recomputing", queue=LONG, lock="recomputing")
def recompute_hours(timestamp: int | None = None) -> None:
    """Rebuild hours from their evidence, and raise the alarm where they differ."""
    del timestamp
    _call("journeys.recomputing", "watch")


@app.periodic(cron="*/5 * * * *", queueing_lock="completing")
@app.task(name="completing", queue=LONG, lock="completing")
def tell_who_is_through(timestamp: int | None = None) -> None:
    """Tell whoever has reached all hours of a training."""
    del timestamp
    _call("journeys.nearing", "congratulate")


@app.periodic(cron="7 * * * *", queueing_lock="unset")
@app.task(name="unset", queue=PAPERS, lock="unset")
def settle_unset(timestamp: int | None = None) -> None:
    """Issue the certificates that waited for a font."""
    del timestamp
    _call("certificates.catching_up", "settle")


@app.periodic(cron="* * * * * */30", queueing_lock="figures")
@app.task(name="figures", queue=QUICK, lock="figures")
def roll_figures(timestamp: int | None = None) -> None:
    """Bring the numbers of every node up to date."""
    del timestamp
    _call("reports.rolling", "roll")


@app.task(name="reminder", queue=LONG, retry=AGAIN)
def carry_on_reminder(reminder_id: str) -> None:
    """Tell the laggards of a call."""
    _call("reports.reminders", "carry_on", UUID(reminder_id))


@app.periodic(cron="*/5 * * * *", queueing_lock="checking")
@app.task(name="checking", queue=QUICK, lock="figures")
def check_figures(timestamp: int | None = None) -> None:
    """Check that the numbers of every node add up and are of now."""
    del timestamp
    _call("reports.checking", "watch")


@app.periodic(cron="17 * * * *", queueing_lock="expiring")
@app.task(name="expiring", queue=QUICK)
def let_expire(timestamp: int | None = None) -> None:
    """Throw exported files away whose links have expired."""
    del timestamp
    _call("reports.exports", "sweep")


@app.periodic(cron="41 * * * *", queueing_lock="clearing")
@app.task(name="clearing", queue=QUICK, lock="clearing")
def clear_pictures(timestamp: int | None = None) -> None:
    """Remove the pictures of tickets whose time is over."""
    del timestamp
    _call("support.attachments", "sweep")


@app.periodic(cron="23 * * * *", queueing_lock="forgetting")
@app.task(name="forgetting", queue=QUICK, lock="forgetting")
def forget_sheets(timestamp: int | None = None) -> None:
    """Throw away the refused rows and unconfirmed sheets of imports whose time is over."""
    del timestamp
    _call("organisations.imports.listing", "forget")


@app.periodic(cron="*/10 * * * *", queueing_lock="rising")
@app.task(name="rising", queue=QUICK, lock="rising")
def let_rise(timestamp: int | None = None) -> None:
    """Tell counties of the cases that have risen to them."""
    del timestamp
    _call("journeys.rising", "rise")


# Days of release begin on the hour: two minutes later everybody is being told.
@app.periodic(cron="2 * * * *", queueing_lock="announcing")
@app.task(name="announcing", queue=LONG, lock="announcing")
def announce_certificates(timestamp: int | None = None) -> None:
    """Tell everybody whose certificate has come due."""
    del timestamp
    _call("journeys.announcing", "announce")


@app.periodic(cron="*/10 * * * *", queueing_lock="certificates")
@app.task(name="certificates", queue=QUICK, lock="certificates")
def reconcile_certificates(timestamp: int | None = None) -> None:
    """Check that certificates and their records agree, and raise the alarm where they do not."""
    del timestamp
    _call("certificates.reconciling", "watch")


@app.task(name="own_data", queue=QUICK, retry=AGAIN)
def carry_on_own_data(copy_id: str) -> None:
    """Gather a copy of all that is kept of somebody."""
    _call("journeys.own_data", "carry_on", UUID(copy_id))


@app.periodic(cron="41 * * * *", queueing_lock="departing")
@app.task(name="departing", queue=QUICK, lock="departing")
def let_depart(timestamp: int | None = None) -> None:
    """Forget those whose thirty days are over, and throw away copies that have expired."""
    del timestamp
    _call("journeys.departing", "depart")
    _call("people.own_copies", "sweep")


@app.periodic(cron="53 * * * *", queueing_lock="unsealing")
@app.task(name="unsealing", queue=QUICK, lock="unsealing")
def delete_sealed(timestamp: int | None = None) -> None:
    """Delete the student's data of those who stopped being one thirty days ago."""
    del timestamp
    _call("journeys.switching", "delete")


@app.periodic(cron="47 3 * * *", queueing_lock="sessions")
@app.task(name="sessions", queue=QUICK, lock="sessions")
def forget_sessions(timestamp: int | None = None) -> None:
    """Delete sessions that have run out, and codes and tries that no limit looks at any more."""
    del timestamp
    _call("people.sessions", "sweep")
    _call("people.codes", "sweep")
    _call("people.passwords", "sweep")
    _call("people.tries", "sweep")


@app.periodic(cron="*/2 * * * *", queueing_lock="phones")
@app.task(name="phones", queue=QUICK, lock="phones")
def change_phones(timestamp: int | None = None) -> None:
    """Give accounts the numbers that two have agreed to, two days later; end what lies too long."""
    del timestamp
    _call("journeys.changing_phone", "settle")


@app.periodic(cron="43 * * * *", queueing_lock="phone_pictures")
@app.task(name="phone_pictures", queue=QUICK, lock="phone_pictures")
def clear_phone_pictures(timestamp: int | None = None) -> None:
    """Remove the pictures of requests for another number whose time is over."""
    del timestamp
    _call("organisations.phone_pictures", "sweep")


@app.periodic(cron="*/10 * * * *", queueing_lock="sampling")
@app.task(name="sampling", queue=QUICK, lock="sampling")
def sample_watching(timestamp: int | None = None) -> None:
    """Note who has been watching in the last ten minutes."""
    del timestamp
    _call("integrity.evidence", "sample")


# In the morning in China, when the night is over.
@app.periodic(cron="40 22 * * *", queueing_lock="doubting")
@app.task(name="doubting", queue=LONG, lock="doubting")
def find_doubts(timestamp: int | None = None) -> None:
    """Write down what of the last days an officer may want to look at; clear old evidence."""
    del timestamp
    _call("integrity.finding", "find")
    _call("integrity.evidence", "sweep")


@app.periodic(cron="37 3 * * *", queueing_lock="guesses")
@app.task(name="guesses", queue=QUICK, lock="guesses")
def forget_guesses(timestamp: int | None = None) -> None:
    """Delete the wrong tries at checking that no limit looks at any more, and ended links."""
    del timestamp
    _call("certificates.guessing", "forget")
    _call("certificates.showings", "forget")


@app.periodic(cron="29 * * * *", queueing_lock="pulses")
@app.task(name="pulses", queue=QUICK, lock="pulses")
def forget_pulses(timestamp: int | None = None) -> None:
    """Delete what servers said of themselves some days ago."""
    del timestamp
    _call("learning.history", "sweep")


def _call(module: str, verb: str, *subject: UUID) -> Any:  # noqa: ANN401 - whatever the owner returns
    """Call the verb of a job's owner."""
    owner = import_module(f"yanxiu.training.{module}")
    return getattr(owner, verb)(*subject, at=clock.now())
