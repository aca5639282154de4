"""Hot-work permits (动火作业票), from the application to the acceptance."""
