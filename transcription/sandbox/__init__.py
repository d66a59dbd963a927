"""
Where foreign bytes are parsed: a child process that can do nothing else.

A media file is hostile until shown otherwise. A ninety-byte playlist makes ordinary loaders
open another file of the server; a crafted one corrupts the memory of the demuxer. So the
library never parses media in its own process and never by path:

    caller --(open descriptor, over a socket pair)--> zygote --fork--> child
    caller <--(header, PCM, trailer over a pipe)------------------------ child
    caller <--(how the child ended, over a pipe)------ zygote

* `zygote` is started once, imports PyAV, has one thread and no secrets; it forks per file.
* `confinement` is what the child does to itself before it reads a byte: no new privileges,
  resource limits, Landlock with no path at all, a seccomp list of what decoding needs.
* `decoding` is what the child then does. `wire` is how it speaks. `limits` is what it may use.

Nothing here imports numpy: the zygote stays small, and single-threaded as fork demands.
The caller's side, which trusts nothing that comes back, is `transcription.audio`.
"""
