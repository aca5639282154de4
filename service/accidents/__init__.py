"""Accidents (生产安全事故) as enterprises report them."""
