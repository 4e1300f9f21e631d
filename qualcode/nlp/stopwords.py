"""Function words: too common to say anything of a code.

In a name or definition they are left out; in a text they are no form of another word (*helst* is not *helse*).

Short lists of our own. spaCy's are made from news and hold content words of an interview (tid, mål, leder,
kontakt), and it has none for nynorsk.
"""

from __future__ import annotations

_NB = """
alle alt altså andre annen annet at av bare begge ble bli blir blitt både da de deg dem den denne der dere deres
derfor dermed det dette din disse dit du eg eller en enn er et ett etter for fordi fra få får før først ganske
gi gir gjelder gjennom gjør gjøre gå går gått ha hadde han har hele heller helst helt hen henne her hit hos hun
hva hvem hver hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor i igjen ikke ikkje ingen inn innen jeg jo
kan kanskje kun kunne litt man mange med meg mellom men mens mer mest min mot mye må måte måtte ned noe noen nok
nå når og også om opp oss over på samme seg selv siden sin sine sitt skal skulle slik slike slikt som så såkalt
til under ut uten var ved veldig vi vil ville vår våre være vært å år
"""

_NN = """
alle alt altså andre anna annan at av begge berre blei bli blir blitt både de deg dei deira den denne der dermed
desse det dette di difor din du då eg ei ein eit eller enn er etter for fordi frå få får før først ganske gi gir
gjeld gjennom gjer gjere gå går gått ha hadde han har heile heilt heller helst her hjå ho hos i igjen ikkje
ingen inn innan jo kan kanskje kor korleis kunne kva kvar kven kvifor litt mange me med meg meir mellom men mens
mest min mot mykje må måte måtte ned no nok noko nokon nokre når og også om opp oss over på same seg si sidan
sin sine sitt sjølv skal skulle slik slike slikt som så til under ut utan var ved veldig vere vi vil ville vore
vår våre å år
"""

_EN = """
a about after again all also always an and any are as at be been before being between both but by can could did
different do does done each either for from get gets go goes going got had has have he her here him his how i if
in into is it its itself just like made make makes many may me more most much must my never no nor not of on one
only or other our out over own per rather shall she should since so some still such than that the their them
then there these they this those through thus to too under up upon us use used uses using very via was we well
were what when where which while who whom whose why will with within without would yet you your
"""

_DA = """
af alle alt altså anden andet andre at bare begge blev blive bliver både da de dem den denne der deres derfor
det dette dig din disse du efter eller en end er et for fordi fra få får før først ganske gennem gå gået går gør
gøre ha han har havde hele heller helst helt her hos hun hvad hvem hver hvilke hvilken hvis hvor hvordan hvorfor
i igen ikke ind ingen jeg jo kan kun kunne lidt man mange med meget mellem men mens mere mest mig min mod må
måde måske ned nogen noget nogle nok nu når og også om op os over på samme selv siden sig sin sine skal skulle
som så sådan til ud uden under var ved vi vil ville vor være været år
"""

_SV = """
all alla allt alltså andra annan annat att av bara blev bli blir blivit båda både de dem den denna deras dessa
det detta dig din du där därför då efter eller en enligt er ett från få får för före först ganska genom gå går
gått gör göra ha hade han har hela hellre helst helt hon hos hur här i igen in inga ingen inte jag ju kan kanske
kunde lite man med mellan men mer mest mig min mot mycket måste ned ner nog nu när någon något några och också
om oss på samma sedan sig sin sina sitt själv ska skall skulle som så sådan till under upp ut utan vad var vara
varför varit varje vem vi vid vilka vilken vilket vill ville väldigt vår våra än är år åt
"""

_LISTS = {"nb": _NB, "nn": _NN, "en": _EN, "da": _DA, "sv": _SV}

STOP_WORDS: dict[str, frozenset[str]] = {tag: frozenset(words.split()) for tag, words in _LISTS.items()}
"""Primary language tag -> its function words; a language that is missing has none."""
