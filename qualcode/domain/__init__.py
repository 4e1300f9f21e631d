"""The ideas of coding and synthesis as frozen values and pure functions.

Standard library only; no files, no database, no clock, no randomness. Everything above depends on this layer,
and this layer on nothing but `qualcode.errors`.
"""
