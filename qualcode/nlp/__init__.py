"""Language: spaCy pipelines, word forms and suggesters. The only layer that knows spaCy and stemmers.

Nothing is downloaded: the pipelines are blank (a tokenizer and qualcode's own sentence rules).
"""
