"""
Which addresses are public: our own table, from the registries of special-purpose addresses.

Python's `is_global` is not asked: it calls some addresses global that lead home again (IPv4 in
IPv6 by several spellings, translation prefixes, multicast), and it changes with each version. Of
IPv6 only global unicast is let in at all, and of that nothing that carries an IPv4 address inside.

IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), RFC 4291, RFC 5771.
"""

import ipaddress

_IPV4_DENIED = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a provider's translation; clouds keep services here
            "127.0.0.0/8",  # this machine
            "169.254.0.0/16",  # link local, where clouds keep their metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_IPV6_UNICAST = ipaddress.IPv6Network("2000::/3")
_IPV6_DENIED = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo, benchmarks, ORCHID among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address inside
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
# ::/3 holds the loopback, mapped and translated (64:ff9b::/96) IPv4; e000::/3 what is unique to a
# site, link local, site local and multicast: neither is in 2000::/3.


def is_public(address: str) -> bool:
    """Whether an address, as a resolver spells it, is on the public internet for all we know."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _IPV4_DENIED)
    if found.scope_id is not None or found not in _IPV6_UNICAST:
        return False
    return not any(found in network for network in _IPV6_DENIED)
