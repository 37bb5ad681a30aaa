"""Words that are written with an apostrophe at an end: tables that anyone can correct, one row a language."""

from __future__ import annotations

from collections.abc import Mapping

# Without the apostrophe before them these are not words, so the mark cannot open a quotation.
ALWAYS: Mapping[str, str] = {
    "en": "tis tisn twas twasn twere tweren twill twould wouldn twouldn twixt twarn tain tan't taint em un uns "
    "uz umble eart earth eathen appen ve ll ud t",
    "de": "ne nen nem ner nes s n",  # Duden, Apostroph
    "nl": "s t n m k r ns",  # Taalunie, apostrof: 's morgens, 't, zo'n
    "af": "n",
    "it": "ndrangheta",
}

# These are words without it too ('cause' and effect): it is an apostrophe where no later mark can close a quotation.
PERHAPS: Mapping[str, str] = {
    "en": "cause cos coz cuz kase til till bout bouts round neath gainst fraid nuff nough n twain scuse spose "
    "sposing fore way kay ist stead long longside low lows lowed lowing deed frisco art spec spect specs "
    "spected mong mongst midst tween spute sputes times a at d s m re f um er lection dout ception lizabeth "
    "fectionate bove prentice crease live sturb fo thout cept less cross spite splain gin mid side sides "
    "tother nother pears stonished most bacca baccy bus phone plane flu gator possum coon skeeter tater "
    "taters tention tend tack tarnal",
    "de": "rein raus rauf runter rüber rum ran naus nauf nunter nüber was mal is ist",
    "it": "l sto sta sti ste na nu",
    "el": "ναι χω χει χα ταν μαι σαι γω πε",
}

# English words that lose their h in the mouths of Londoners: 'ave, 'ouse, 'Arry.
DROPPED_H = (
    "abit ad ail air alf alfpenny all alo am ammer and ands andle andsome ang angin anged ansom appen appened appy "
    "ard ardly arm arry as asn aste at ate aul ave aven avin aving awk ay e ead eads ealth eap ear eard eart earth "
    "eavens eavy ed ee eel eld elp elped ell ello en enry er ere ers erself es id ide igh ighest ill im "
    "imself int is isself istory it ite iz oard obby old ole oliday ollow oly ome omes ond one onest "
    "onour ood ook oop ope opes opped orn orrible orse orses osses ot otel our ours ouse ouses ow owever owl ug "
    "uge undred ung ungry unt urry urt usband ush ut yde ymn aberdasher amstead ackney ammersmith arbour "
    "arold ector ilda"
)

# Those of both tables that are common words as they are: a quotation begins with one as easily as with any other.
HOMOGRAPHS: Mapping[str, str] = {
    "en": "a air all am and arm art as at ate cause cross deed ear eel ell ill is it less live long low mid "
    "most old one our ours owl pears side sides spite times way",
    "de": "was mal ist rein",
    "it": "sta sto",
    "el": "ναι",
}

# English words that end in -in and lack nothing there, as goin' does; all in -ain are whole too.
WHOLE_IN = (
    "austin basin begin berlin cabin cousin darwin dublin franklin goblin kremlin latin lenin margin martin napkin "
    "origin penguin pumpkin raisin resin robin satin stalin virgin within"
)

# Words that are written with an apostrophe after them: an' so, goin' is a rule of its own.
AFTER: Mapping[str, str] = {
    "en": "an th wi ol lil mo po fo yo sho jes mos las fas bes nex nothin somethin goin doin comin thin tha fro "
    "awlus han lan ole els wid mas marse mis ain yuh suh befo do co ha twi upo ne e i o t d s m n",
    "it": "po mo de co ne da a be ca vo fe di to i e gua te que dei coi ai me se pe su vuo fra tra quei bei",
    "fr": "grand",
    "de": "hab ich ist hätt wär wollt sollt könnt möcht",
}

# The words on both sides of 'n' that make it and: rock 'n' roll, not the letter 'n' is.
AND_PAIRS = frozenset(
    {
        ("rock", "roll"),
        ("rockin", "rollin"),
        ("fish", "chips"),
        ("drum", "bass"),
        ("guns", "roses"),
        ("salt", "pepper"),
        ("salt", "vinegar"),
        ("pick", "mix"),
        ("mac", "cheese"),
        ("bread", "butter"),
        ("rhythm", "blues"),
        ("rise", "shine"),
        ("surf", "turf"),
        ("sweet", "sour"),
    }
)
