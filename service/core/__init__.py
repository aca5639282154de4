"""The base of every subject: the unit of work, permissions, letters, papers, the record of access to personal data."""
