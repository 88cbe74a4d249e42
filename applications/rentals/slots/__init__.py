"""A slot of time in a room, and what speaks against it. Pure."""
