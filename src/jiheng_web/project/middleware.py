"""Headers for every answer, and plain sentences where something goes wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiheng.errors import JihengError

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors {frames}; form-action 'self'; base-uri 'none'"
)
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
"""For the print page of the report: it brings its own style, and no script at all."""


class SecureHeaders:
    """CSP without inline script; nothing is cached on shared machines."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Content-Security-Policy", POLICY.format(frames="'none'"))
        answer.headers.setdefault("X-Frame-Options", "DENY")
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class PlainErrors:
    """What cannot be done is told in one sentence; nothing has been changed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, JihengError):
            return None
        if getattr(request, "htmx", False):
            answer = HttpResponse(f"{error.sentence}。", status=422, content_type="text/plain; charset=utf-8")
            answer["HX-Reswap"] = "none"
            return answer
        return render(request, "sentence.html", {"title": "没有办成", "sentence": error.sentence}, status=422)
