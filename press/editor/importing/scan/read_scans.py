"""stub"""
def read_pdf_scan(document, recognised, settings): raise NotImplementedError
