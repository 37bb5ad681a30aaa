"""Timing builds of made-up leaflets: `inv dev.bench`.

make_corpus.py     the leaflets
builders.py        the programs that build them: the press, stock Pelican, Hugo, Hugo and Pagefind
edits.py           what is changed between two builds
measure.py         seconds, processor time and memory of a command
compare.py         all of it in turn, and the files that come of it
goals.py           the tables of the result, beside what was aimed at
chart.py, axes.py  the picture
"""
