"""Tokens: for one owner, for named uses, within one unit, until a day. The secret itself is never kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiheng_web.audit.guard import Guarded
from jiheng_web.organisation.models import Unit


class Token(Guarded):
    """A key for another program. **Shape** `scopes` is separated by spaces; `secret_hash` is SHA-256 of 256 random bits."""

    name = models.CharField("用途", max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    scopes = models.CharField(max_length=300)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_token"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}（{self.pk}）"


class TokenUse(models.Model):
    """When a token was last used, to the minute; no change of anything, so it needs no entry in the log."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    at = models.DateTimeField()

    class Meta:
        db_table = "api_token_use"

    def __str__(self) -> str:
        return f"{self.token_id}: {self.at}"
