"""The cost of the bot, beside baselines of our own writing in the same run: `make bench`."""
