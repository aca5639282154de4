"""Adapters: a platform update becomes an Inbound, an Outbound becomes what the platform takes."""
