"""The desk: the full-screen program for reading, coding and deciding, on Textual.

    app.py        `run(study)`: opens the desk; themes, garbage collection, language, which screen is shown
    state.py      where the coder stands, frozen: document, cursor, selection, current coding, back stack
    keys/         actions and their keys as data, a module for each part of the desk; where `g` leads; own keys
    keymap.py     bindings, hints and the help screen, made from that data
    offers.py     what the palette offers: actions, where `g` leads, documents, codes
    jobs.py       long work in a thread, told step by step
    messages.py   what widgets say to screens
    view.py       what screens give to widgets: frozen view data, no service and no database behind it
    *_view.py, *_views.py, code_card.py, relation_words.py, qualifier_choices.py
                  that view data and its words, made for one screen, card or strip
    wording.py    names of codes, values and families in the screen language
    open_document.py  one document as the acting coder has it open
    import_draft.py   files that were read, and what is said of them before they come in
    page_driver.py    under `qualcode serve`, a page in place of the terminal
    bursts.py     keys that come at once are handled one after the other
    faults.py     one line in place of a traceback, which would show words of transcripts
    calm.py       garbage collection between key presses, never during one
    themes/       dark, light and contrast, and the arithmetic of legible colours
    text/         wrapping, cells, lanes, words and sentences, the cursor; knows nothing of Textual
    widgets/      the transcript (with painter and density), lists (on rows.py), panes, cards, lines and strips
    screens/      home, help, palette; the coding screen, a class for each concern (coding.py); lists (listing.py)

How the parts talk. A widget is given view data (`TranscriptView.open(DocumentView)`, `add(Painted)`), paints it
and posts messages; it never calls a service. A screen hears the message, makes **one** synchronous service call,
and then paints what came back: what the screen shows is stored. Nothing here imports `store`, `formats` or `nlp`.

How it stays fast. `TranscriptView` keeps finished strips keyed by absolute row and repaints only rows whose look
changed; the compositor asks for every row when one is dirty, and a clean row costs one dictionary look-up. No
work per key grows with the number of codings. Only the screen of the desk that is seen is laid out. Frame rate and
garbage collection are set below, before Textual is first imported.

Text from transcripts is hostile: it reaches the screen through `text.cells.painted` (the domain's `inert` plus
known widths) and as `rich.text.Text` or `Segment`, never as markup.
"""

from __future__ import annotations

import gc
import os

# Textual reads this once, at import. At its default of 60 a key that just misses a frame waits 16 ms for the next.
os.environ.setdefault("TEXTUAL_FPS", "120")

# No full collections but those of calm.py: one among all that is imported takes some 35 ms of the start (measured).
gc.set_threshold(700, 10, 100_000)
