"""Routes of the API; a wrong method is told in JSON, too."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from jiheng_web.api.views import api, told

DECLARED = "接口：凭令牌；每个操作声明用途（api/scopes.py），test_api.py 逐个走到"


def _declared(view: Any) -> Any:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        answer = view(request, *args, **named)
        if answer.status_code == 405:
            plain, answer = answer, told(request, 405, "这个地址不支持这种请求")
            answer["Allow"] = plain["Allow"]
        return answer

    guarded.permission = DECLARED  # type: ignore[attr-defined]
    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def _urls() -> tuple[list[Any], str, str]:
    patterns, app, namespace = api.urls
    for one in patterns:
        one.callback = _declared(one.callback)
    return patterns, app, namespace


urls = _urls()
