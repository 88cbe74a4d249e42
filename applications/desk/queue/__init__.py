"""The queue: which cases, in which order, and what stands on each line. Reads only."""
