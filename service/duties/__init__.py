"""Duties (任务): their cards and lists, filling in, confirming, receipts."""
