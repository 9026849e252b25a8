"""Ask officers for their second factor before they act for anybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def challenge(request: access.SignedIn) -> HttpResponse:
    """Take the second factor and lead on to where the officer wanted to go."""
    return render(request, "second_factor.html", {"next": access.onward(request)})
