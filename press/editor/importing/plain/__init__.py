"""Plain text: its lines, its furniture, its opening, its paragraphs."""
