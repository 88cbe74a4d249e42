"""Things that break on purpose: a relay in every mood, killed workers, a broker that forgets."""
