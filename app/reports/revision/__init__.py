"""
What a publisher changed between two texts of one report, and whether the newer one says so.

    words      both texts word by word: what stands, what was replaced, added, taken out
    notices    passages in which a report says that it was changed
    footing    what stood on the older text: where it stands in the newer one, or that it fell

Computed from two frozen texts each time and stored nowhere.
"""
