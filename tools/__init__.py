"""Tools for developers: fuzzing, screenshots, icons, message catalogues, golden pages, benchmarks."""
