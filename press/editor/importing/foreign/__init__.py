"""Markdown from other programs: its header, its text.

foreign_header       where the header is; header_forms reads it, header_keys knows its keys, header_proof its words
take_header          its values by the archive's keys, the rest as notes
convert_markdown     the text, rule by rule, each of which records in a conversion what it takes out and writes:
shortcodes           comments and template code; code is set aside
foreign_html         tags (html_tree, html_tables, markdown_pieces)
other_marks          marks of other dialects
foreign_notes        notes
list_layout          lists, with the numbers that were printed
markdown_proof       that no word is lost or added, and what markup is left
foreign_markdown     all of it, in order
"""
