"""What time brings: planning, reminding, escalating, at each tick."""
