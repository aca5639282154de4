"""The shell: settings, wiring, channels, and what people can start."""
