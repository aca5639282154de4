"""Conversations at work: one message or tap moves one of them by one step."""
