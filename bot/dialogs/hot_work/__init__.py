"""The talks about hot-work permits (动火作业票): the application, and what follows it on site."""
