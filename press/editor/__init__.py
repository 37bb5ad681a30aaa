"""The maintainer's desk: what archivists do with texts before they are built. Import, begin, check, rename."""
