"""Function words: too common to say anything of a code when they stand in its name or definition.

Short lists of our own. spaCy's are made from news and hold content words of an interview (tid, mål, leder,
kontakt), and it has none for nynorsk.
"""

from __future__ import annotations

_NB = """
alle alt andre annen annet at av bare begge ble bli blir blitt både da de deg dem den denne der dere deres det
dette din disse du eg eller en enn er et ett etter for fordi fra få får før gi gir gjelder gjennom gjør gjøre ha
hadde han har hele hen henne her hos hun hva hvem hver hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor i
ikke ikkje ingen inn innen jeg kan kun kunne man mange med meg mellom men mens mer mest min mot mye må måte
måtte ned noe noen nok nå når og også om opp oss over på samme seg selv sin sine sitt skal skulle slik slike som
så såkalt til under ut uten var ved vi vil ville vår våre være vært å år
"""

_NN = """
alle alt andre anna annan at av begge berre blei bli blir blitt både de deg dei deira den denne der desse det
dette di din du då eg ei ein eit eller enn er etter for fordi frå få får før gi gir gjeld gjennom gjer gjere ha
hadde han har heile her hjå ho hos i ikkje ingen inn innan kan kor korleis kunne kva kvar kven kvifor mange me
med meg meir mellom men mens mest min mot mykje må måte måtte ned no nok noko nokon nokre når og også om opp oss
over på same seg si sin sine sitt sjølv skal skulle slik slike som så til under ut utan var ved vere vi vil
ville vore vår våre å år
"""

_EN = """
a about all also an and any are as at be been being between both but by can could did do does done each either
for from had has have he her here him his how i if in into is it its itself may me more most must my no nor not
of on one only or other our out over own per shall she should so some such than that the their them then there
these they this those through to too under up upon us use used uses using very via was we were what when where
which while who whom whose why will with within without would you your
"""

_DA = """
af alle alt anden andet andre at bare begge blev blive bliver både da de dem den denne der deres det dette dig
din disse du efter eller en end er et for fordi fra få får før gennem gør gøre ha han har havde hele her hos hun
hvad hvem hver hvilke hvilken hvis hvor hvordan hvorfor i ikke ind ingen jeg kan kun kunne man mange med meget
mellem men mens mere mest mig min mod må måde ned nogen noget nogle nok nu når og også om op os over på samme
selv sig sin sine skal skulle som så sådan til ud uden under var ved vi vil ville vor være været år
"""

_SV = """
all alla allt andra annan annat att av bara blev bli blir blivit båda både de dem den denna deras dessa det
detta dig din du där då efter eller en enligt er ett från få får för före genom gör göra ha hade han har hela
hon hos hur här i in inga ingen inte jag kan kunde man med mellan men mer mest mig min mot mycket måste ned ner
nog nu när någon något några och också om oss på samma sig sin sina sitt själv ska skall skulle som så sådan
till under upp ut utan vad var vara varför varit varje vem vi vid vilka vilken vilket vill ville vår våra än är
år åt
"""

_LISTS = {"nb": _NB, "nn": _NN, "en": _EN, "da": _DA, "sv": _SV}

STOP_WORDS: dict[str, frozenset[str]] = {tag: frozenset(words.split()) for tag, words in _LISTS.items()}
"""Primary language tag -> its function words; a language that is missing has none."""
