"""What the service does: one use case a module, each of which owns its transaction."""
