"""
Getting a published page from its address, without becoming a way into the house.

Whoever may ask for an address could name one of ours: a neighbour's database, the metadata service
of a cloud, this very server. So an address is taken apart and checked (`address`), its name is
resolved once (`resolving`), every address that comes back must be a public one by our own table
(`networks`), the connection goes to the very address that was checked, and each redirect
begins again from the start (`fetch`). What is refused says why (`refusal`).

Only a worker does this, and only where the operator allows it.
"""
