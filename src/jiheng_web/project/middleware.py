"""Headers for every answer, and plain sentences where something goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from jiheng.errors import JihengError
from jiheng_web.project.disk import FULL, STATUS, is_disk_full

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
        if request.method == "HEAD" and not answer.streaming:  # waitress would send the body, and break the connection
            length = answer.headers.get("Content-Length", str(len(answer.content)))
            answer.content = b""
            answer.headers["Content-Length"] = length
        return answer


class PlainErrors:
    """What cannot be done is told in one sentence; nothing has been changed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not answer.content:
            context = {
                "title": "这一页不能直接打开",
                "sentence": "这个地址是某个按钮提交用的，没有改动任何数据；请回到首页，从页面上进去",
            }
            page = render(request, "sentence.html", context, status=405)
            page.headers["Allow"] = answer.headers["Allow"]
            return page
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if is_disk_full(error):
            logging.getLogger(__name__).error("the disk is full: %r", error)
            sentence, status = FULL, STATUS
        elif isinstance(error, JihengError):
            sentence, status = error.sentence, 422
        else:
            return None
        if getattr(request, "htmx", False):
            answer = HttpResponse(f"{sentence}。", status=status, content_type="text/plain; charset=utf-8")
            answer["HX-Reswap"] = "none"
            return answer
        context = {"title": "没有办成", "sentence": sentence, "back": _page_before(request)}
        return render(request, "sentence.html", context, status=status)


def _page_before(request: HttpRequest) -> str:
    """Where the person was, when that is a page of ours."""
    before = request.headers.get("Referer", "")
    return before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else ""
