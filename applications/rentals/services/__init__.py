"""One file per verb; the only writers of the room."""
