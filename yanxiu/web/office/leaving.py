"""Let a school's officer take a teacher off its list: what it means first, then the end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.training.journeys import leaving
from yanxiu.training.organisations import posts, refusals, scopes
from yanxiu.training.organisations.models import Post
from yanxiu.training.people import identities
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def ending(request: access.Office, post_id: UUID) -> HttpResponse:
    """Say what the end of a post means; a POST ends it, and the teacher is told."""
    post = posts.find(request.held, post_id)
    if post is None:
        raise Http404
    if not scopes.posts.may("end", request.held, post):
        raise refusals.NotSchoolOfficer
    if request.method == "POST":
        leaving.remove(post, held=request.held, by=request.user.person, at=clock.now())
        return access.see_other(f"{reverse('office_post_ending', args=[post.id])}?done=1")
    return _page(request, post)


def _page(request: access.Office, post: Post) -> HttpResponse:
    standings = posts.standings(post.person_id)
    facts = {
        "post": post,
        "identity": identities.current(post.person_id),
        "standing": next((each for each in standings if each.post.id == post.id), None),
        "others": [each for each in standings if each.post.id != post.id],
        "now": clock.now(),
    }
    return render(request, "office/post_ending.html", facts)
