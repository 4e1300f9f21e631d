"""Files in, domain values out, and back: one module per format, found through a registry.

Transcript readers follow `qualcode.domain.reading.Reader` and are listed in `registry`; codebooks are read and
written by the `codebook_*` modules. What a format cannot carry is returned as losses, never dropped in silence.
"""
