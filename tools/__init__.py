"""What developers run that is not a test: fuzzing, screenshots, icons, message catalogues, golden pages, bench."""
