"""Let a teacher leave a school: what it means first, then the end of the post."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.training.journeys import leaving
from yanxiu.training.organisations import correction_queue, posts
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn, post_id: UUID) -> HttpResponse:
    """Say what leaving means; a POST leaves, and leads to where the right school is added."""
    person = request.user.person
    post = posts.own(person.id, post_id)
    if post is None:
        raise Http404
    if request.method == "POST":
        leaving.leave(post, by=person, at=clock.now())
    if request.method == "POST" or post.ended_at:
        return access.see_other(f"{reverse('information')}?left={post.id}")
    standings = posts.standings(person.id)
    facts = {
        "standing": next(each for each in standings if each.post.id == post.id),
        "others": [each for each in standings if each.verified and each.post.id != post.id],
        "correction": correction_queue.latest(person.id),
    }
    return render(request, "teacher/leaving.html", facts, status=HTTPStatus.OK)
