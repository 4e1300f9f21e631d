"""Sentences of transcribed speech in bokmål, nynorsk, Danish, Swedish and English.

A cut comes after `.`, `!`, `?` or `…` with its closing quotes, when white space and a capital, quote, dash or
bracket follow, unless the full stop belongs to an abbreviation, an initial or an ordinal. A line break is always a
cut. Speech recognisers may leave out all punctuation: a run that grows too long is cut at a pause, a comma or a
space, so that there is always something of a size to select.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.domain.span import Span

LONGEST = 600
"""Code points (some 100 words) after which a stretch without a sentence end is cut."""
_SHORTEST_PIECE = 200

# Only abbreviations that a capital may follow and that seldom end a sentence. Those before a number ("s. 5",
# "500 kr. 12") need no entry, since a digit never opens a sentence; "osv.", "m.m." and "etc." do end sentences;
# and an ordinary word ("no", "min", "par") must never stand here.
_BOKMÅL = """
    adm adr adv ang avd bl.a bla ca cand dir div dr dvs d.v.s eks ekskl evt f.eks feks f.o.m fom hhv hr ifbm iflg
    ifm ift iht i.f.m i.f.t i.h.t inkl jf jfr kap kgl kl komm mao m.a.o mht m.h.t mtp m.t.p nr obs pga p.g.a pkt pr
    prof ref resp siv sml spm st stk tidl tlf t.o.m vedr vs
"""
_ABBREVIATIONS = {
    language: frozenset(words.split())
    for language, words in {
        "nb": _BOKMÅL,
        "nn": _BOKMÅL + " jamf jmf t.d td m.o.t i.s.f frå.o.m",
        "da": """
            adm adr ang bl.a ca dir dr dvs d.v.s eks evt f.eks feks fx hhv hr iflg ifm ift inkl jf jvf kap kgl kl
            mht m.h.t nr obs pga p.g.a pkt pr prof ref resp skt tlf t.o.m vedr vha v.h.a vs
            """,
        "sv": """
            adj ang bl.a bla ca dir dr dvs d.v.s ev ex exkl f.d f.n fr.o.m inkl jfr jmf kap kl kungl m.a.o m.h.t
            nr obs p.g.a pga prof ref resp s.k st t.ex tex tel tfn t.o.m vs
            """,
        "en": """
            approx capt cf col dept dr e.g eg excl gen gov hon i.e ie incl jr lt maj messrs mr mrs ms mt mx pp prof
            rev sgt snr sr st viz vs
            """,
    }.items()
}
_ORDINALS = frozenset({"nb", "nn", "da"})
"""Languages that write `3. mai`; in the others a number before a full stop ends a sentence."""

# The look-behind and the possessive runs keep this linear on a line of nothing but dots.
_CANDIDATE = re.compile(
    r"[\n\x0b\x0c\x85\u2028\u2029]+"
    r"|(?<![.!?…])(?P<stop>[.!?…]++)[\"'»«”“’)\]}*_]*+(?=\s)(?P<aside>(?:[^\S\n]{1,3}[\[(][^\[\]().!?…\n]{1,40}[\])])*)"
)
_TOKEN = re.compile(r"[^\s\"'«»“”„(\[{*_–—]*\Z")
_NEXT = re.compile(r"\s*(\S?)")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_PRONOUN = "I"
_OPENERS = frozenset("\"'«»“”„‘’–—-([{*_¿¡#•")
_PAUSES = (re.compile(r".*(?:#|\.\.\.|…|[;–—])(?=\s)", re.DOTALL), re.compile(r".*,(?=\s)", re.DOTALL))
_LAST_WORD = re.compile(r".*\S(?=\s)", re.DOTALL)
_SPACE = re.compile(r"\s")


def sentences(text: str, start: int, end: int, language: str) -> list[Span]:
    """The sentences of `text[start:end]` in order.

    `language` is a BCP-47 tag; one without an abbreviation list uses the rules alone. The spans have no outer white
    space, never overlap, never leave `[start, end)` and together hold every character that is not white space.
    """
    main = language.lower().split("-")[0]
    main = "nb" if main == "no" else main
    found: list[Span] = []
    for low, high in _stretches(text, start, end, main):
        while high - low > LONGEST:
            cut = _cut_of_a_long_run(text, low, high)
            if cut is None:
                break
            _add(found, text, low, cut)
            low = cut
        _add(found, text, low, high)
    return found


def _add(found: list[Span], text: str, low: int, high: int) -> None:
    piece = text[low:high]
    words = piece.lstrip()
    if words:
        first = low + len(piece) - len(words)
        found.append(Span(first, first + len(words.rstrip())))


def _stretches(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    low = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match["stop"] is None or _ends_a_sentence(text, low, match, end, language):
            yield low, match.end()
            low = match.end()
    yield low, end


def _ends_a_sentence(text: str, low: int, match: re.Match[str], end: int, language: str) -> bool:
    following = _NEXT.match(text, match.end(), min(end, match.end() + 40))
    opener = following[1] if following else ""
    if not opener:
        return False
    # Letters without case (Arabic, Chinese) open a sentence too.
    if not (opener in _OPENERS or opener.isupper() or (opener.isalpha() and not opener.islower())):
        return False
    if match["stop"] != ".":
        return True
    before = _TOKEN.search(text, max(low, match.start() - 30), match.start())
    token = before[0] if before else ""
    opens = before is not None and before.start() - low < 10 and not text[low : before.start()].strip()
    return not _keeps_its_stop(token, language, opens=opens)


def _keeps_its_stop(token: str, language: str, *, opens: bool) -> bool:
    """True where the full stop after `token` is part of it; `opens`: the token is the sentence's first."""
    if token.isdigit():
        return len(token) <= 2 and (opens or language in _ORDINALS)
    if token.lower() in _ABBREVIATIONS.get(language, frozenset()):
        return True
    # English and Danish "I" may end a sentence; any other lone capital is an initial or a dotted acronym.
    return _INITIALS.fullmatch(token) is not None and token[0].isupper() and token != _PRONOUN


def _cut_of_a_long_run(text: str, low: int, high: int) -> int | None:
    """Where to cut a run without sentence ends: last pause, else comma, else space; None in one long word."""
    limit = low + LONGEST
    for pattern in _PAUSES:
        match = pattern.match(text, low, limit)
        if match and match.end() - low >= _SHORTEST_PIECE:
            return match.end()
    match = _LAST_WORD.match(text, low, limit)
    if match:
        return match.end()
    space = _SPACE.search(text, limit, high)
    return space.start() if space else None
