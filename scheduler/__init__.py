"""Time decides only when to look: planning, reminding, delivering."""
