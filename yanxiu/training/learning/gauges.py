"""Count what the hot path does, for whoever watches over the machine; a process counts for itself.

In the words of Prometheus: counters only rise, so that whoever reads them seldom loses nothing.
"""

from collections import Counter as Count
from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer

REGISTRY = CollectorRegistry()

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
WAITING = Gauge("yanxiu_beats_waiting", "Beats that wait for a batch.", registry=REGISTRY)


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
    return generate_latest(REGISTRY)


def _name(outcome: Outcome) -> str:
    return outcome.name.lower() if isinstance(outcome, Verdict) else "settled"
