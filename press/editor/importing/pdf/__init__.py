"""PDF with a text layer: characters with their places → columns → paragraphs, notes and page marks.

characters     pdfium's characters of a page → pieces of lines with place, size and fonts
    letter_settings  (for characters) how letters are set: size, font, turn
    page_lines     the data that the next ones pass on: lines, pages, what was changed
columns        the pieces of a page → lines in reading order
running_heads  lines of the printed page that are no text: running heads, page numbers
page_notes     notes at the foot, and their marks in the text
group_lines    lines → paragraphs, verse, headings
emphasis       a paragraph → Markdown, with italics, bold, note marks and page marks
pdf_proof      the proof that no word is missing
pdf_faults     what cannot be read, in one line each
read_pdf       all of this in order
"""
