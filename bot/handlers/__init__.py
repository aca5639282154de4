"""What people can start: one file per subject."""
