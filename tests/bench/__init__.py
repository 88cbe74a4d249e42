"""Measurements on this machine: `make bench` prints the table of docs/trust.md and writes bench.json.

Nothing here is hard-coded or taken from an earlier run. Each row is a module of `tests/bench/rows`; races and other
proofs are ordinary tests too, at smaller sizes.
"""
