"""The only place that knows SQL: schema, engine, units of work, history, queries and migrations.

Functions take an open connection (to read) or a `Unit` (to write) and give domain values; rows and SQLAlchemy
objects never leave this package.
"""
