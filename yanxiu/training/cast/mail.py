"""Let the messages of the demo's past have gone out in their time: none is sent to anybody now."""

from django.db.models import F

from yanxiu.training.cast.casting import Call
from yanxiu.training.notices.models import Delivery


def settle(call: Call) -> None:
    """Note that all that was due before the demo begins has been sent when it was due."""
    past = Delivery.objects.filter(done_at=None, due_at__lte=call.now)
    past.update(tries=1, done_at=F("due_at"), outcome=Delivery.Outcome.SENT)
