"""The system calls a program may make: what numeric Python needs, by name. Everything else is refused.

The names are turned into a filter by libseccomp, which knows their numbers on each architecture; one that the machine
does not have is left out, and a new call that this list does not name is refused.
"""

from __future__ import annotations

import errno

ALLOWED = frozenset(
    # files: where they may lie is up to Landlock and the mount namespace
    "read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat close close_range lseek "
    "stat fstat lstat newfstatat fstatat64 statx statfs fstatfs access faccessat faccessat2 getdents getdents64 "
    "getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir unlink unlinkat readlink readlinkat umask "
    "truncate ftruncate fallocate fadvise64 fsync fdatasync sendfile copy_file_range dup dup2 dup3 pipe pipe2 "
    # memory
    "mmap mprotect munmap mremap madvise brk msync "
    # signals, only to itself (see below), and time
    "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause "
    "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time alarm setitimer getitimer times "
    "timer_create timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime "
    "timerfd_gettime restart_syscall "
    # waiting
    "select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 "
    "eventfd eventfd2 "
    # what it is
    "getuid geteuid getgid getegid getgroups getresuid getresgid getpid getppid gettid getpgrp getpgid getsid "
    "getrusage getrlimit sysinfo uname getcpu getrandom getpriority sched_yield sched_getaffinity sched_getparam "
    "sched_getscheduler sched_get_priority_max sched_get_priority_min capget "
    # threads
    "futex futex_waitv set_robust_list set_tid_address rseq arch_prctl exit exit_group "
    # one end of its own socket pair, which asyncio waits on
    "recvfrom shutdown getsockname getsockopt".split()
)

# No program about a graph comes here by accident; it ends at once and counts as forbidden.
FATAL = frozenset(
    "ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp mount umount2 pivot_root chroot setns unshare "
    "fsopen fsmount fsconfig fspick open_tree move_mount mount_setattr open_by_handle_at bpf perf_event_open "
    "userfaultfd io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key kexec_load "
    "kexec_file_load reboot init_module finit_module delete_module swapon swapoff iopl ioperm modify_ldt "
    "acct quotactl settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname syslog".split()
)

# Refused with an error that callers know how to go on from.
ERRORS = {
    "clone3": errno.ENOSYS,  # its flags lie in memory where a filter cannot look; libc then takes clone
    "openat2": errno.ENOSYS,
    "getxattr": errno.ENOTSUP,
    "lgetxattr": errno.ENOTSUP,
    "fgetxattr": errno.ENOTSUP,
    "listxattr": errno.ENOTSUP,
    "llistxattr": errno.ENOTSUP,
    "flistxattr": errno.ENOTSUP,
}

# Where the scratch folder is all that can be written (a file system of the program's own, and no user who owns anything
# else), a program may set modes and times of its files, as shutil.copy does.
OWN_FILES = ("chmod", "fchmod", "fchmodat", "fchmodat2", "utime", "utimes", "utimensat", "futimesat")

CLONE_THREAD = 0x00010000
CLONE_NEW = 0x7E020000  # every namespace flag

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_OFD_*, F_DUPFD_CLOEXEC. Not F_SETOWN, which
# sends signals, nor leases, which hold up other processes.
FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030)
# TCGETS (isatty), FIONREAD, FIONBIO, FIONCLEX, FIOCLEX, TIOCGWINSZ. Not TIOCSTI, which types into a terminal.
IOCTL = (0x5401, 0x541B, 0x5421, 0x5450, 0x5451, 0x5413)
PRCTL = (15, 16)  # a thread's name
AF_UNIX, SOCK_STREAM, SOCK_TYPE = 1, 1, 0xF
