"""Sessions in the database that let people go on reading while the disk is full."""

from __future__ import annotations

import logging

from django.contrib.sessions.backends import db
from django.db import DatabaseError

from jiheng_web.project.disk import is_disk_full


class SessionStore(db.SessionStore):
    """Prolonging a session that is there may fail for want of room; making one (signing in) may not."""

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except DatabaseError as error:
            if must_create or not is_disk_full(error):
                raise
            logging.getLogger(__name__).warning("session not prolonged: the disk is full")
