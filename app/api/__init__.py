"""The JSON edge: `/api/v1`, one module per feature, errors as RFC 9457 problems."""
