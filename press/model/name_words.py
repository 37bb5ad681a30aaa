"""The words that tell what a name is and how it is sorted: of groups, particles, titles, family names in front.

The lists are to be extended. A name that they get wrong is put right by a line of content/names.txt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

OF_GROUPS = frozenset(
    """
    action actions agency alliance anarchist anarchists anarcho archive archives army assembly association autonomist
    autonomists autonomous bolshevik bolsheviks books branch brigade brigades bulletin bureau campaign cell center
    centre chapter circle citizens class club coalition collective combat commission committee commune communist
    communists community comrades confederation conference congress convention cooperative council defence defense
    delegates department dockers editorial editors engineers federation feminist feminists fight fighters fraction
    friends front government group groups guild initiative institute international internationalists journal labor
    labour league leaflet left liberation libertarian library local maoist marxist members militants miners ministry
    movement neighbors neighbours network news newspaper office organisation organization panthers parents party
    peace people peoples power press printers project proletarian publications publishers radical red resistance
    revolution revolutionary school section sisters situationist socialist socialists society solidarity spark staff
    stewards strike strikers struggle students support syndicalist syndicalists syndicate teachers tenants tribune
    trotskyist underground union unions unit united vanguard voice women workers working workplace workshop world
    youth
    anarchiste anarchistes assemblée bibliothèque brigate cahiers camarades cercle classe collectif comité communiste
    confédération conseil coordination cri éditions étudiants fédération femmes gauche groupe internationale jeunes
    jeunesse libertaire ligue lutte mouvement ouvrier ouvrière ouvrières ouvriers parti peuple presse rédaction
    réseau situationniste socialiste société syndicat tendance travailleurs voix
    aktion arbeiter arbeiterinnen armee ausschuss betriebsrat bewegung bund fraktion frauen gemeinschaft genossen
    gesellschaft gewerkschaft gruppe jugend kampf kollektiv komitee kreis liga partei rat redaktion studenten
    verband verein verlag zeitung zentralkomitee
    acción agrupación asamblea asociación círculo colectivo comité compañeros confederación consejo
    estudiantes federación frente grupo juventud liga lucha movimiento mujeres obrera obreros organización
    partido pueblo sindicato sociedad trabajadores unión
    assemblea associazione circolo collettivo comitato compagni confederazione consiglio donne federazione
    fronte gruppo lavoratori lega lotta movimento operai operaio organizzazione partito potere sindacato
    società studenti unione
    beweging bond coletivo groep luta operários partij trabalhadores vakbond
    birliği cephesi derneği devrimci federasyonu gençlik hareketi kolektifi komitesi konfederasyonu konseyi kurulu
    meclisi partisi sendikası yayınevi yayınları örgütü
    бюро группа издательство комитет организация партия профсоюз рабочие редакция совет союз фракция
    ένωση επιτροπή σύλλογος
    لجنة اتحاد نقابة حزب جمعية حركة جبهة عمال رابطة منظمة مجلس
    اللجنة الاتحاد النقابة الحزب الجمعية الحركة الجبهة العمال الرابطة المنظمة المجلس
    """.split()
)
"""A name with one of these is a group's: committees, unions and papers, in the languages of most pamphlets."""

ARTICLE = re.compile(
    r"(?:(?:the|a|an|le|la|les|un|une|der|die|das|el|los|las|il|lo|gli|i|o|os|as|de|het)\s"
    r"|l['\N{RIGHT SINGLE QUOTATION MARK}])"
)
"""An article at the head of a name, in lower case."""

PARTICLES = frozenset(
    """
    de del dela della delle dello dei degli dal dalla dalle d' d’ der den di do dos da das du des la las le les lo los
    van von vom vander vanden ver zu zum zur und am im auf af av el al ap ter ten te 't ’t in op
    """.split()
)
"""The particles before a family name: Vincent van Gogh."""

ALONE = frozenset("da de del della des di du el la le van von vander".split())
"""Particles that begin a family name that stands alone, with a capital: Du Bois. Nobody is called Du."""

JOINED = frozenset(
    """
    abd abdel abdul abu bar ben bin bint fitz ibn mac mc nic ní ó o' san santa saint sainte são st st. ste ste. umm
    """.split()
)
"""Words that are always the beginning of a family name: Ahmed Ben Bella, Cathal Mac Giolla, José de San Martín."""

ARTICLES_ALONE = frozenset("el la las le les lo los".split())
"""An article without a preposition before it is part of the family name."""

_EVERYWHERE = "du des le am im vom zum zur di della delle dello dei degli dal dalla dalle vander vanden ver"
_BELGIAN = "van de den der ten ter te vanden vander in op 't ’t"

IN_FRONT: Mapping[str, frozenset[str]] = {
    language: frozenset(f"{_EVERYWHERE} {words}".split())
    for language, words in {
        "": "",
        "af": "van von de den der du le la",
        "fr": "la les",
        "it": "da de del d' d’ la lo li",
        "nl-BE": _BELGIAN,
    }.items()
}
"""The particles in small letters with which a family name begins, by language of the texts; the others go behind.

IFLA, Names of Persons (4th edition, 1996), and AACR2, rule 22.5D1: French articles and contractions in front and `de`
behind; German and Dutch prepositions behind, but contractions (`vom`, `zum`) in front; in Belgium and South Africa
everything in front; modern Italian names under the prefix; Spanish and Portuguese prepositions behind.
"""

CONNECTORS = frozenset("y i".split())
"""What joins two family names: José Ortega y Gasset, Francesc Pi i Margall."""

SUFFIXES = frozenset("jr sr junior senior fils père esq".split())
PORTUGUESE_SUFFIXES = frozenset("filho júnior junior neto sobrinho".split())
"""They belong to the family name before them (AACR2, rule 22.5C8)."""

NUMERAL = re.compile(r"(?=[IVX]{2})X{0,2}(?:IX|IV|V?I{0,3})")
REGNAL = frozenset(
    """
    albert alexander alexandre alexandra benedict benoît boniface catherine charles christian clement edward
    edwards elizabeth félix ferdinand francis franz françois frederick friedrich gregory gustav haakon henri henry
    innocent james jean jean-paul johannes john joseph karl leo leopold léopold léon louis ludwig maria maximilian
    mehmed napoleon napoléon nicholas nicolas nikolaus paul peter philip philippe pie pius richard umberto urban
    victor emmanuel wilhelm willem william
    """.split()
)
"""What kings and popes are called: John Paul II has no family name, Henry Ford II has one."""

FORMS_OF_ADDRESS = frozenset(
    """
    big brother bruder captain citizen citoyen citoyenne comandante commandant commander comrade camarade compagno
    compañera compañero count daw dom don doña dr emperor fra frau father frère général general genosse herr
    insurgente king lady lord madame major mère miss mlle mme monsieur mother mr mrs ms old padre papa pape papst
    pastor père pope prince princess prof professor queen rev reverend saint san santa señor señora sir sister sor
    st subcomandante thakin tsar u uncle
    """.split()
)
"""Before a single name, they belong to it: Mother Jones, Captain Swing, Pope Francis."""

UNINVERTED = frozenset("am my th ti".split())
"""Languages whose names are sorted as they are written (Chicago 16.71 and following, IFLA)."""

SPANISH = frozenset("ca es gl".split())
SPANISH_GIVEN = frozenset(
    """
    alberto alejandro alfonso alfredo andrés ángel antonio armando augusto baltasar benito camilo carlos carmen césar
    daniel diego domingo eduardo elena emilio enrique ernesto esteban eugenio federico felipe fernando fidel francisco
    gabriel gonzalo guillermo gustavo horacio ignacio isabel jaime javier jesús joaquín jorge josé josefa juan juana
    julio laura leopoldo luis luisa manuel manuela marcos margarita maría mario martín miguel nicolás octavio óscar
    pablo pedro rafael ramón raúl ricardo roberto rodolfo rosa rubén salvador santiago sergio teresa tomás vicente
    víctor
    """.split()
)
"""A second given name, in Spanish texts: José Carlos Mariátegui, but Ricardo Flores Magón."""

HUNGARIAN_GIVEN = frozenset(
    """
    ádám ágnes ágoston aladár alajos albert ambrus andor andrás anna antal árpád attila aurél bálint balázs barna
    béla benedek bertalan bódog dániel dávid dénes dezső domokos edit elek emil emma endre ernő erzsébet ervin
    etelka ferenc frigyes fülöp gábor gáspár géza gergely gizella gusztáv gyula györgy henrik hugó ignác ilona imre
    irén istván iván jakab jános jenő józsef judit julianna kálmán karola károly katalin kornél lajos lászló lili
    lipót lőrinc mária margit márton máté mátyás mihály miklós mór nándor ottó ödön oszkár ottokár pál péter
    piroska rezső richárd róbert rózsa rudolf samu sándor sarolta simon szeréna tamás tibor tivadar vilma vilmos
    vince viktor zoltán zsigmond zsófia zsuzsa
    """.split()
)
"""In Hungarian texts the given name is the last: Kun Béla, Lukács György."""

CHINESE = frozenset(
    """
    ai ba bai bo cai cao chang chao chen cheng chiang chien chin chou chu deng ding dong du feng gao gu guo han hao
    he hong hsiang hsiao hsieh hsu hu hua huang jiang kang kao kong ku kuo lao li liang lin liu lo lu luo ma mao
    meng mo nie pan peng qian qiao qin qu rao ren shen shi song su sun sung tang tao teng tian tien ting tsai tsao
    tseng tu tung wan wang wei wu xiang xiao xie xu yan yang yao ye yeh yen yin yu yuan zeng zhang zhao zheng zhou
    zhu
    """.split()
)
KOREAN = frozenset(
    """
    ahn an baek chang chi cho choe choi chon chong chung han ho hong hwang hyon im jang jeon jeong jo jung kang kim
    ko kwon lee lim moon mun nam no oh paek paik pak park roh ryu seo shin sim sin so son song suh u yang yi yoo
    yoon yu yun
    """.split()
)
VIETNAMESE = frozenset(
    """
    bui cao dang dao dinh do doan duong ha ho hoang huynh la lam le luong luu ly ngo nguyen pham phan phung ta thai
    ton tran trinh trieu truong vo vu vuong
    """.split()
)
JAPANESE = frozenset(
    """
    abe akita aoki arahata arishima endo fujii fujita fujiwara fukuda fukumoto goto hagiwara hara hasegawa
    hashimoto hatta hayashi hiratsuka ikeda inoue ishida ishii ishikawa ito iwasa kaneko kanno katayama kato
    kawakami kimura kinoshita kobayashi kondo kotoku kuroda maeda matsuda matsumoto mishima miura miyamoto mori
    murakami nakajima nakamura nakano nishimura nosaka ogawa okada okamoto ono osugi ota sakai sakamoto sano sasaki
    sato shiga shimizu suzuki takahashi takeuchi tamura tanaka tokuda tosaka uchimura uno watanabe yamada yamaguchi
    yamakawa yamamoto yamashita yoshida yoshimoto
    """.split()
)
"""Family names that come first, in letters without marks: Chen Duxiu, Kim Il Sung, Ho Chi Minh, Kotoku Shusui."""
