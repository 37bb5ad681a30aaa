"""PDF with a text layer: characters with their places → columns → paragraphs, notes and page marks.

characters     pdfium's characters of a page → pieces of lines with place, size and fonts
    letter_settings, letter_signs, letter_order  (for characters) how letters are set, what they mean, their order
    page_lines     the data that the next ones pass on: lines, pages, what was changed
page_furniture lines of the printed page that are no text: running heads, page numbers
page_columns   the pieces of a page → lines in reading order, by the gutters of all pages
    page_initials  (for page_columns) large initials
page_measures  what most lines have in common
page_notes     notes at the foot or at the end, and their marks in the text
group_lines    lines → paragraphs, lists, tables
    pdf_blocks, page_verse, page_headings  (for group_lines) what blocks are, what is verse, what a heading
emphasis       a paragraph → Markdown, with italics, bold, note marks and page marks
write_pages    all blocks → the text and its metadata
pdf_proof      the proof that no word is missing
pdf_faults     what cannot be read, in one line each
read_pdf       all of this in order
"""
