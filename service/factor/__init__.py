"""The second factor: a code of an app on the phone beside the chat account (RFC 6238)."""
