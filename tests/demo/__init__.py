"""The demo as a newcomer walks it."""
