"""
EDGE: the pages, rendered here and readable without JavaScript.

One module per feature it shows. Pages call the same verbs as the API and decide nothing
themselves. `site.build()` makes them one application of their own, so that an error in a
page is a page and an error in the API a problem document.
"""
