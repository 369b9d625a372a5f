"""Forms of signing in."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate


class LoginForm(forms.Form):
    """User name and password; the sentence does not tell which of them was wrong."""

    username = forms.CharField(
        label="用户名", max_length=60, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(label="密码", max_length=128, strip=False,
                               widget=forms.PasswordInput({"autocomplete": "current-password"}))  # fmt: skip

    def __init__(self, request, *args, **kwargs) -> None:
        self.request, self.user = request, None
        super().__init__(*args, **kwargs)

    def clean(self):
        given = super().clean()
        if given.get("username") and given.get("password"):
            self.user = authenticate(self.request, username=given["username"], password=given["password"])
            if self.user is None:
                raise forms.ValidationError("用户名或密码不对。连续错 5 次会锁定半小时。")
        return given


class CodeForm(forms.Form):
    """The six digits of the second factor."""

    code = forms.CharField(
        label="动态口令",
        max_length=8,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )
