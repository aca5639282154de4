"""What every subject stands on: the unit of work, permissions, letters, the log of access to personal data."""
