"""The registry of enterprises: it comes in as a list, and enterprises say what is wrong in it."""
