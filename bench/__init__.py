"""What the bot costs, beside baselines of our own writing in the same run: `make bench`."""
