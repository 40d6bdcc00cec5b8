# The cluster as people bring it up by hand: one docker command after the other, only the images are
# loaded side by side. The baseline that SwarmCluster is measured against.
#
#   RUN      names everything
#   NODE     image of the nodes
#   LABELS   options for what is made, so that it can be swept
#   ARCHIVE  file to save the images in
#
# Arguments: the images that every node must hold.
set -eu

docker network create $LABELS "lab-$RUN"

for name in managerN workerN1 workerN2 workerN3; do
    docker run -d --privileged --name "lab-$RUN-$name" --hostname "$name" --network "lab-$RUN" \
        -v /data -e DATA_ROOT=/data/docker $LABELS "$NODE"
done
for name in managerN workerN1 workerN2 workerN3; do
    until docker exec "lab-$RUN-$name" docker info >/dev/null 2>&1; do sleep 0.1; done
done

docker save -o "$ARCHIVE" "$@"
loads=
for name in managerN workerN1 workerN2 workerN3; do
    docker exec -i "lab-$RUN-$name" docker load --quiet <"$ARCHIVE" &
    loads="$loads $!"
done
for load in $loads; do wait "$load"; done

manager=lab-$RUN-managerN
docker exec "$manager" docker swarm init
token=$(docker exec "$manager" docker swarm join-token --quiet worker)
for name in workerN1 workerN2 workerN3; do
    docker exec "lab-$RUN-$name" docker swarm join --token "$token" managerN:2377
done
until [ "$(docker exec "$manager" docker node ls --format '{{.Status}}' | grep -c Ready)" -eq 4 ]; do
    sleep 0.1
done
