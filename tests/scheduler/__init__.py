"""Time decides only when to look."""
