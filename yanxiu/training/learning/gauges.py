"""Count what the hot path does, for whoever watches over the machine.

In the words of Prometheus: counters only rise, so that whoever reads them seldom loses nothing. A
process counts for itself; where several share a port they share a folder, and each tells for all.
"""

import os
from collections import Counter as Count
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer

REGISTRY = CollectorRegistry()

# Where prometheus_client keeps what processes share, if they do; read by it when it is imported.
SHARED = "PROMETHEUS_MULTIPROC_DIR"

# Up to two seconds, after which a statement is given up.
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_SIZES = (1, 4, 16, 64, 128, 256, 512)

BEATS = Counter("yanxiu_beats", "Beats by what became of them.", ["outcome"], registry=REGISTRY)
REFUSED = Counter(
    "yanxiu_refused_spans", "Spans not credited, by reason.", ["reason"], registry=REGISTRY
)
FAULTS = Counter(
    "yanxiu_beat_faults", "Requests refused as a whole, by code.", ["code"], registry=REGISTRY
)
BATCHES = Histogram("yanxiu_batch_beats", "Beats of a batch.", buckets=_SIZES, registry=REGISTRY)
TOOK = Histogram(
    "yanxiu_batch_seconds",
    "From reading a batch's rows to its answers.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
COMMIT = Histogram(
    "yanxiu_commit_seconds",
    "Writing a batch, until it is on disk.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
WAITING = Gauge(
    "yanxiu_beats_waiting",
    "Beats that wait for a batch.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)


def note(outcomes: Sequence[Outcome]) -> None:
    """Count what became of the beats of a batch, and why spans were not credited."""
    BATCHES.observe(len(outcomes))
    became = Count(map(_name, outcomes))
    for name, number in became.items():
        BEATS.labels(name).inc(number)
    refused = Count(
        each.reason
        for outcome in outcomes
        if isinstance(outcome, Answer) and outcome.refused
        for each in outcome.refused
    )
    for reason, number in refused.items():
        REFUSED.labels(reason).inc(number)


def text() -> bytes:
    """Return all counters as Prometheus reads them."""
    folder = os.environ.get(SHARED)
    if not folder:
        return generate_latest(REGISTRY)
    _bury(Path(folder))
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # it has no types
    return generate_latest(together)


def _bury(folder: Path) -> None:
    """Leave out what waited in processes that are no more; what they counted stays."""
    for file in folder.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            with suppress(FileNotFoundError):
                mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]  # likewise


def _name(outcome: Outcome) -> str:
    return outcome.name.lower() if isinstance(outcome, Verdict) else "settled"
