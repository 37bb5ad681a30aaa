"""What every stage stands on: files, processes, signals, progress. It knows nothing of texts."""
