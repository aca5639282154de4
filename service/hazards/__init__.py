"""The ledger of major hazards (台账)."""
