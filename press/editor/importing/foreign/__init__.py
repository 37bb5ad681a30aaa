"""Markdown from other programs: its header, its text."""
