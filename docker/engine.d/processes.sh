# Part of `engine`: its lock, and the processes that it starts, waits for and stops.

# Only root can make a file in /run, and only its owner can open this one: nobody else can hold it.
take_lock() {
    mask=$(umask)
    umask 077
    exec 9>"$lock"
    umask "$mask"
    chmod 600 "$lock"
    flock -n 9 && return 0
    say "another engine command is at work; waiting for it (at most $patience s)"
    flock -w "$patience" 9 ||
        fail "the other engine command still holds $lock after $patience s; nothing was done"
}

# A pid file may outlive its process, and the number may belong to somebody else by then.
ours() { # ours PIDFILE NAME
    [ -s "$1" ] || return 1
    pid=$(cat "$1")
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    [ -r "/proc/$pid/cmdline" ] || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "^[^ ]*$2 .*/rollout-lab/"
}

gone() { # gone PID SECONDS
    ticks=$(($2 * 10))
    while [ -d "/proc/$1" ] && ! grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; do
        [ $ticks -gt 0 ] || return 1
        ticks=$((ticks - 1))
        sleep 0.1
    done
}

stop() { # stop PIDFILE NAME SECONDS
    ours "$1" "$2" || return 0
    victim=$(cat "$1")
    kill -TERM "$victim" 2>/dev/null || :
    gone "$victim" "$3" && return 0
    say "$2 (pid $victim) did not stop within $3 s; killing it"
    kill -KILL "$victim" 2>/dev/null || :
    gone "$victim" 10 || say "$2 (pid $victim) cannot be killed"
}

# Own session, own process group, none of our descriptors: Ctrl-C in the caller's terminal must not
# reach it.
launch() { # launch NAME COMMAND...
    name=$1; shift
    # shellcheck disable=SC2016
    setsid sh -c 'echo $$ >"$0"; exec "$@"' "$run/$name.pid" "$@" \
        </dev/null >>"$state/$name.log" 2>&1 9>&- &
}

wait_for() { # wait_for NAME SECONDS CHECK...
    name=$1 limit=$2; shift 2
    ticks=0
    until "$@"; do
        if [ $ticks -gt 10 ] && ! ours "$run/$name.pid" "$name"; then
            say "$name ended at once"
            return 1
        fi
        if [ $ticks -ge $((limit * 10)) ]; then
            say "$name does not answer after $limit s"
            return 1
        fi
        ticks=$((ticks + 1))
        if [ $((ticks % 50)) = 0 ]; then
            say "waiting for $name ($((ticks / 10)) s of at most $limit s)"
        fi
        sleep 0.1
    done
}

# A clean removal of the containers frees their mounts, and networks take their bridges along.
remove_containers() {
    ours "$run/dockerd.pid" dockerd && has docker && answers "$private" || return 0
    client="limited 60 docker -H $private"
    ids=$($client ps -q -a 2>/dev/null || :)
    # shellcheck disable=SC2086
    if [ -n "$ids" ]; then $client rm -f -v $ids >/dev/null 2>&1 || :; fi
    ids=$($client network ls -q --filter type=custom 2>/dev/null || :)
    # shellcheck disable=SC2086
    if [ -n "$ids" ]; then $client network rm $ids >/dev/null 2>&1 || :; fi
}

# Shims outlive their parents by design; ours are known by the socket they were given.
stop_shims() {
    for entry in /proc/[0-9]*; do
        tr '\0' ' ' 2>/dev/null <"$entry/cmdline" |
            grep -q "^[^ ]*containerd-shim.* -address $run/" || continue
        shim=${entry#/proc/}
        children=$(cat "$entry/task/$shim/children" 2>/dev/null || :)
        for child in $children; do kill -KILL "$child" 2>/dev/null || :; done
        kill -KILL "$shim" 2>/dev/null || :
        gone "$shim" 5 || :
    done
}

# What is mounted below our folders, innermost first.
mounts() {
    awk -v a="$state/" -v b="$run/" 'index($5, a) == 1 || index($5, b) == 1 { print $5 }' \
        /proc/self/mountinfo | sort -r
}

stop_processes() {
    remove_containers
    stop "$run/dockerd.pid" dockerd 40
    stop "$run/containerd.pid" containerd 20
    stop_shims
    mounts | while read -r point; do umount -l "$point" 2>/dev/null || :; done
    rm -f "$run"/*.pid "$run"/*.sock "$run"/*.sock.ttrpc "$run/dockerd.lock"
    if [ -d /sys/fs/cgroup ]; then
        find /sys/fs/cgroup -depth -type d -path "/sys/fs/cgroup*/$cgroup*" -exec rmdir {} + \
            2>/dev/null || :
    fi
}
