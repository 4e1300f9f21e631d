"""The transcript as rows, cells, words and lanes: pure functions and values, without Textual."""
