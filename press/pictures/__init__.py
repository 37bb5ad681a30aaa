"""Pictures made of pixels: what they say about their maker is taken out, they are measured and made smaller.

strip.py     metadata out of JPEG, PNG, GIF and WebP, without touching a pixel
boxes.py     the same for AVIF
measure.py   the size of a picture or a drawing, and what is wrong with it
smaller.py   the smaller versions that small screens load
"""
