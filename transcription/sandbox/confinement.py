"""
How a process gives up everything that decoding does not need; it cannot be undone.

* `PR_SET_NO_NEW_PRIVS`: nothing it might run could gain rights.
* resource limits: memory, processor time, and no file may be written at all (`FSIZE` 0).
* Landlock (Linux 5.13 and later) with no rule: no path of the machine can be opened,
  and from ABI 4 and 6 on no TCP port, no abstract socket and no signal outside.
* seccomp: a list of allowed system calls. Not on it: open, socket, exec, fork, clone,
  kill, ptrace, ioctl, prctl, and any mapping of memory that is executable.

Landlock is called directly, since its three system calls have no wrapper in the standard
library; seccomp goes through libseccomp, which knows each processor's call numbers.
Linux documentation: `userspace-api/landlock`, `seccomp(2)`.
"""

import contextlib
import ctypes
import errno
import importlib
import mmap
import os
import resource
import socket
import struct
from collections.abc import Callable
from typing import Any

from transcription.sandbox.limits import Confinement, Limits

seccomp: Any = None
with contextlib.suppress(ImportError, RuntimeError):  # not Linux, or no libseccomp here
    # Now, for after the fork no library can be opened any more.
    seccomp = importlib.import_module("pyseccomp")

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION_QUERY = 1
_SET_PDEATHSIG, _SET_NO_NEW_PRIVS = 1, 38
_SIGKILL = 9

# Every file system right that an ABI knows, as the number of low bits that are set.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_NEWEST_FILE_RIGHTS = 16
_NETWORK_FROM_ABI, _SCOPES_FROM_ABI = 4, 6

# Executable memory is the first thing that injected code needs.
_NO_EXECUTABLE_MEMORY = ("mmap", "mprotect")
_ALLOWED = (
    "read",
    "pread64",
    "write",
    "close",
    "fstat",
    "newfstatat",
    "lseek",
    "munmap",
    "mremap",
    "madvise",
    "brk",
    "futex",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "exit",
    "exit_group",
    "clock_gettime",
    "gettimeofday",
    "getpid",
    "gettid",
    "getrandom",
    "sched_yield",
    "sched_getaffinity",
    "restart_syscall",
)


def enter(limits: Limits) -> Confinement:
    """Confine this process for good, as far as the kernel allows; say how far that was."""
    _privileges()
    _resources(limits)
    return Confinement(landlock_abi=_landlock(), seccomp=_seccomp())


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _privileges() -> None:
    with contextlib.suppress(AttributeError):  # not Linux: reported as no Landlock below
        libc = _libc()
        libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def _resources(limits: Limits) -> None:
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 16, 16),
    ):
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)  # noqa: PLW2901
        resource.setrlimit(kind, (soft, hard))


def _landlock() -> int:
    """Forbid every path; return the ABI if a path is indeed refused afterwards, else 0."""
    try:
        libc = _libc()
        abi = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_QUERY)
    except (AttributeError, OSError):
        return 0
    if abi < 1:
        return 0
    files = (1 << _FILE_RIGHTS.get(abi, _NEWEST_FILE_RIGHTS)) - 1
    fields = [files]
    if abi >= _NETWORK_FROM_ABI:
        fields.append(0b11)
    if abi >= _SCOPES_FROM_ABI:
        fields.append(0b11)
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    ruleset = libc.syscall(
        _CREATE_RULESET,
        ctypes.create_string_buffer(attributes),
        ctypes.c_size_t(len(attributes)),
        0,
    )
    if ruleset < 0 or libc.syscall(_RESTRICT_SELF, ruleset, 0) < 0:
        return 0
    os.close(ruleset)
    return abi if _refused(lambda: os.close(os.open("/", os.O_RDONLY))) else 0


def _seccomp() -> bool:
    """Load the list of allowed calls; true if a socket is indeed refused afterwards."""
    if seccomp is None:
        return False
    rules = seccomp.SyscallFilter(defaction=seccomp.ERRNO(errno.EPERM))
    for name in _ALLOWED:
        with contextlib.suppress(OSError):  # a call that this processor does not have
            rules.add_rule(seccomp.ALLOW, name)
    for name in _NO_EXECUTABLE_MEMORY:
        rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(2, seccomp.MASKED_EQ, mmap.PROT_EXEC, 0))
    try:
        rules.load()
    except OSError:
        return False
    return _refused(lambda: socket.socket().close())


def _refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in {errno.EACCES, errno.EPERM}
    return False
