"""What a person sees where the program itself broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from communique.web.inbox.access import told

_BROKE = (
    "The program broke while it made this answer, and what you sent may not be done: look before you send it again. "
    "The log of `communique serve` says where it broke; whoever runs this newsroom can send it on."
)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer for an exception that nobody caught (`handler500`), at the desk and outside; asks no database."""
    if request.path.startswith("/desk/"):
        return told(request, "Something broke", _BROKE, status=500)
    sentence = "The program broke while it made this answer; please try again later.\n"
    return HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")
