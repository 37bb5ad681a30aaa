"""A grammar of odd Markdown, odd headers and raw bytes: sources for tools/fuzz.py."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

WORDS = r"""
calm storm été 和平 1917 7 a O'Brien <b> «x» b_c d*e TUC AT&T 10-12 - -- ... 'tis "yes" ( ) ! : ; | # > don't 5%
""".split()
ADDRESSES = "https://x.example/ {filename}base.md {filename}/base.md {static}/images/a.png ../base/".split()
BAD_ADDRESSES = "gone.md #a javascript:x //x https:x data:text/html,x {attach}a ?".split()
WRAPS = """
*{}* **{}** _{}_ __{}__ `{}` ``{} [{}] ![{}]({{static}}/images/a.png) <{}> </{}> <sub>{}</sub> <span>{}</span> <!--{}
&{}; &{} \\{} {}\\ "{}" '{}' «{}» [{} {}] ({} ~~{}~~ $${} {{{{{}}}}} <br>{} <q>{} {{%{}%}} *{} {}* _{} ***{}*** ^{}^
<https://x.example/{}> <span␠lang="fr">{}</span> <abbr␠title="x">{}</abbr>
""".split()
BAD_WRAPS = "[{}][a] [{}][] [^{}] &#{}; &#x{}; <span␠onclick={}> \u2067{} \u202e{}".split()
STARTS = (
    "|||> |- |* |1. |2. |    |\t|# |###### |    - |: |:   |  |   > |+ |\\- |2) || |*[a]: |Key: |[x]: a b |>".split(
        "|"
    )
)
BAD_STARTS = "7. |1917. |007. |```|``` |~~~|[a]: |[b c]: |[^a]: |[^1]: ".split("|")
WHOLE = "=== --- *** -␠-␠- |--|--| --|:-: <div> </div> <script> $$ \u2028 [TOC] {:␠.x␠} **Term** 1.".split()
KEYS = """
Category Author Tags Series Summary Notes Rights Publisher Corrections Source Lang Added Redirect-from Status Quotes
Dashes Titel Save_as Title __x__
""".split()
VALUES = """
<script>alert(1)</script>|A & B|«x» "y" 'z'|en|fr|1974|2026-01-01|/old/|off|*a*|&lt;i&gt;|été|a\\
|" onload="x|..|a, b||; ;
""".replace("\n", "").split("|")
ENDS = ["\n", "\n", "\n", "\n\n", "\n\n", "\n\n", "\r\n", "\n    "]


"""A space within a piece is written ␠."""


def mostly(good: list[str], bad: list[str]) -> SearchStrategy[str]:
    """Draw a good piece, or sometimes one that the press refuses."""
    return st.integers(0, 24).flatmap(lambda n: st.sampled_from(good if n else bad))


def mostly_of(often: SearchStrategy[str], now_and_then: SearchStrategy[str], rarely: SearchStrategy[str]):
    """Draw from three, in this order of frequency."""
    return st.integers(0, 20).flatmap(lambda n: often if n > 6 else now_and_then if n else rarely)


def inline() -> SearchStrategy[str]:
    """Words in one or two of Markdown's wraps, and links."""
    word = st.sampled_from(WORDS)
    wrap = mostly(WRAPS, BAD_WRAPS).map(lambda wrap: wrap.replace("␠", " "))
    wrapped = st.builds(str.format, wrap, word)
    twice = st.builds(str.format, wrap, wrapped)
    link = st.builds("{}[{}]({})".format, st.sampled_from(["", "!"]), word, mostly(ADDRESSES, BAD_ADDRESSES))
    odd = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=2)
    piece = st.one_of(word, word, wrapped, wrapped, twice, link, odd)
    return st.lists(piece, max_size=6).map(" ".join)


def bodies() -> SearchStrategy[str]:
    """Lines that begin in Markdown's ways, in any order; sometimes notes and references that are used."""
    line = st.builds("{}{}".format, mostly(STARTS, BAD_STARTS), inline()) | st.sampled_from(WHOLE).map(
        lambda line: line.replace("␠", " ")
    )
    text = st.lists(st.builds("{}{}".format, line, st.sampled_from(ENDS)), min_size=1, max_size=6).map("".join)
    noted = st.builds("{}\n\nSee[^n] it.\n\n[^n]: {}\n\n    {}".format, text, inline(), text)
    linked = st.builds("{}\n\n[{}][r s]\n\n[r s]: https://x.example/\n{}".format, text, inline(), text)
    fenced = st.builds("{}\n\n```\n{}\n```\n{}".format, text, text, text)
    return st.one_of(text, text, noted, linked, fenced)


def sources() -> SearchStrategy[bytes]:
    """Whole files: most with a sound header and an odd body, some the other way round, some of anything."""
    title = st.builds("Title: {}".format, inline())
    lines = st.lists(st.builds("{}: {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=3)
    sound = st.builds("Title: A case\nDate: 1974\n\n{}".format, bodies())
    headed = st.builds(lambda t, rows, body: "\n".join([t, "Date: 1974", *rows, "", body]), title, lines, bodies())
    loose = st.builds("{}{}".format, st.sampled_from(["", "\ufeff", "\n", "---\n"]), bodies())
    texts = mostly_of(sound, headed, loose | st.text(max_size=80))
    encoded = texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.integers(0, 30).flatmap(
        lambda n: encoded if n else st.builds(bytes.__add__, encoded, st.binary(max_size=6))
    )
