# Part of `engine`: installs what is missing and takes away again exactly that.

missing_packages() {
    missing=
    if ! has dockerd || ! has containerd || ! has runc; then missing="$missing docker.io"; fi
    has iptables || missing="$missing iptables"
    has ip || missing="$missing iproute2"
    has mmdebstrap || missing="$missing mmdebstrap"
    if ! [ -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
        missing="$missing debian-archive-keyring"
    fi
}

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 \
        "$@" >>"$state/apt.log" 2>&1 </dev/null 9>&-
}

apt_fail() {
    say "$1; the end of apt's log:"
    tail -n 15 "$state/apt.log" >&2 || :
    return 1
}

# While this file says so, no package starts its service: the system's own engine stays off.
policy=/usr/sbin/policy-rc.d
policy_mark='Put here by the lab while it installs packages: no service may start now.'
close_policy() {
    # What an interrupted call has left there is nobody's to be kept.
    open_policy
    if [ -e $policy ] || [ -L $policy ]; then mv $policy $policy.rollout-lab; fi
    printf '%s\n' '#!/bin/sh' "# $policy_mark" 'exit 101' >$policy
    chmod 755 $policy
}
open_policy() {
    if [ -e $policy ] && grep -q "$policy_mark" $policy; then rm -f $policy; fi
    if [ -e $policy.rollout-lab ] || [ -L $policy.rollout-lab ]; then
        mv $policy.rollout-lab $policy
    fi
}

install_packages() {
    missing_packages
    install_missing || return 1
    if ! has docker; then say "no docker client: docker/base and docker/test.sh need one"; fi
}

# What only `--vm` needs.
install_machine() {
    missing=
    has qemu-system-x86_64 || missing="$missing qemu-system-x86"
    has qemu-img || missing="$missing qemu-utils"
    has mke2fs || missing="$missing e2fsprogs"
    has docker || missing="$missing docker-cli"
    packages_before=
    if [ -s "$state/packages" ]; then packages_before=$state/packages; fi
    install_missing
}

install_missing() {
    if [ -n "$missing" ]; then
        say "installing$missing (log: $state/apt.log)"
        : >>"$state/apt.log"
        # A third-party source that fails must not stop us while the distribution's lists are fine.
        apt update || apt update || say "apt-get update had failures; trying with the lists at hand"
        # From trixie on the client is a package of its own.
        if ! has docker && apt-cache show docker-cli >/dev/null 2>&1; then
            missing="$missing docker-cli"
        fi
        # shellcheck disable=SC2086
        LC_ALL=C apt-get install -s --no-install-recommends $missing 2>>"$state/apt.log" |
            awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }' >"$state/packages.planned"
        if ! [ -s "$state/packages.planned" ]; then
            apt_fail "apt offers no way to install$missing"
            return 1
        fi
        # Into a file that is read as well: not by a redirection, which would empty it first.
        sort -u -o "$state/packages" "$state/packages.planned" ${packages_before:+"$packages_before"}
        close_policy
        # shellcheck disable=SC2086
        if ! apt install --no-install-recommends $missing; then
            open_policy
            apt_fail "installing$missing failed"
            return 1
        fi
        open_policy
        if [ -d /run/systemd/system ] && grep -qx docker.io "$state/packages"; then
            systemctl disable docker.service docker.socket containerd.service >/dev/null 2>&1 || :
        fi
    fi
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Purges what `up` installed, unless something that came later needs it.
remove_packages() {
    [ -s "$state/packages" ] || return 0
    names=
    while read -r name; do
        if installed "$name"; then names="$names $name"; fi
    done <"$state/packages"
    [ -n "$names" ] || return 0
    # The package's own purge deletes /var/lib/docker. That folder was not made by `up`.
    how=purge
    if [ -e /var/lib/docker ]; then how=remove; fi
    # shellcheck disable=SC2086
    LC_ALL=C apt-get $how -s $names 2>/dev/null |
        awk '$1 == "Purg" || $1 == "Remv" { print $2 }' | sort -u >"$state/packages.removal"
    # shellcheck disable=SC2086
    others=$(printf '%s\n' $names | sort -u | comm -13 - "$state/packages.removal" | tr '\n' ' ')
    if [ -n "$others" ]; then
        say "left installed, because removing them would also remove $others:$names"
        return 0
    fi
    close_policy
    # shellcheck disable=SC2086
    if apt $how $names; then
        say "removed the packages that \`up\` had installed:$names"
    else
        apt_fail "removing$names failed" || :
    fi
    open_policy
}
