"""
Listening before reading: what a reviewer heard in a span, kept before they are shown its words.

Whoever knows what is said hears it: that is the standard attack on transcripts of intercepted
speech. So a reviewer can be given a quote's place in the sound and nothing else. From the
start of a listening until its reveal the whole case's words are closed to the account
(`app.cases.caller.WordsClosed`), on every route of the API and every page, because each of them
asks the same value. What was heard is filed and sealed before it can be compared with anything.

What this cannot prevent, and so does not claim: that somebody read the words under another
account, in the newspaper, or before they had this one; or that somebody else tells them. What
it can say is whether this account was given words of the recording or of the reports that quote
it before the filing (`shown`), and every filing carries that.
"""
