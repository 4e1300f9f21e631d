"""Reports: matrices and co-occurrences as tables, Markdown, pages and workbooks. Domain objects in, bytes out."""
