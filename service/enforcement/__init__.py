"""What a bureau did (执法): dated actions, entered and taken back."""
