"""A rehearsal of the campaign's first forty days: everybody in the registry, simulated, over the Bot API."""
