"""Scans: pages as pictures, read by tesseract where it is installed."""
