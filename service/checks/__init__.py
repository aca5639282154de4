"""Spot checks (抽查): planned, drawn, entered."""
