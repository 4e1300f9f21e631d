"""Reports: matrices, co-occurrences and quotes as tables, Markdown, HTML and XLSX.

Pure: domain objects in, text or bytes out, the same bytes for the same objects. No files, no database, no network.
"""
