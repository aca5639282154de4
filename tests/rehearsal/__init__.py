"""A rehearsal of the whole campaign: everybody in the registry, simulated, over the Bot API."""
