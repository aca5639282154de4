"""What each talk is given and what it decides: the briefs and results of the dialogs, by subject.

The dialogs themselves are in `bot/dialogs/`; a use case makes a brief and gets the result, and knows no dialog.
"""
