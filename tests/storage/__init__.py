"""Storage and delivery, on both databases."""
