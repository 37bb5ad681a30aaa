"""What every stage uses: files, processes, signals, progress. Nothing here depends on texts."""
