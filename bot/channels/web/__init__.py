"""The local web chat: a channel like any other, in the browser; without sign-in, for this machine only."""
