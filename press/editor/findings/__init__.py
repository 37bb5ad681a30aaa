"""What `inv check` shows of what a check has found: chosen by rule, level and change, as lines, table, page or data.

    choice.py           which findings were asked for        rule_docs.py    what the docs say of each rule
    output_formats.py   lines, JSON, annotations             advice_table.py how often each rule advises something
    work_page.py        a page to work through, from work_page.html, .css and .js

Nothing here imports Pelican or the rules of style: the check of an unchanged archive needs neither.
"""
