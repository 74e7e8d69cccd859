"""One file a format: what was read, written down for people and for programs."""
