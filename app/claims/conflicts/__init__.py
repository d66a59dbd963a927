"""
Where claims in force cannot both be so: found by rules, explained where there is an explanation,
decided by nobody but people.

`finding.find` is the one door. It is a pure function of the claims: the same claims in any order
give the same conflicts, and one more claim takes none away. The two sides of a conflict are two
*values*, each with all the claims that state it, so that a third report that repeats one side
joins that side: its key, which what people said of it hangs on, stays.
"""
