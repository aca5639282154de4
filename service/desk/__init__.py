"""What staff see and do of a morning: who owes what, nudges, answers by phone, what waits."""
