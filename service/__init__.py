"""Use cases: one function, one transaction each; one file per subject."""
