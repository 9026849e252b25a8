"""Load what the pages of reports are about: a training, and a node of the officer's branch."""

from django.http import Http404
from django.urls import reverse

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.reports import nodes
from yanxiu.training.reports.nodes import Node
from yanxiu.web.shared import access


def node(request: access.Office, code: str) -> Node:
    """Return a node of the officer's branch; outside of it nothing is there."""
    found = own(request, code) or nodes.find(request.held, code)
    if found is None:
        raise Http404
    return found


def own(request: access.Office, code: str = "") -> Node | None:
    """Return a node that the officer serves herself, by default the first; asks nothing."""
    return next((each for each in served(request) if code in ("", each.code)), None)


def served(request: access.Office) -> list[Node]:
    """Return the nodes that the officer serves; asks nothing."""
    return [nodes.served(grant) for grant in request.held]


def crumbs(request: access.Office, training: Training, node: Node) -> list[tuple[str, str]]:
    """Return name and address of the nodes above that the officer sees too."""
    return [
        (name, reverse("office_training_node", args=[training.slug, code]))
        for code, name in node.above_in(request.held)
    ]


def outline(slug: str) -> Outline:
    """Return a training with its rules."""
    found = trainings.get(slug)
    if found is None:
        raise Http404
    return found


def chosen(every: list[Training], slug: str) -> Training:
    """Return the training of an address among all of them; without one the first."""
    found = next((each for each in every if slug in ("", each.slug)), None)
    if found is None:
        raise Http404
    return found
