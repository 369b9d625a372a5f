"""Settings, routes, middleware: what holds the apps together."""
