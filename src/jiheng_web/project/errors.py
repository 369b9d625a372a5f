"""Pages for what is not there, not allowed, or broken: one sentence and the way on."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiheng_web.project.disk import FULL, STATUS, is_disk_full


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    return render(request, "sentence.html", {"title": title, "sentence": sentence}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "没有这一页", "地址可能写错了，或这份材料不在您能看的范围内")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "没有权限", "您的角色不能做这件事；“权限表”一页写着谁能做")


def broken(request: HttpRequest) -> HttpResponse:
    if is_disk_full(sys.exception()):  # where not even the page's frame could be read
        return HttpResponse(
            f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>没有办成</title><p>{FULL}。</p>",
            status=STATUS,
        )
    return HttpResponse(
        "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>程序出错</title>"
        "<p>程序自身出错，不是您的操作问题，已记录在日志里。刚才的操作没有生效，请返回后再试；再出现请告诉系统管理员。</p>",
        status=500,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "页面已过期",
        "登录或页面过期了，刚才的内容没有提交；请按浏览器的“后退”，内容还在，重新登录后再提交",
    )
