#!/usr/bin/env bash
# Installs, starts, upgrades, removes and purges the Debian package in a chroot made of Debian's packages.
#   tests/package.sh OLDER.deb NEWER.deb
# systemd does not run there: what the unit says is started by hand, as its user and with its environment.
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: tests/package.sh OLDER.deb NEWER.deb" >&2; exit 2; }
if [ "$(id -u)" -ne 0 ]; then
    echo "tests/package.sh makes a chroot: please run it as root." >&2
    exit 1
fi
if ! command -v mmdebstrap >/dev/null; then
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends mmdebstrap >&2
fi

folder=$(mktemp -d)
root=$folder/root
process=
stop() {
    [ -n "$process" ] || return 0
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    process=
}
clean_up() {
    stop
    ! mountpoint --quiet "$root/proc" || umount "$root/proc"
    rm -rf --one-file-system "$folder"
}
trap clean_up EXIT

check() {
    echo "package: $1"
    shift
    "$@" >"$folder/output" 2>&1 || { cat "$folder/output" >&2; echo "package: FAILED: $*" >&2; exit 1; }
}
inside() { chroot "$root" "$@"; }
gone() { [ ! -e "$root$1" ]; }
mode_of() { [ "$(inside stat --format '%a %U:%G' "$1")" = "$2" ]; }
# A value of the unit, such as that of ExecStart.
unit_says() { sed -n "s/^$1=//p" "$root/lib/systemd/system/find-helper.service"; }
# Replaces this shell, so that whoever ends it in the background ends the program.
become_the_unit() {
    local user
    user=$(unit_says User)
    exec chroot --userspec="$user:$(unit_says Group)" "$root" \
        sh -c 'set -a; . "$0"; cd /; umask 077; exec "$@"' "$(unit_says EnvironmentFile)" "$@"
}
as_the_unit_does() { (become_the_unit "$@"); }
is_ready() { as_the_unit_does /usr/bin/find-helper health; }
is_not_ready() { ! is_ready; }
start() {
    # shellcheck disable=SC2046 # The arguments of ExecStart are words.
    become_the_unit $(unit_says ExecStart) 2>"$folder/log" &
    process=$!
    until is_ready >/dev/null 2>&1; do
        kill -0 "$process" 2>/dev/null || { cat "$folder/log" >&2; return 1; }
        sleep 0.1
    done
}
installed() {
    cp "$1" "$root/root/package.deb"
    inside dpkg --install /root/package.deb
}

# The release of Debian that the program was built on has its libraries.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
echo "package: making a chroot of Debian $release"
mmdebstrap --quiet --mode=root --variant=apt --include=adduser,systemd "$release" "$root"
mount -t proc proc "$root/proc" 2>/dev/null || true

check "it installs" installed "$1"
check "its user exists" inside id find-helper
check "its settings are read by root and the gateway only" mode_of /etc/find-helper/env "640 root:find-helper"
check "its data belong to the gateway only" mode_of /var/lib/find-helper "700 find-helper:find-helper"
check "its unit starts with the machine" test -L "$root/etc/systemd/system/multi-user.target.wants/find-helper.service"
check "systemd understands its unit" inside systemd-analyze verify --man=no find-helper.service
check "systemd counts little exposure (2.0 of 10)" \
    inside systemd-analyze security --offline=true --no-pager --threshold=20 find-helper.service

port=$((20000 + RANDOM % 12000))
sed -i "s/^BIND_ADDR=.*/BIND_ADDR=127.0.0.1:$port/" "$root/etc/find-helper/env"
check "it starts and gets ready" start
check "the database is among its data" mode_of /var/lib/find-helper/find-helper.db "600 find-helper:find-helper"
check "its commands work beside it" \
    as_the_unit_does /usr/bin/find-helper user create --email ann@example.org --name Ann
stop
check "it stops" is_not_ready

check "a newer one takes its place" installed "$2"
check "changed settings stay" grep --quiet "^BIND_ADDR=127.0.0.1:$port$" "$root/etc/find-helper/env"
check "it starts again" start
check "accounts of before are there" \
    as_the_unit_does /usr/bin/find-helper api-key create --email ann@example.org
stop

check "it can be removed" inside dpkg --remove find-helper
check "removing takes the program" gone /usr/bin/find-helper
check "removing leaves data" test -s "$root/var/lib/find-helper/find-helper.db"
check "removing leaves settings" test -s "$root/etc/find-helper/env"
check "it can be purged" inside dpkg --purge find-helper
check "purging takes data" gone /var/lib/find-helper
check "purging takes settings" gone /etc/find-helper
echo "package: all is well"
