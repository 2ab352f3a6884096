#!/usr/bin/env bash
# A PostgreSQL server for tests, all of it in one folder, reached by a socket in it and by nothing else.
#
#     postgres.sh start FOLDER     makes and starts it, and prints its address
#     postgres.sh restart FOLDER   cuts every connection, as a machine does that loses its power
#     postgres.sh stop FOLDER
#
# PostgreSQL does not run as root: there it runs as the user postgres of Debian's package.
set -euo pipefail
folder=$2
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1 || command -v initdb)")

as_user() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

control() {
    (cd "$folder" && as_user "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w "$@" >/dev/null)
}

case $1 in
start)
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    chmod 755 "$folder"
    (cd "$folder" && as_user "$programs/initdb" -D "$folder/data" -U sayso -A trust -E UTF8 --locale=C >/dev/null)
    # What a crash of the whole machine would lose is not tested here.
    control -o "-k $folder -c listen_addresses='' -c fsync=off -c max_connections=200" start
    echo "postgres://sayso@/postgres?host=$folder"
    ;;
restart) control -m immediate restart ;;
stop) control -m immediate stop ;;
esac
