# Part of `engine`: what the host's kernel offers, and what has to be put back on it.

# In the kernel's order: the position is the bit.
capability_names="CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP \
LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE \
SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME \
SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG \
WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE"

lacking_capabilities() {
    bounding=$((0x$(awk '$1 == "CapBnd:" { print $2 }' /proc/self/status)))
    last=$(cat /proc/sys/kernel/cap_last_cap)
    bit=0
    for name in $capability_names; do
        [ $bit -le "$last" ] || break
        if [ $(((bounding >> bit) & 1)) = 0 ]; then printf ' CAP_%s' "$name"; fi
        bit=$((bit + 1))
    done
}

# runc refuses to give a process a capability that the host does not have, and --privileged asks for
# all of them. So the default runtime takes those out of the bundle (and of the process file of an
# exec) and then becomes runc.
write_runtime() { # write_runtime FILE CAPABILITY...
    file=$1; shift
    edits=
    for name; do edits="$edits -e s/\"$name\",//g -e s/,\"$name\"//g -e s/\"$name\"//g"; done
    {
        echo '#!/bin/sh'
        echo '# Written by the lab: runc, without the capabilities that this host lacks.'
        echo "edit() { if [ -w \"\$1\" ]; then sed -i$edits \"\$1\"; fi; }"
        cat <<'END'
bundle=. process= command= previous=
for argument; do
    case $previous in
    --bundle | -b) bundle=$argument ;;
    --process | -p) process=$argument ;;
    esac
    case $argument in
    --bundle=*) bundle=${argument#*=} ;;
    --process=*) process=${argument#*=} ;;
    create | run | restore | exec) command=${command:-$argument} ;;
    esac
    previous=$argument
done
case $command in
exec) if [ -n "$process" ]; then edit "$process"; fi ;;
?*) edit "$bundle/config.json" ;;
esac
END
        echo "exec $(command -v runc) \"\$@\""
    } >"$file"
    chmod 755 "$file"
}

# A /16 that nothing on this host routes: half of it for our bridge, half for networks made later.
choose_network() {
    routes=$(ip -4 route show table all; ip -4 addr show)
    for prefix in 10.213 10.214 10.215 172.30 192.168; do
        case $routes in *" $prefix."* | "$prefix."* | *"
$prefix."*) continue ;; esac
        echo "$prefix"
        return 0
    done
    say "no free private network found for the bridge"
    return 1
}

other_dockerd() {
    mine=$(cat "$run/dockerd.pid" 2>/dev/null || echo 0)
    for entry in /proc/[0-9]*; do
        [ "$(cat "$entry/comm" 2>/dev/null)" = dockerd ] || continue
        [ "${entry#/proc/}" != "$mine" ] || continue
        space=$(readlink "$entry/ns/net" 2>/dev/null || :)
        if [ "$space" = "$(readlink /proc/self/ns/net)" ]; then return 0; fi
    done
    return 1
}

rules() {
    for table in filter nat; do
        iptables -w 10 -t $table -S 2>/dev/null | sed "s/^/$table /"
    done
}

# Two things that dockerd and its package make outside our folders and that no purge takes away.
note_host() {
    [ -e /etc/docker/key.json ] || : >"$state/key.made"
    getent group docker >/dev/null || : >"$state/group.made"
}

restore_host() {
    if other_dockerd; then return 0; fi
    if [ -e "$state/key.made" ]; then rm -f /etc/docker/key.json; fi
    if [ -d /etc/docker ] && ! has dockerd; then rmdir /etc/docker 2>/dev/null || :; fi
    if [ -e "$state/group.made" ] && ! has dockerd; then groupdel docker 2>/dev/null || :; fi
}

note_network() {
    [ -e "$state/rules.before" ] || rules >"$state/rules.before"
    [ -e "$state/forward.before" ] || cat /proc/sys/net/ipv4/ip_forward >"$state/forward.before"
}

# dockerd leaves its bridges behind, and its chains. The bridges are known by their addresses. The
# chains go only if they were not there before `up` and no other dockerd shares them.
restore_network() {
    links=$bridge
    if [ -r "$state/network" ]; then
        prefix=$(cat "$state/network")
        links="$links $(ip -o -4 addr show 2>/dev/null |
            awk -v p="$prefix." 'index($4, p) == 1 && $2 ~ /^br-/ { print $2 }' | sort -u)"
    fi
    for link in $links; do ip link delete "$link" 2>/dev/null || :; done
    [ -r "$state/rules.before" ] || return 0
    if other_dockerd; then
        say "another dockerd runs here: iptables chains and ip_forward are left as they are"
        return 0
    fi
    if has iptables; then restore_rules; fi
    if [ "$(cat "$state/forward.before" 2>/dev/null)" = 0 ]; then
        echo 0 >/proc/sys/net/ipv4/ip_forward 2>/dev/null || :
    fi
}

# A rule as iptables lists it is what iptables-restore reads. No shell reads it: it may be another
# program's, with anything in its comment.
delete_rule() { # delete_rule TABLE RULE
    printf '*%s\n-D %s\nCOMMIT\n' "$1" "$2" | iptables-restore -w 10 --noflush 2>/dev/null || :
}

# First the jumps and rules, then the chains; every line that `up` found in place stays.
restore_rules() {
    rules >"$state/rules.after"
    made="DOCKER|-s ${prefix:-none}\\."
    for link in $links; do made="$made|$link"; done
    grep -vxF -f "$state/rules.before" "$state/rules.after" | grep -E "^(filter|nat) -A .*($made)" |
        while read -r table _ rule; do
            delete_rule "$table" "$rule"
        done
    for action in F X; do
        grep -vxF -f "$state/rules.before" "$state/rules.after" |
            awk '$2 == "-N" && $3 ~ /^DOCKER/ { print $1, $3 }' |
            while read -r table chain; do
                iptables -w 10 -t "$table" -$action "$chain" 2>/dev/null || :
            done
    done
    if grep -qx 'filter -P FORWARD ACCEPT' "$state/rules.before"; then
        iptables -w 10 -P FORWARD ACCEPT 2>/dev/null || :
    fi
}
