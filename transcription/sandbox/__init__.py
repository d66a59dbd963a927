"""
Where foreign bytes are parsed: a child process that can do nothing else.

A media file is hostile until shown otherwise. A ninety-byte playlist makes ordinary loaders
open another file of the server; a crafted one corrupts the memory of the demuxer. So the
library never parses media in its own process and never by path. Web pages, PDFs and archives
that reports are published as are no different:

    caller --(open descriptor, over a socket pair)--> zygote --fork--> child
    caller <--(header, PCM or text, trailer over a pipe)---------------- child
    caller <--(how the child ended, over a pipe)------ zygote

* `zygote` is started once per trade, imports what the trade needs, has one thread and no secrets;
  it forks per file.
* `confinement` is what the child does to itself before it reads a byte: no new privileges,
  resource limits, Landlock with no path at all, a seccomp list of what decoding needs.
* `sound` (`decoding`, `media`, `decoder`) and `pages` are the trades. `wire` is how a child speaks,
  `limits` is what it may use.
* `zygotes` and `reply` are the caller's end, which trusts nothing that comes back.

Nothing here imports numpy: a zygote stays small, and single-threaded as fork demands.
"""
