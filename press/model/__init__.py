"""Metadata → checked entries, and entries → the archive: its order, its groups and the pages they make."""
