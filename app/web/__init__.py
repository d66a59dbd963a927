"""
EDGE: the pages, rendered here and readable without JavaScript.

One module per feature it shows. Pages call the same verbs as the API and decide nothing
themselves.
"""
