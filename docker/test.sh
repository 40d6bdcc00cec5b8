#!/bin/sh
# Smoke test of this folder on a real engine: engine, base image, the three images, a swarm of four cloned nodes.
# Needs curl and openssl. What it makes, it removes; an engine that was up before stays up. ROLLOUT_LAB_BASE=IMAGE
# takes that base instead of bootstrapping one.
# shellcheck disable=SC2317 # many functions are called by name, through check and wait_until
set -u

here=$(cd "$(dirname "$0")" && pwd)
# A name that no public registry serves.
tag=localhost/rollout-lab-test
label=rollout-lab-test=$$
prefix=rollout-lab-test-$$
work=$(mktemp -d)
passed=0
failed=0

say() { printf '\n== %s\n' "$*"; }
now() { echo $(($(date +%s%N) / 1000000)); }
measured() { printf 'time  %-55s %7d ms\n' "$1" $(($(now) - $2)); }

check() { # check WHAT COMMAND...
    what=$1; shift
    if "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
        echo "ok    $what"
    else
        failed=$((failed + 1))
        echo "FAIL  $what"
        sed 's/^/      /' "$work/out" | tail -n 15
    fi
}

# Prints what was seen, so that a failed check shows it.
equal() { echo "expected: $1"; echo "was:      $2"; [ "$1" = "$2" ]; }
between() { echo "expected: $1..$2, was: $3"; [ "$3" -ge "$1" ] && [ "$3" -le "$2" ]; }
holds() { echo "$2"; case $2 in *"$1"*) return 0 ;; *) return 1 ;; esac; }
fails() { if "$@"; then return 1; else return 0; fi; }

wait_until() { # wait_until SECONDS COMMAND...
    deadline=$(($(now) + $1 * 1000)); shift
    until "$@" >/dev/null 2>&1; do
        [ "$(now)" -lt $deadline ] || return 1
        sleep 0.02
    done
}

engine_was_up=no
cleanup() {
    say "cleaning up"
    if [ -n "${DOCKER_HOST:-}" ]; then
        ids=$(docker ps -aq --filter "label=$label")
        # shellcheck disable=SC2086
        if [ -n "$ids" ]; then docker rm -f -v $ids >/dev/null; fi
        docker volume rm "$prefix" >/dev/null 2>&1
        docker network rm "$prefix" >/dev/null 2>&1
        docker rmi "$tag/app:v1" "$tag/app:v2" "$tag/edge:1" "$tag/node:1" "$tag/base:$$" >/dev/null 2>&1
        if [ $engine_was_up = no ]; then "$here/engine" down; fi
    fi
    rm -rf "$work"
}
finish() {
    trap '' INT TERM
    cleanup
    printf '\n%d passed, %d failed\n' $passed $failed
    [ $failed = 0 ]
    exit
}
trap 'failed=$((failed + 1)); finish' INT TERM

# ---------------------------------------------------------------- engine, base, images

test_engine() {
    say engine
    if "$here/engine" status >/dev/null 2>&1; then engine_was_up=yes; fi
    start=$(now)
    "$here/engine" up >"$work/up" || { failed=$((failed + 1)); return 1; }
    measured "engine up (was up before: $engine_was_up)" "$start"
    url=$(tail -n 1 "$work/up")
    check "the last line of up names the engine" holds DOCKER_HOST= "$url"
    DOCKER_HOST=${url#DOCKER_HOST=}
    export DOCKER_HOST
    check "status says the same" equal "$url" "$("$here/engine" status 2>/dev/null | tail -n 1)"
    check "up again changes nothing" equal "$url" "$("$here/engine" up 2>/dev/null | tail -n 1)"
    check "an engine that does not answer is passed over" \
        env DOCKER_HOST=unix:///nowhere.sock "$here/engine" status
    check "a usage error ends with 2" equal 2 "$("$here/engine" sideways 2>/dev/null; echo $?)"
}

# Another program's rules about our bridge, with comments that a shell must never read, and one about nothing of
# ours; in a network namespace of its own, so that the host's rules are not touched.
write_rules_script() {
    cat >"$work/rules.sh" <<'END'
set -eu
here=$1 work=$2
say() { printf 'engine: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }
. "$here/engine.d/host.sh"
state=$work/rules links=rollout-lab0 prefix=10.213
mkdir "$state"
iptables -A FORWARD -i eth9 -m comment --comment 'it stays' -j ACCEPT
rules >"$state/rules.before"
iptables -N DOCKER
iptables -A FORWARD -o rollout-lab0 -j DOCKER
iptables -A FORWARD -o rollout-lab0 -m comment --comment "\$(touch $work/hit) \`touch $work/hit\`; touch $work/hit; \"q\" 'r' \\ z" -j ACCEPT
iptables -t nat -A POSTROUTING -s 10.213.0.0/17 -m comment --comment "\$(touch $work/hit)" -j MASQUERADE
rules >"$state/rules.made"
restore_rules
rules >"$state/rules.restored"
END
}

test_engine_parts() {
    say "engine: lock and rules"
    cat >"$work/lock.sh" <<'END'
say() { printf 'engine: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
. "$1/engine.d/processes.sh"
lock=$2 patience=1
take_lock
END
    check "the lock is taken" sh "$work/lock.sh" "$here" "$work/lock"
    check "... and only its owner can open it" equal 600 "$(stat -c %a "$work/lock")"
    check "... in a folder where only root can make it" equal root:755 \
        "$(stat -c %U:%a "$(sed -n 's#^lock=\(.*\)/[^/]*$#\1#p' "$here/engine")")"
    flock -F "$work/lock" sleep 20 &
    holder=$!
    check "a lock can be held by somebody else" wait_until 5 fails flock -n "$work/lock" true
    check "... and is not waited for without end" equal 1 \
        "$(sh "$work/lock.sh" "$here" "$work/lock" 2>"$work/message"; echo $?)"
    check "... which is said" holds "still holds $work/lock after 1 s; nothing was done" "$(cat "$work/message")"
    kill $holder
    # What `down` removes, when `up` has installed something and `up --vm` something more.
    mkdir "$work/apt" "$work/installed"
    printf '#!/bin/sh\necho "Inst qemu-system-x86 (7.2)"\n' >"$work/apt/apt-get"
    chmod 755 "$work/apt/apt-get"
    echo docker.io >"$work/installed/packages"
    cat >"$work/packages.sh" <<'END'
set -eu
say() { :; }
has() { true; }
. "$1/engine.d/packages.sh"
state=$2 packages_before=$2/packages missing=" qemu-system-x86"
apt() { :; }
open_policy() { :; }
close_policy() { :; }
install_missing
END
    check "packages are installed" env PATH="$work/apt:$PATH" sh "$work/packages.sh" "$here" "$work/installed"
    check "... and added to those that were before" equal "docker.io qemu-system-x86" \
        "$(tr '\n' ' ' <"$work/installed/packages" | sed 's/ $//')"
    cat >"$work/disk.sh" <<'END'
set -eu
state=$2 run=$2
. "$1/engine.d/machine.sh"
mkdir -p "$machine_state"
echo "node:1 golden base app:1 app:2" >"$machine_state/holds"
shift 2
disk_holds "$@"
END
    check "a disk with more images will do" sh "$work/disk.sh" "$here" "$work/machine" node:1 golden base app:1
    check "... and one without an image will not" fails sh "$work/disk.sh" "$here" "$work/machine" node:1 golden app:3
    if ! unshare -n iptables -S >/dev/null 2>&1; then
        echo "skip  the host's rules: root, iptables and network namespaces are needed"
        return 0
    fi
    write_rules_script
    check "rules are taken back" unshare -n sh "$work/rules.sh" "$here" "$work"
    check "... which were there" holds "touch" "$(cat "$work/rules/rules.made")"
    check "... so that those of before are left" equal "$(cat "$work/rules/rules.before")" \
        "$(cat "$work/rules/rules.restored")"
    check "... and no comment was read by a shell" fails test -e "$work/hit"
}

# What is asked of a registry: seen by a docker that writes down what it is told, and then does it.
test_base_asks_nobody() {
    say "base: names"
    mkdir "$work/spy"
    printf '#!/bin/sh\necho "$*" >>"%s"\nexec "%s" "$@"\n' "$work/told" "$(command -v docker)" >"$work/spy/docker"
    printf '#!/bin/sh\nexit 1\n' >"$work/spy/mmdebstrap"
    chmod 755 "$work/spy/docker" "$work/spy/mmdebstrap"
    check "a base of our own name is made or not had" fails env PATH="$work/spy:$PATH" "$here/base" "$tag/nowhere:$$"
    check "... the engine was asked for it" holds "image inspect $tag/nowhere:$$" "$(cat "$work/told")"
    check "... and no registry" fails grep -q pull "$work/told"
}

build() { # build NAME FOLDER [ARGUMENT...]
    name=$1 folder=$2; shift 2
    start=$(now)
    check "build $name" env DOCKER_BUILDKIT=0 docker build -q --network host --label "$label" \
        --build-arg "BASE=$base" "$@" -t "$tag/$name" "$here/$folder"
    measured "build $name" "$start"
}

test_images() {
    say images
    base=${ROLLOUT_LAB_BASE:-}
    if [ -z "$base" ]; then
        base=$tag/base:$$
        start=$(now)
        check "make the base image" "$here/base" "$base"
        measured "base" "$start"
    fi
    check "a base that is there is kept" "$here/base" "$base"
    build app:v1 app --build-arg VERSION=v1
    build app:v2 app --build-arg VERSION=v2
    build edge:1 edge
    build node:1 node
    docker images --format 'size  {{.Repository}}:{{.Tag}} {{.Size}}' | grep "$tag"
}

# ---------------------------------------------------------------- app

run() { # run NAME IMAGE [OPTION...]: a container on the default bridge; sets ip
    name=$prefix-$1 image=$tag/$2; shift 2
    docker run -d --label "$label" --name "$name" --hostname "${name##*-}" "$@" "$image" >/dev/null || return 1
    ip=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$name")
}
drop() { docker rm -f -v "$prefix-$1" >/dev/null; }
get() { curl -s --max-time 20 "$@"; }
status() { get -o /dev/null -w '%{http_code}' "$@"; }
exited() { [ "$(docker inspect -f '{{.State.Status}}' "$prefix-$1")" = exited ]; }
exit_code() { docker inspect -f '{{.State.ExitCode}}' "$prefix-$1"; }

ready() { # ready NAME IMAGE [OPTION...]: run, and wait for the first answer
    run "$@" && wait_until 20 get -o /dev/null "http://$ip:5000/healthz"
}

test_app_answers() {
    say "app: answers"
    start=$(now)
    run plain app:v1
    created=$(now)
    check "it answers" wait_until 10 get -f "http://$ip:5000/"
    measured "app: docker run to first 200" "$start"
    measured "app: container started to first 200" "$created"
    check "JSON by default" equal '{"host":"plain","requestId":"r-1","version":"v1"}' \
        "$(get -H 'X-Request-Id: r-1' "http://$ip:5000/")"
    check "version header" holds 'X-App-Version: v1' "$(get -i "http://$ip:5000/nowhere")"
    check "host header" holds 'X-App-Host: plain' "$(get -i "http://$ip:5000/healthz")"
    check "a page for browsers" holds '#1f5fbf' "$(get -H 'Accept: text/html,*/*;q=0.8' "http://$ip:5000/")"
    check "healthz" equal 200 "$(status "http://$ip:5000/healthz")"
    check "an asset of its own" equal 200 "$(status "http://$ip:5000/assets/v1/20")"
    for asset in v2/1 v1/0 v1/21 v1/x; do
        check "no asset $asset" equal 404 "$(status "http://$ip:5000/assets/$asset")"
    done
    check "healthy" docker exec "$prefix-plain" healthy
    check "work sleeps" between 300 1500 "$(get -o /dev/null -w '%{time_total}' "http://$ip:5000/?work=300" |
        awk '{ printf "%d", $1 * 1000 }')"
    for work_value in 10001 -1 x; do
        check "work=$work_value is refused" equal 400 "$(status "http://$ip:5000/?work=$work_value")"
    done
    check "SIGTERM ends it at once" docker stop -t 5 "$prefix-plain"
    check "... with exit code 0" equal 0 "$(exit_code plain)"
    drop plain
    ready second app:v2
    check "v2 is v2" holds '"version":"v2"' "$(get "http://$ip:5000/")"
    check "v2 has another colour" holds '#e07b00' "$(get -H 'Accept: text/html' "http://$ip:5000/")"
    drop second
    ready port app:v1 -e PORT=5001 || wait_until 5 get "http://$ip:5001/healthz"
    check "PORT" equal 200 "$(status "http://$ip:5001/")"
    check "healthy follows PORT" docker exec "$prefix-port" healthy
    drop port
}

many() { # many COUNT URL: how many answers were 500
    left=$1 errors=0
    while [ "$left" -gt 0 ]; do
        if [ "$(status "$2")" = 500 ]; then errors=$((errors + 1)); fi
        left=$((left - 1))
    done
    echo $errors
}

slow() { # slow COUNT URL: how many answers took 0.3 s or longer
    left=$1 late=0
    while [ "$left" -gt 0 ]; do
        seconds=$(get -o /dev/null -w '%{time_total}' "$2")
        if [ "${seconds%%.*}" -gt 0 ] || [ "${seconds#*.}" -ge 300000 ]; then late=$((late + 1)); fi
        left=$((left - 1))
    done
    echo $late
}

test_app_knobs() {
    say "app: knobs"
    start=$(now)
    run delay app:v1 -e APP_START_DELAY_SECONDS=2
    sleep 1
    check "APP_START_DELAY_SECONDS: nothing listens yet" equal 000 "$(status "http://$ip:5000/")"
    check "... then it answers" wait_until 10 get -f "http://$ip:5000/"
    check "... after the delay" between 2000 5000 $(($(now) - start))
    drop delay
    ready errors app:v1 -e APP_ERROR_SHARE=0.5
    check "APP_ERROR_SHARE=0.5" between 25 75 "$(many 100 "http://$ip:5000/")"
    check "... spares healthz" equal 0 "$(many 20 "http://$ip:5000/healthz")"
    drop errors
    ready errors app:v1 -e APP_ERROR_SHARE=1
    check "APP_ERROR_SHARE=1" equal 20 "$(many 20 "http://$ip:5000/")"
    check "... of assets as well" equal 20 "$(many 20 "http://$ip:5000/assets/v1/1")"
    check "... and they carry the headers" holds 'X-App-Version: v1' "$(get -i "http://$ip:5000/")"
    drop errors
    ready slow app:v1 -e APP_LATENCY_MILLIS=300
    check "APP_LATENCY_MILLIS" between 300 1500 "$(get -o /dev/null -w '%{time_total}' "http://$ip:5000/" |
        awk '{ printf "%d", $1 * 1000 }')"
    drop slow
    ready later app:v1 -e APP_ERROR_SHARE=1 -e APP_ERROR_AFTER_SECONDS=3
    check "APP_ERROR_AFTER_SECONDS: none before" equal 0 "$(many 5 "http://$ip:5000/")"
    sleep 3
    check "... all after" equal 5 "$(many 5 "http://$ip:5000/")"
    drop later
    ready some app:v1 -e APP_LATENCY_MILLIS=300 -e APP_LATENCY_SHARE=0.5
    check "APP_LATENCY_SHARE=0.5" between 10 30 "$(slow 40 "http://$ip:5000/")"
    drop some
    ready sour app:v1 -e APP_UNHEALTHY_AFTER_SECONDS=3
    check "APP_UNHEALTHY_AFTER_SECONDS: healthy before" docker exec "$prefix-sour" healthy
    sleep 3
    check "... not after" equal 503 "$(status "http://$ip:5000/healthz")"
    check "... but it answers" equal 200 "$(status "http://$ip:5000/")"
    check "... healthy says no" fails docker exec "$prefix-sour" healthy
    drop sour
    ready crash app:v1 -e APP_CRASH_AFTER_SECONDS=1
    check "APP_CRASH_AFTER_SECONDS: it ends" wait_until 5 exited crash
    check "... with exit code 1" equal 1 "$(exit_code crash)"
    drop crash
    ready ill app:v1 -e APP_NEVER_HEALTHY=true
    check "APP_NEVER_HEALTHY: healthz" equal 503 "$(status "http://$ip:5000/healthz")"
    check "... but it answers" equal 200 "$(status "http://$ip:5000/")"
    check "... healthy says no" fails docker exec "$prefix-ill" healthy
    drop ill
    run fat app:v1 -m 128m --memory-swap 128m -e APP_MEMORY_GROWTH_MIB_PER_SECOND=64
    check "APP_MEMORY_GROWTH_MIB_PER_SECOND: the limit ends it" wait_until 15 exited fat
    check "... with exit code 137" equal 137 "$(exit_code fat)"
    drop fat
}

test_app_stop() {
    say "app: stop"
    ready deaf app:v1 -e APP_IGNORE_SIGTERM=1
    start=$(now)
    docker stop -t 2 "$prefix-deaf" >/dev/null
    check "APP_IGNORE_SIGTERM: only SIGKILL ends it" equal 137 "$(exit_code deaf)"
    check "... after the grace period" between 2000 6000 $(($(now) - start))
    drop deaf
    run early app:v1 -e APP_START_DELAY_SECONDS=60 -e APP_STOP_DELAY_SECONDS=60
    sleep 1
    start=$(now)
    docker stop -t 10 "$prefix-early" >/dev/null
    check "before it listens SIGTERM ends it at once" between 0 3000 $(($(now) - start))
    check "... with exit code 0" equal 0 "$(exit_code early)"
    drop early
    run numb app:v1 -e APP_START_DELAY_SECONDS=60 -e APP_IGNORE_SIGTERM=1
    sleep 1
    docker stop -t 2 "$prefix-numb" >/dev/null
    check "... but not when it ignores it" equal 137 "$(exit_code numb)"
    drop numb
    for drain in 30 0; do
        ready drain app:v1 -e APP_DRAIN_SECONDS=$drain
        status "http://$ip:5000/?work=1500" >"$work/inflight" &
        sleep 0.5
        docker stop -t 10 "$prefix-drain" >/dev/null
        wait $!
        if [ $drain = 30 ]; then wanted=200; else wanted=000; fi
        check "APP_DRAIN_SECONDS=$drain: request in flight" equal $wanted "$(cat "$work/inflight")"
        drop drain
    done
    ready lame app:v1 -e APP_STOP_DELAY_SECONDS=2
    docker kill -s TERM "$prefix-lame" >/dev/null
    sleep 1
    check "APP_STOP_DELAY_SECONDS: still accepts" equal 200 "$(status "http://$ip:5000/")"
    check "... then ends" wait_until 5 exited lame
    check "... with exit code 0" equal 0 "$(exit_code lame)"
    drop lame
}

test_app_bad_knobs() {
    say "app: bad values"
    for knob in PORT=0 PORT=x APP_START_DELAY_SECONDS=-1 APP_ERROR_SHARE=1.1 APP_LATENCY_MILLIS=fast \
        APP_CRASH_AFTER_SECONDS=soon APP_NEVER_HEALTHY=maybe APP_MEMORY_GROWTH_MIB_PER_SECOND=-1 \
        APP_ERROR_AFTER_SECONDS=-1 APP_LATENCY_SHARE=2 APP_UNHEALTHY_AFTER_SECONDS=soon \
        APP_IGNORE_SIGTERM=2 APP_STOP_DELAY_SECONDS=x APP_DRAIN_SECONDS=1.5 APP_ERROR_SHARE=nan APP_LATENSY=1; do
        docker run --rm --label "$label" -e $knob "$tag/app:v1" >"$work/bad" 2>&1
        code=$?
        check "$knob ends with 2" equal 2 $code
        check "... and is named" holds "${knob%%=*}" "$(cat "$work/bad")"
    done
}

# ---------------------------------------------------------------- edge

apply() { docker exec "$prefix-edge" edge-apply "$1"; }
live() { docker exec "$prefix-edge" cat /etc/nginx/lab/routes.conf; }

test_edge() {
    say edge
    run edge edge:1
    check "answers before any route" wait_until 5 get "http://$ip/"
    check "... 503" equal 503 "$(status "http://$ip/")"
    check "... and says why" equal "no route yet" "$(get "http://$ip/")"
    for text in one two; do
        echo "server { listen 80; location / { return 200 $text; } }" >"$work/$text"
    done
    echo 'server { lissen 80; }' >"$work/bad"
    for file in one two bad; do docker cp -q "$work/$file" "$prefix-edge:/tmp/$file"; done
    start=$(now)
    check "edge-apply a good file" apply /tmp/one
    measured "edge-apply" "$start"
    check "... is in force on return" equal one "$(get "http://$ip/")"
    before=$(live)
    check "edge-apply a bad file ends with 1" equal 1 "$(apply /tmp/bad 2>"$work/message"; echo $?)"
    check "... with nginx's message" holds lissen "$(cat "$work/message")"
    check "... and leaves the live file" equal "$before" "$(live)"
    check "... and the live routes" equal one "$(get "http://$ip/")"
    check "an absent file ends with 2" equal 2 "$(apply /tmp/none >/dev/null 2>&1; echo $?)"
    (for _ in 1 2 3 4 5; do apply /tmp/two; apply /tmp/one; done) >/dev/null 2>&1 &
    reloads=$!
    lost=0 sent=0
    while kill -0 $reloads 2>/dev/null; do
        if [ "$(status "http://$ip/")" != 200 ]; then lost=$((lost + 1)); fi
        sent=$((sent + 1))
    done
    wait $reloads
    check "ten reloads lose none of $sent requests" equal 0 $lost
    get -H 'X-Request-Id: r-"7' "http://$ip/log?a=b" >/dev/null
    sleep 0.2
    line=$(docker logs "$prefix-edge" 2>/dev/null | tail -n 1)
    check "log: the escaped id" holds '"id":"r-\"7"' "$line"
    for field in t client method uri status bytes seconds upstream upstreamStatus upstreamSeconds upstreamConnectSeconds \
        version host connection connectionRequest worker; do
        check "log: $field" holds "\"$field\":" "$line"
    done
    docker stop "$prefix-edge" >/dev/null
    check "stops gracefully with exit code 0" equal 0 "$(exit_code edge)"
    drop edge
}

# ---------------------------------------------------------------- nodes

golden=/lab/golden/test

make_certificates() {
    mkdir -p "$work/certs"
    cd "$work/certs" || return 1
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem 2>/dev/null
    for who in server client; do
        openssl req -newkey rsa:2048 -nodes -subj /CN=$who -keyout $who.key -out $who.csr 2>/dev/null
        printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n' >ext
        openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext \
            -out $who.pem 2>/dev/null
    done
    mkdir server client
    for who in server client; do
        cp ca.pem $who/ca.pem; cp $who.pem $who/cert.pem; cp $who.key $who/key.pem
    done
    cd / || return 1
}

node_start() { # node_start NAME DATA_ROOT GOLDEN: cloned from the golden root, or empty where none is named
    docker create --privileged --label "$label" --name "$prefix-$1" --hostname "$1" --network "$prefix" \
        -v "$prefix:/lab" -e "DATA_ROOT=$2" -e "GOLDEN=$3" -p 127.0.0.1::2376 "$tag/node:1" >/dev/null
    docker cp -q "$work/certs/server/." "$prefix-$1:/certs"
    docker start "$prefix-$1" >/dev/null
    wait_until 30 inside "$1" version
}
inside() { n=$1; shift; docker exec "$prefix-$n" docker "$@"; }
by_tls() { # by_tls NAME COMMAND...: through the published port, with client certificates
    port=$(docker port "$prefix-$1" 2376 | head -n 1); shift
    docker --tlsverify --tlscacert "$work/certs/client/ca.pem" --tlscert "$work/certs/client/cert.pem" \
        --tlskey "$work/certs/client/key.pem" -H "tcp://$port" "$@"
}
in_volume() { docker run --rm --label "$label" -v "$prefix:/lab" --entrypoint sh "$tag/node:1" -c "$1"; }
golden_sum() { in_volume 'cd /lab/golden/test && find . -type f -exec md5sum {} + | sort -k2 | md5sum; find . | sort | md5sum'; }
running() { [ "$(inside n1 service ps -q --filter desired-state=running web | wc -l)" = "$1" ] &&
    [ "$(inside n1 service ls --format '{{.Replicas}}')" = "$1/$1" ]; }
ready_nodes() { [ "$(inside n1 node ls --format '{{.Status}}' | grep -c Ready)" = "$1" ]; }

test_golden() {
    say "golden root"
    make_certificates
    docker volume create --label "$label" "$prefix" >/dev/null
    docker network create --label "$label" "$prefix" >/dev/null
    start=$(now)
    check "a node starts empty" node_start maker /lab/runs/maker ""
    check "golden-finish refuses a root without images" fails docker exec "$prefix-maker" golden-finish "$golden"
    docker save "$tag/app:v1" "$tag/app:v2" "$tag/edge:1" >"$work/images.tar"
    check "images load through TLS" by_tls maker load -q -i "$work/images.tar"
    rm -f "$work/images.tar"
    check "golden-finish" docker exec "$prefix-maker" golden-finish "$golden"
    measured "golden root, from nothing" "$start"
    drop maker
    check "it holds images and layers only" equal "image overlay2" "$(in_volume 'ls -A /lab/golden/test' | tr '\n' ' ' | sed 's/ $//')"
    check "the maker's root is gone" in_volume '! [ -e /lab/runs/maker ]'
}

test_swarm() {
    say "four cloned nodes"
    sum=$(golden_sum)
    start=$(now)
    pids=
    for n in n1 n2 n3 n4; do node_start $n /lab/runs/r/$n "$golden" & pids="$pids $!"; done
    # shellcheck disable=SC2086
    wait $pids
    measured "four nodes cloned and answering" "$start"
    inside n1 swarm init --advertise-addr eth0 >/dev/null
    token=$(inside n1 swarm join-token -q worker)
    manager=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$prefix-n1")
    pids=
    for n in n2 n3 n4; do inside $n swarm join --token "$token" "$manager:2377" >/dev/null & pids="$pids $!"; done
    # shellcheck disable=SC2086
    wait $pids
    check "four nodes are ready" wait_until 20 ready_nodes 4
    measured "four nodes cloned, joined and ready" "$start"
    wanted=$(docker images -q --no-trunc "$tag/app" | sort)
    for n in n1 n2 n3 n4; do
        check "$n has the images" equal "$wanted" "$(inside $n images -q --no-trunc "$tag/app" | sort)"
    done
    check "TLS with a client certificate" by_tls n2 info
    port=$(docker port "$prefix-n2" 2376 | head -n 1)
    check "... and nothing without" fails get -k -f "https://$port/_ping"
    image=$(inside n1 images -q --no-trunc "$tag/app:v1")
    inside n1 network create -d overlay mesh >/dev/null
    start=$(now)
    inside n1 service create -d -q --name web --replicas 4 --network mesh --endpoint-mode dnsrr --health-cmd healthy \
        --health-interval 1s --publish mode=host,target=5000,published=5000 "$image" >/dev/null 2>&1
    check "a service by image id runs on all" wait_until 30 running 4
    measured "service of four replicas healthy" "$start"
    for n in n1 n2 n3 n4; do
        address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$prefix-$n")
        check "the task on $n answers" wait_until 10 get -f "http://$address:5000/"
    done
    check "containers see each other by name" inside n1 exec "$(inside n1 ps -q | head -n 1)" \
        python3 -c 'import socket, sys; sys.exit(len(socket.gethostbyname_ex("tasks.web")[2]) != 4)'
    docker kill "$prefix-n4" >/dev/null
    docker start "$prefix-n4" >/dev/null
    check "a killed node comes back with its root" wait_until 30 inside n4 version
    check "... and the service is whole again" wait_until 60 running 4
    check "no clone changed the golden root" equal "$sum" "$(golden_sum)"
    start=$(now)
    docker stop -t 30 "$prefix-n3" >/dev/null
    check "SIGTERM stops a node with exit code 0" equal 0 "$(exit_code n3)"
    measured "docker stop of a node" "$start"
    check "no zombies in a node" fails docker exec "$prefix-n2" sh -c 'grep -s "^State:.*Z" /proc/[0-9]*/status'
    for n in n1 n2 n3 n4; do drop $n; done
    check "lab-clean" in_volume 'lab-clean /lab/runs/r && ! [ -e /lab/runs/r ]'
    check "lab-clean stays below /lab" in_volume '! lab-clean /etc && ! lab-clean /lab/ && ! lab-clean /lab/../etc && [ -d /etc ]'
}

test_engine_parts
test_engine && test_base_asks_nobody && test_images && {
    test_app_answers
    test_app_knobs
    test_app_stop
    test_app_bad_knobs
    test_edge
    test_golden
    test_swarm
}
finish
