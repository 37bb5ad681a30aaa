"""Marks set right: quotation marks, dashes and apostrophes, for any Pelican site."""
