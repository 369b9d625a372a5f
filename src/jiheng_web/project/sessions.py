"""Sessions in the database that let people go on reading while the disk is full."""

from __future__ import annotations

import logging

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError

from jiheng_web.project.disk import NoRoom, is_disk_full


class SessionStore(db.SessionStore):
    """Prolonging a session may fail for want of room; making one or changing it (signing in, a new password) may not."""

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except (DatabaseError, UpdateError) as error:
            if not is_disk_full(error):
                raise
            if must_create or self.modified:
                raise NoRoom from error  # as UpdateError, Django would say "400 Bad Request"
            logging.getLogger(__name__).warning("session not prolonged: the disk is full")
