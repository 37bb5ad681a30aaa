#!/usr/bin/env python3
"""make_corpus.py DIR N [--format pelican|yaml] [--seed 7]

Write N made-up leaflets (same bytes for the same arguments) as Markdown: about 450 words, guillemet quotes,
straight apostrophes, ' - ' dashes, a few links, lists and footnotes; 12 categories, 30 authors, dates 1968-2026, 1 in 12 French.
"""

import argparse
import datetime
import pathlib
import random

EN = """the of and to in a is that for on with as it was by are from at be this have which not or an but they has were their been
government workers strike council ministry street factory wages union militia soldiers province capital bulletin leaflet meeting vote
winter morning border city hospital school river railway harbour market prices rent bread water power station bank profit shareholder
promise pledge speech radio statement minister deputy party congress committee delegate assembly district region country people children
families neighbours crowd police court prison arrest battle raid convoy bridge road village town siege fire smoke silence calm storm
because although while after before during until since without against between across around under over within toward despite
never always often rarely still again already almost only even just more most less every several many few hundreds thousands
said told reported claimed denied admitted promised refused accepted occupied closed opened cut raised lost won marched gathered stopped""".split()
FR = """le la les de des du et en un une que pour dans sur avec par est sont au aux ce cette ces qui ne pas plus ou mais ils elle leur
gouvernement travailleurs grève conseil ministère rue usine salaires syndicat milice soldats province capitale bulletin tract réunion vote
hiver matin frontière ville hôpital école rivière chemin port marché prix loyer pain eau banque profit actionnaire promesse discours
ministre député parti congrès comité délégué assemblée quartier région pays peuple enfants familles voisins foule police tribunal prison""".split()
CATS = [
    "Bulletin",
    "Editorial",
    "International",
    "Workplace",
    "Health",
    "Transport",
    "Housing",
    "Education",
    "Elections",
    "History",
    "War",
    "Culture",
]


def sentence(r, w, fr):
    n = r.randint(9, 28)
    s = [r.choice(w) for _ in range(n)]
    if r.random() < 0.28:
        i = r.randrange(1, n - 2)
        k = r.randint(1, min(4, n - i - 1))
        s[i] = "« " + s[i]
        s[i + k - 1] += " »"
    if r.random() < 0.15:
        i = r.randrange(1, n - 1)
        s[i] += " -"
    if r.random() < 0.2:
        i = r.randrange(1, n - 1)
        s[i] += ","
    if r.random() < 0.12:
        i = r.randrange(1, n - 1)
        s[i] = "l'" + s[i] if fr else s[i] + "'s"
    if r.random() < 0.05:
        i = r.randrange(1, n - 1)
        s[i] = f"*{s[i].strip('« »')}*" if "«" not in s[i] and "»" not in s[i] else s[i]
    if r.random() < 0.02:
        i = r.randrange(1, n - 1)
        s[i] = (
            f"[{s[i].strip('« »*')}](https://example.org/{r.randrange(9999)})"
            if "«" not in s[i] and "»" not in s[i]
            else s[i]
        )
    t = " ".join(s)
    return t[0].upper() + t[1:] + (" !" if fr and r.random() < 0.1 else ".")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("dir")
    p.add_argument("n", type=int)
    p.add_argument("--format", default="pelican", choices=["pelican", "yaml"])
    p.add_argument("--seed", type=int, default=7)
    a = p.parse_args()
    r = random.Random(a.seed)
    out = pathlib.Path(a.dir)
    out.mkdir(parents=True, exist_ok=True)
    d0 = datetime.date(1968, 5, 1)
    span = (datetime.date(2026, 11, 1) - d0).days
    for i in range(a.n):
        fr = r.random() < 1 / 12
        w = FR if fr else EN
        day = d0 + datetime.timedelta(days=r.randrange(span))
        cat = r.choice(CATS)
        auth = f"Author {r.randrange(30):02d}"
        title = " ".join(r.choice(w) for _ in range(r.randint(3, 8))).capitalize()
        slug = f"leaflet-{i:06d}"
        body = []
        for _ in range(r.randint(5, 9)):
            body.append(" ".join(sentence(r, w, fr) for _ in range(r.randint(2, 6))))
        if r.random() < 0.1:
            body.insert(2, "\n".join("- " + sentence(r, w, fr) for _ in range(4)))
        if r.random() < 0.1:
            body.insert(3, "## " + " ".join(r.choice(w) for _ in range(4)).capitalize())
        if r.random() < 0.1:
            body.insert(1, "> " + sentence(r, w, fr))
        text = "\n\n".join(body) + "\n"
        sub = out / str(day.year)
        sub.mkdir(exist_ok=True)
        if a.format == "pelican":
            head = f"Title: {title}\nDate: {day}\nCategory: {cat}\nAuthor: {auth}\nSlug: {slug}\nLang: {'fr' if fr else 'en'}\n\n"
        else:
            head = f'---\ntitle: "{title}"\ndate: {day}\ncategory: [{cat}]\ncategories: [{cat}]\nyears: ["{day.year}"]\nmonths: ["{day:%Y-%m}"]\nauthor: {auth}\nslug: {slug}\n---\n\n'
        (sub / f"{slug}.md").write_text(head + text, encoding="utf-8")


main()
