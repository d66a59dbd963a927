"""
How large a request's body may be.

FastAPI reads a body before it asks who sent it, so everything but an upload is limited for
the whole application, and counted as it arrives. Routes that stream a body to disk say so
(`max_body_size=STREAMED`) and hold it to the limits of settings and quota themselves.
"""

ORDINARY = 16 << 20
STREAMED = 1 << 62
