"""One module for each command: what it reads, what it makes, where it writes."""
