# Part of `engine`: a small machine, emulated by QEMU, whose kernel has IPVS, and an engine in it. For hosts whose
# kernel has none. All that is emulated is some ten times slower: it shows what works, and never how fast.
#
# Its disk is made on the host, where things are fast: the node image's files, a kernel from the distribution, and an
# engine's data root with the lab's images and the data root that nodes are cloned from. It is never written to: the
# machine writes to a second file, which also holds a snapshot of the machine as it was when its engine first answered.

machine_url=tcp://127.0.0.1:23750
machine_first_port=24000            # the engine there publishes on these; each is forwarded from 127.0.0.1
machine_last_port=24063
machine_run=$run/vm
machine_state=$state/vm
machine_limit=600                   # seconds until its engine answers
machine_label=rollout-lab-vm=$$     # of containers that the disk is made with
qemu=qemu-system-x86_64

kernel_has_ipvs() {
    [ -e /proc/net/ip_vs ] || { has modprobe && modprobe -q ip_vs 2>/dev/null && [ -e /proc/net/ip_vs ]; }
}

machine_can_be() {
    can_start || fail "--vm needs root on Debian: it installs QEMU, and takes the distribution's kernel"
    [ "$(uname -m)" = x86_64 ] || fail "--vm makes an x86-64 machine, and this is $(uname -m)"
}

# Where it is made already it has them.
has_room_for_disk() {
    free=$(($(df -Pk "$(dirname "$state")" | awk 'NR == 2 { print $4 }') / 1024))
    [ "$free" -ge 6000 ] || { say "--vm needs some 6 GB below $state, and $free MB are free there"; return 1; }
}

has_memory_for_machine() {
    memory=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)
    [ "$memory" -ge 8000 ] || { say "--vm needs 8 GB of memory, and $memory MB are available"; return 1; }
}

# ---------------------------------------------------------------- its disk

# Files of packages that are not installed: a kernel and a busybox.
unpack() { # unpack PACKAGE FOLDER
    (
        mkdir -p "$machine_state/packages" && cd "$machine_state/packages" && rm -f -- ./*.deb
        apt download "$1" && dpkg-deb -x ./*.deb "$2" && rm -f -- ./*.deb
    ) || { apt_fail "the package $1 could not be had"; return 1; }
}

kernel_package() {
    apt-cache depends linux-image-cloud-amd64 2>/dev/null |
        awk '$1 == "Depends:" && $2 ~ /^linux-image-/ { print $2; exit }'
}

# The node image's engine works on the new data root, on the host.
fill_data_root() { # fill_data_root NODE GOLDEN IMAGE...
    node=$1 golden=$2; shift 2
    worker=$(docker run -d --privileged --label "$machine_label" -v "$machine_state/data:/data" \
        -e DATA_ROOT=/data/docker "$node") || return 1
    inside="docker exec -i $worker docker"
    ticks=0
    until $inside version >/dev/null 2>&1; do
        ticks=$((ticks + 1))
        if [ $ticks -gt 300 ] || [ "$(docker inspect -f '{{.State.Running}}' "$worker")" != true ]; then
            docker logs "$worker" 2>&1 | tail -n 15 >&2
            docker rm -f -v "$worker" >/dev/null
            say "the engine that fills the disk does not answer"
            return 1
        fi
        sleep 0.2
    done
    filled=yes
    # Of a pipe only the end tells whether it was well.
    docker save "$@" | $inside load >/dev/null || filled=no
    for image; do $inside image inspect "$image" >/dev/null 2>&1 || filled=no; done
    $inside volume create --label rollout-lab=cache rollout-lab >/dev/null || filled=no
    docker stop -t 60 "$worker" >/dev/null || filled=no
    docker rm -f -v "$worker" >/dev/null
    [ $filled = yes ] || { say "the images could not be copied onto the disk"; return 1; }
    docker run --rm --privileged --label "$machine_label" -v rollout-lab:/lab:ro \
        -v "$machine_state/data/docker/volumes/rollout-lab/_data:/out" --entrypoint sh "$node" \
        -c 'mkdir -p /out/golden && cp -a "/lab/golden/$1" /out/golden/' sh "$golden" ||
        { say "the nodes' data root could not be copied onto the disk"; return 1; }
    rm -f "$machine_state/data/docker/engine-id"
}

make_initrd() { # make_initrd KERNEL: what can mount the disk
    tree=$machine_state/initrd
    mkdir -p "$tree/bin" "$tree/modules" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/disk"
    cp "$machine_state/busybox/bin/busybox" "$tree/bin/busybox"
    for applet in sh mount insmod switch_root sleep; do ln -s busybox "$tree/bin/$applet"; done
    cp "$here/vm/initrd-init" "$tree/init"
    for module in virtio_pci virtio_blk crc32c_generic ext4; do
        chroot "$machine_state/root" modprobe -S "$1" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' | while read -r file; do
        name=$(basename "$file")
        case $name in
        *.xz) name=${name%.xz}; xz -dc "$machine_state/root$file" >"$tree/modules/$name" ;;
        *) cp "$machine_state/root$file" "$tree/modules/$name" ;;
        esac
        echo "$name" >>"$tree/modules/list"
    done
    [ -s "$tree/modules/list" ] || { say "the kernel's modules for the disk were not found"; return 1; }
    (cd "$tree" && find . | bin/busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$machine_state/initrd.gz"
}

make_disk() { # make_disk NODE GOLDEN IMAGE...
    began=$(date +%s)
    rm -rf "$machine_state"
    mkdir -p "$machine_state/root" "$machine_state/data" "$machine_state/kernel" "$machine_state/busybox"
    say "making the machine's disk (some 2 minutes, once for these images)"
    apt update || say "apt-get update had failures; trying with the lists at hand"
    package=$(kernel_package)
    [ -n "$package" ] || { say "apt knows no linux-image-cloud-amd64: --vm takes Debian's kernel"; return 1; }
    unpack "$package" "$machine_state/kernel" && unpack busybox-static "$machine_state/busybox" || return 1
    version=${package#linux-image-}
    mv "$machine_state/kernel/boot/vmlinuz-$version" "$machine_state/vmlinuz"

    holder=$(docker create --label "$machine_label" "$1") || return 1
    docker export "$holder" >"$machine_state/root.tar" && tar -x -f "$machine_state/root.tar" -C "$machine_state/root" ||
        { say "the node image's files could not be copied onto the disk"; return 1; }
    docker rm "$holder" >/dev/null
    rm "$machine_state/root.tar"
    mkdir -p "$machine_state/root/usr/lib/modules" "$machine_state/root/var/lib"
    modules=$machine_state/kernel/lib/modules
    [ -d "$modules" ] || modules=$machine_state/kernel/usr/lib/modules
    mv "$modules/$version" "$machine_state/root/usr/lib/modules/"
    chroot "$machine_state/root" depmod "$version" || return 1
    cp "$here/vm/init" "$machine_state/root/sbin/lab-init"
    chmod 755 "$machine_state/root/sbin/lab-init"
    make_initrd "$version" || return 1

    fill_data_root "$@" || return 1
    rm -rf "$machine_state/root/var/lib/docker"
    mv "$machine_state/data/docker" "$machine_state/root/var/lib/docker"
    mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -E lazy_itable_init=1 -d "$machine_state/root" \
        "$machine_state/disk.img" 16G >>"$state/apt.log" 2>&1 || { say "the disk could not be written"; return 1; }
    for part in root data kernel busybox initrd packages; do rm -rf "${machine_state:?}/$part"; done
    # Written last: who finds it finds a whole disk.
    echo "$*" >"$machine_state/holds"
    say "made the machine's disk in $(($(date +%s) - began)) s"
}

# ---------------------------------------------------------------- the machine

machine_answers() { (unset DOCKER_TLS_VERIFY; answers "$machine_url"); }

# The two clocks must agree, since a run's record has times of both. Only root can write to that pipe. What is
# written while the machine is still being put together is lost, so it is asked whether it was heard.
set_clock() {
    tries=0
    until clock_agrees; do
        tries=$((tries + 1))
        if [ $tries -gt 20 ]; then
            say "the machine's clock cannot be set"
            return 1
        fi
        date +%s.%N >"$machine_run/clock.in"
        sleep 1
    done
}

# By milliseconds; what lies within question and answer is no difference.
clock_agrees() {
    asked=$(date +%s%3N)
    told=$(unset DOCKER_TLS_VERIFY; docker -H "$machine_url" info --format '{{.SystemTime}}' 2>/dev/null)
    # No text at all would be read as midnight.
    [ -n "$told" ] && told=$(date -d "$told" +%s%3N) || return 1
    answered=$(date +%s%3N)
    [ "$told" -ge $((asked - 150)) ] && [ "$told" -le $((answered + 150)) ]
}

# Says something to QEMU, and waits until it has been done.
machine_do() { # machine_do COMMAND
    printf '%s\ninfo status\n' "$1" >"$machine_run/monitor.in"
    limited 300 sed '/VM status:/q' <"$machine_run/monitor.out" >"$machine_run/said"
    if grep -q Error "$machine_run/said"; then
        grep Error "$machine_run/said" >&2
        return 1
    fi
}

start_qemu() { # start_qemu [OPTION...]
    mkdir -p "$machine_run"
    chmod 700 "$machine_run"
    for name in clock monitor; do
        rm -f "$machine_run/$name.in" "$machine_run/$name.out"
        mkfifo "$machine_run/$name.in" "$machine_run/$name.out"
    done
    forwarded=hostfwd=tcp:127.0.0.1:${machine_url##*:}-:2375
    port=$machine_first_port
    while [ "$port" -le $machine_last_port ]; do
        forwarded=$forwarded,hostfwd=tcp:127.0.0.1:$port-:$port
        port=$((port + 1))
    done
    # Emulated even where the processor could do it: a kernel that is virtualised within a virtual machine may hang.
    (
        run=$machine_run state=$machine_state
        launch $qemu $qemu -nodefaults -no-user-config -display none -no-reboot -M q35 \
            -accel tcg,thread=multi,tb-size=1024 -cpu max,-avx,-avx2,-fma,-xsave -smp 2 -m 6G \
            -kernel "$machine_state/vmlinuz" -initrd "$machine_state/initrd.gz" \
            -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable net.ifnames=0" \
            -drive "file=$machine_state/run.qcow2,format=qcow2,if=none,id=disk,cache=unsafe,aio=threads" \
            -device virtio-blk-pci,drive=disk \
            -netdev "user,id=net,restrict=on,$forwarded" -device virtio-net-pci,netdev=net,romfile= \
            -device virtio-rng-pci \
            -serial "file:$machine_state/console.log" -serial "pipe:$machine_run/clock" \
            -monitor "pipe:$machine_run/monitor" "$@"
    )
}

await_machine() (
    run=$machine_run
    wait_for $qemu $machine_limit machine_answers
)

# From the snapshot where there is one: a boot takes half a minute, and the snapshot seconds.
start_machine() {
    began=$(date +%s)
    # One that runs and does not answer is of no use, and has the ports.
    stop_machine
    has_memory_for_machine || return 1
    if [ -s "$machine_state/snapshot" ] && start_qemu -loadvm up && await_machine && set_clock; then
        say "the machine goes on from its snapshot ($(($(date +%s) - began)) s)"
        return 0
    fi
    stop_machine
    rm -f "$machine_state/snapshot"
    say "starting the machine"
    qemu-img create -q -f qcow2 -b "$machine_state/disk.img" -F raw "$machine_state/run.qcow2" >&2 || return 1
    start_qemu && await_machine || return 1
    say "its engine answers ($(($(date +%s) - began)) s)"
    # Without one the next start is a boot: no reason to fail.
    if machine_do "savevm up"; then echo up >"$machine_state/snapshot"; fi
    set_clock
}

stop_machine() (
    run=$machine_run
    stop "$run/$qemu.pid" $qemu 20
    rm -rf "$machine_run"
)

announce_machine() {
    say "an engine in a machine whose kernel has IPVS answers at $machine_url; it publishes on ports" \
        "$machine_first_port to $machine_last_port: call the lab with --vm, or with" \
        "--ports 0.0.0.0:$machine_first_port-$machine_last_port --patience 10 and this DOCKER_HOST"
    announce "$machine_url"
}

# Whether its disk has the nodes' data root and all of these images; it may have more.
disk_holds() { # disk_holds NODE GOLDEN IMAGE...
    [ -s "$machine_state/holds" ] || return 1
    for name; do
        case " $(cat "$machine_state/holds") " in *" $name "*) ;; *) return 1 ;; esac
    done
}

machine_is_used() {
    machine_answers && [ -n "$(unset DOCKER_TLS_VERIFY; docker -H "$machine_url" ps -q 2>/dev/null)" ]
}

# Containers that the disk is made with, and half a disk.
sweep_machine() {
    # shellcheck disable=SC2046
    docker rm -f -v $(docker ps -aq --filter "label=$machine_label") >/dev/null 2>&1 || :
    if [ ! -s "$machine_state/holds" ]; then rm -rf "$machine_state"; fi
}

machine_interrupted() {
    trap '' INT TERM HUP
    say "interrupted; undoing"
    open_policy
    sweep_machine
    stop_machine
    exit 130
}

machine_up() { # machine_up [NODE GOLDEN IMAGE...]: without images those that its disk holds
    if kernel_has_ipvs; then
        say "this kernel has IPVS: no machine is needed"
        up
        return
    fi
    machine_can_be
    if [ $# = 0 ] && ! [ -s "$machine_state/holds" ]; then
        # Which images belong on the disk, and how they are made, is the lab's business.
        [ -x "$here/../lab" ] || fail "the machine's disk is not made yet, and the lab that makes it is not at $here/.."
        exec "$here/../lab" engine up --vm
    fi
    take_lock
    trap machine_interrupted INT TERM HUP
    if [ $# != 0 ] && ! disk_holds "$@"; then
        if machine_is_used; then
            fail "the machine runs, without the images that are needed now, and something is at work in it: wait" \
                "until that has ended, or end it by \`$0 down --vm\`"
        fi
        if [ "${DOCKER_HOST:-}" = "$machine_url" ]; then unset DOCKER_HOST; fi
        find_engine || :
        case $found in
        unix://*) export DOCKER_HOST="$found" ;;
        *) fail "the machine's disk is made with an engine on this host, and none answers here" ;;
        esac
        stop_machine
        rm -rf "$machine_state"
        mkdir -p "$state"
        if ! has_room_for_disk || ! install_machine || ! make_disk "$@"; then
            sweep_machine
            fail "the machine's disk could not be made"
        fi
    fi
    if machine_answers; then
        set_clock || fail "call \`$0 down --vm\` and then \`$0 up --vm\`, which makes it anew"
    else
        install_machine || fail "QEMU could not be installed"
        if ! start_machine; then
            tail -n 15 "$machine_state/console.log" "$machine_state/$qemu.log" >&2 2>/dev/null || :
            stop_machine
            fail "the machine did not start; what was started has been stopped again"
        fi
    fi
    trap - INT TERM HUP
    announce_machine
}

machine_down() {
    if [ ! -e "$machine_state" ] && [ ! -e "$machine_run" ]; then
        say "there is no machine; nothing to undo"
        return 0
    fi
    [ "$(id -u)" = 0 ] || fail "the machine belongs to root; run \`down --vm\` as root"
    take_lock
    stop_machine
    rm -rf "$machine_state"
    say "the machine is gone"
}
