"""What both HTTP edges share: parts, transactions, who is asking, cookies, limits, headers."""
