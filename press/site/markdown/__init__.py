"""Markdown as this archive reads it."""
