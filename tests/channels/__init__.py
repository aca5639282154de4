"""Every channel, over one contract."""
