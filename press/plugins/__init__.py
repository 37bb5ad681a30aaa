"""One word per plugin: its folder, its test, its examples and its heading in the docs share the name."""
