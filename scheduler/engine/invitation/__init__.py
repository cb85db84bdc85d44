"""Invitations: who they are, how they are written and read."""
