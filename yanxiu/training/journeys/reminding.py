"""Call on laggards: noted down and handed to its job in one transaction."""

from datetime import datetime

from django.db import transaction

from yanxiu.training.catalogue.models import Training
from yanxiu.training.journeys import jobs
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.reports import reminders
from yanxiu.training.reports.models import Reminder
from yanxiu.training.reports.nodes import Node


@transaction.atomic
def call(
    training: Training, node: Node, *, held: list[Officer], by: Person, at: datetime
) -> Reminder:
    """Begin to remind the laggards of a node; raises what `reminders.call` does."""
    made = reminders.call(training, node, held=held, by=by, at=at)
    jobs.start("reminder", reminder_id=str(made.id))
    return made
