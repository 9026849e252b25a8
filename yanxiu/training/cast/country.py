"""Make the demo country: a real map, invented schools and people, trainings for each branch."""

from django.db import transaction

from yanxiu.foundation import clock
from yanxiu.training.cast import (
    asking,
    casting,
    doubts,
    elsewhere,
    holds,
    mail,
    outlines,
    phones,
    places,
    recordings,
    registers,
    seasons,
    signing_in,
    teachers,
)
from yanxiu.training.cast.recordings import Film
from yanxiu.training.catalogue.models import Training
from yanxiu.training.journeys import rising
from yanxiu.training.organisations.models import Region
from yanxiu.training.people.models import Person

# Since so long ago a school of the country has let something lie.
LET_LIE_DAYS = 40


def is_empty() -> bool:
    """Tell whether the database holds neither regions, trainings nor people."""
    return not any(model.objects.exists() for model in (Region, Training, Person))


def make(film: Film = recordings.film) -> None:
    """Make all of it or nothing; `film` makes the videos, which takes most of the time."""
    wanted = recordings.wishes((*outlines.SEASON, *outlines.DEMO))
    made = film(wanted)
    call = casting.first(clock.now())
    with transaction.atomic():
        places.load_all()
        shelf = recordings.publish(wanted, made, at=casting.FOUNDED_AT)
        seasons.publish(shelf, at=call.now)
        nation = signing_in.load(call)
        teachers.load(call, by=nation)
        registers.load(call, by=nation)
        doubts.load(call)
        holds.load(call)
        elsewhere.load(call, by=nation)
        signing_in.upload(call)
        asking.load(call)
        phones.load(call)
        for days in range(LET_LIE_DAYS, -1, -1):
            rising.rise(at=call.ago(days=days))
        mail.settle(call)


def sign_ins() -> list[tuple[str, str]]:
    """Return whom one can sign in as: phone number and what to see there, in Chinese."""
    return list(signing_in.SIGN_INS)
