"""Notices (通知): written, sent once to each, receipts."""
