"""What builds keep from one to the next."""
