"""The use cases: what the command line and the desk can do with a study.

The only callers of the store, the formats, spaCy and the report writers. Each function takes an open `Study`;
each writing one is one transaction and one operation of the history.
"""
