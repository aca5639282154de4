"""Telegram: pure translations, two interchangeable clients, a poll loop of our own."""
