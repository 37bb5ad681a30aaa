"""The words of the interface in the language of the site, from gettext catalogues that are read as they are.

message_files.py finds the catalogues of a language, and message_reader.py reads one: its sound messages, and what is
wrong with the others. message_list.py has every message that a site may show, and message_check.py what the language
of a site lacks of them.
"""
