"""Long work with heartbeat, attempts, progress and cancel."""
